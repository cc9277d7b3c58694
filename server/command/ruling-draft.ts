import { MOST_EXAMPLES, MOST_RULES } from "#shared/codebook/draft-schema.ts";
import type { Codebook, RulingSource, TagDefinition } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import type { Ruling } from "#shared/model/ruling.ts";
import { plainWords } from "#shared/thread/ruling.ts";
import type { WaitingRuling } from "#shared/wire/rulings.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import { currentCodebook } from "./codebook.ts";
import { begunDraft, changeDraft, tooMany } from "./codebook-draft.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";
import { change, must, nextVersion, type Where } from "./thread.ts";
import { loadThreads } from "./thread-rows.ts";

/** How rulings become examples in the draft of the codebook, and leave it again. */

type Doing = { readonly by: string; readonly at: number };
type Drafted = Where & { readonly ruling: Pick<Ruling, "id" | "tag" | "answer" | "quote" | "why" | "rule"> };

/**
 * Puts a ruling into the draft as an example, and its decision rule as a rule. Words that are such an
 * example already stay as they are. Rejects with Problem `invalid-content` or `too-large`.
 */
export async function draftRuling(tx: Tx, { ruling, article, thread }: Drafted, done: Doing): Promise<void> {
  const source: RulingSource = { article, thread, ruling: ruling.id };
  await changeDraft(tx, done, (codebook) => addTo(codebook, ruling, source));
  await tx
    .insertInto("ruling_act")
    .values({ ruling_id: ruling.id, act: "drafted", actor: done.by, at: done.at })
    .execute();
}

function addTo(codebook: Codebook, ruling: Drafted["ruling"], source: RulingSource): void {
  const tag = codebook.tags.find(({ id }) => id === ruling.tag);
  if (!tag) throw invalid("tag", "The draft of the codebook has no such tag.");
  const { quote, why, rule } = ruling;
  const [here, there] = ruling.answer === "yes" ? [tag.positive, tag.negative] : [tag.negative, tag.positive];
  const has = (examples: TagDefinition["positive"]) =>
    examples.some((one) => plainWords(one.quote) === plainWords(quote));
  if (has(there)) {
    throw invalid(
      "quote",
      `In the draft these words are an example of the opposite under ${tag.label}. Take it out there first.`,
    );
  }
  if (!has(here)) {
    if (here.length >= MOST_EXAMPLES) throw tooMany();
    here.push({ quote, why, source });
  }
  if (rule === "") return;
  if (codebook.rules.length >= MOST_RULES) throw tooMany();
  const n = Math.max(0, ...codebook.rules.map((one) => one.n)) + 1;
  codebook.rules.push({ n, title: `Ruling on ${tag.label}`, text: rule, source });
}

/** Takes what came of a ruling out of the draft, unless it is in the codebook in force already. */
export async function undraftRuling(tx: Tx, id: string, done: Doing): Promise<void> {
  const draft = await begunDraft(tx);
  if (!draft || !holds(draft, id) || holds(await currentCodebook(tx), id)) return;
  await changeDraft(tx, done, (codebook) => {
    const others = <T extends { source?: RulingSource | undefined }>(list: readonly T[]): T[] =>
      list.filter(({ source }) => source?.ruling !== id);
    for (const tag of codebook.tags) {
      tag.positive = others(tag.positive);
      tag.negative = others(tag.negative);
    }
    codebook.rules = others(codebook.rules);
  });
}

function holds({ tags, rules }: Codebook, id: string): boolean {
  return [...tags.flatMap(({ positive, negative }) => [...positive, ...negative]), ...rules].some(
    ({ source }) => source?.ruling === id,
  );
}

/** Rulings that hold and that no owner has put into the draft yet, the oldest first. */
export async function listWaitingRulings({ database: { db } }: Services): Promise<WaitingRuling[]> {
  const rows = await db
    .selectFrom("ruling")
    .innerJoin("article", "article.id", "ruling.article_id")
    .select(["ruling.article_id", "article.title"])
    .distinct()
    .where("ruling.id", "not in", db.selectFrom("ruling_act").select("ruling_id"))
    .execute();
  const waiting: WaitingRuling[] = [];
  for (const { article_id: id, title } of rows) {
    for (const { row, head } of await loadThreads(db, id)) {
      for (const ruling of head.rulings ?? []) {
        if (ruling.takenBack || ruling.drafted) continue;
        waiting.push({ ruling, article: { id, title }, thread: row.id });
      }
    }
  }
  return waiting.toSorted((one, other) => one.ruling.at - other.ruling.at);
}

/** Doing it again changes nothing. Rejects with Problem `not-found`, `invalid-content` or `too-large`. */
export async function addRuledExample(services: Services, who: Principal, id: string): Promise<void> {
  const found = await services.database.db
    .selectFrom("ruling")
    .select(["article_id", "thread_id"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!found) throw gone();
  const where = { article: found.article_id, thread: found.thread_id };
  await change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    const ruling = loaded.head.rulings?.find((one) => one.id === id);
    if (!ruling || ruling.takenBack) throw gone();
    if (ruling.drafted) return [];
    await draftRuling(tx, { ...where, ruling }, { by: who.id, at });
    const version = await nextVersion(tx, loaded);
    await tx.updateTable("thread").set({ head_version: version }).where("id", "=", where.thread).execute();
    return [];
  });
}

function gone(): Problem {
  return new Problem("not-found", "There is no such ruling, or it was taken back.");
}
