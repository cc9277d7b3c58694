import { activeTags } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import { MOST_RULINGS, rulingOf, type Ruling } from "#shared/model/ruling.ts";
import { markOf, speakersOf, type Thread } from "#shared/model/thread.ts";
import { cleanText } from "#shared/thread/text.ts";
import { mayRule, mayTakeBack } from "#shared/thread/ruling.ts";
import { toRole } from "../auth/authenticate.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import type { ArticleRow } from "../database/tables.ts";
import { currentCodebook } from "./codebook.ts";
import type { Notice } from "./notification.ts";
import { invalid } from "./person.ts";
import { draftRuling, undraftRuling } from "./ruling-draft.ts";
import { mayKnow } from "./said-room.ts";
import type { Services } from "./services.ts";
import { change, mayWrite, must, nextVersion, type Where } from "./thread.ts";
import { type Loaded, toThread } from "./thread-rows.ts";

/** How a discussion ends in a ruling, and how that is taken back. */

export type NewRuling = Pick<Ruling, "id" | "tag" | "answer" | "quote" | "why" | "rule">;

/**
 * Resolves the discussion with a ruling; an owner's is an example in the draft of the codebook with it,
 * another's waits for an owner. Doing it again changes nothing. Rejects with Problem `not-found`,
 * `forbidden`, `archived`, `already-ruled`, `invalid-content` or `too-large`.
 */
export async function ruleThread(
  services: Services,
  who: Principal,
  where: Where,
  given: NewRuling,
): Promise<Thread> {
  const article = await mayWrite(services, who, where);
  if (!mayRule(who, article.archived_at !== null)) throw new Problem("forbidden");
  return change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    const before = await tx.selectFrom("ruling").selectAll().where("id", "=", given.id).executeTakeFirst();
    if (before) {
      if (before.thread_id === where.thread && before.made_by === who.id) return [];
      throw invalid("id", "There is a ruling of this id already.");
    }
    if (rulingOf(loaded.head)) throw new Problem("already-ruled");
    const nth = (loaded.head.rulings?.length ?? 0) + 1;
    if (nth > MOST_RULINGS) {
      throw new Problem("too-large", `A discussion takes ${MOST_RULINGS} rulings. Start another one.`);
    }
    const ruling = {
      ...given,
      quote: cleanText(given.quote),
      why: cleanText(given.why),
      rule: cleanText(given.rule),
    };
    const { tag, answer, quote, why, rule } = ruling;
    await tx
      .insertInto("ruling")
      .values({
        id: ruling.id,
        article_id: where.article,
        thread_id: where.thread,
        nth,
        after: loaded.row.messages,
        tag,
        answer,
        quote,
        why,
        rule,
        made_by: who.id,
        made_at: at,
      })
      .execute();
    const label = await labelOf(tx, ruling, can(who, "codebook.write"));
    if (can(who, "codebook.write")) await draftRuling(tx, { ...where, ruling }, { by: who.id, at });
    await settle(tx, loaded, { by: who.id, at });
    const said = `${answer === "yes" ? "Is" : "Is not"} ${label}: ${why}`;
    const waits = can(who, "codebook.write") ? [] : await ownersOf(tx);
    const to = [...peopleIn(loaded), ...waits];
    return [await notice(tx, loaded, { article, to, by: who.id, kind: "ruling", ruling, detail: said })];
  });
}

/**
 * Takes back a ruling and opens the discussion again; its example leaves the draft unless it is in the
 * codebook in force. Doing it again changes nothing. Rejects with Problem `not-found`, `forbidden` or `archived`.
 */
export async function takeBackRuling(
  services: Services,
  who: Principal,
  { ruling: id, ...where }: Where & { readonly ruling: string },
): Promise<Thread> {
  const article = await mayWrite(services, who, where);
  const archived = article.archived_at !== null;
  if (!mayRule(who, archived)) throw new Problem("forbidden");
  return change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    const ruling = loaded.head.rulings?.find((one) => one.id === id);
    if (!ruling) throw new Problem("not-found", "There is no such ruling.");
    if (ruling.takenBack) return [];
    if (!mayTakeBack(who, ruling, archived)) {
      throw new Problem("forbidden", "Only who made a ruling, while it waits, or an owner may take it back.");
    }
    await tx
      .insertInto("ruling_act")
      .values({ ruling_id: id, act: "taken-back", actor: who.id, at })
      .execute();
    await undraftRuling(tx, id, { by: who.id, at });
    await settle(tx, loaded, null);
    const to = [...peopleIn(loaded), ruling.by.id];
    return [
      await notice(tx, loaded, { article, to, by: who.id, kind: "ruling-back", ruling, detail: ruling.why }),
    ];
  });
}

/** What the tag is called now. Rejects with Problem `invalid-content` when there is none to rule about. */
async function labelOf(tx: Tx, { tag }: NewRuling, drafts: boolean): Promise<string> {
  const codebook = await currentCodebook(tx);
  const known = activeTags(codebook).find(({ id }) => id === tag);
  // An owner may rule about a tag that only the draft has.
  if (!known && !drafts) throw invalid("tag", "The codebook has no such tag.");
  return known?.label ?? tag;
}

async function settle(
  tx: Tx,
  loaded: Loaded,
  resolved: { readonly by: string; readonly at: number } | null,
): Promise<void> {
  const version = await nextVersion(tx, loaded);
  await tx
    .updateTable("thread")
    .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.by ?? null, head_version: version })
    .where("id", "=", loaded.row.id)
    .execute();
}

/** Whoever began the discussion, spoke in it, or made the mark that it is about. */
function peopleIn(loaded: Loaded): string[] {
  const mark = markOf(loaded.head.anchor);
  return [
    loaded.head.createdBy.id,
    ...speakersOf(toThread(loaded)).map(({ id }) => id),
    ...(mark ? [mark.author] : []),
  ];
}

async function ownersOf(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom("person")
    .select("id")
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}

type Telling = Pick<Notice, "to" | "by" | "kind"> & {
  readonly article: ArticleRow;
  readonly ruling: Pick<Ruling, "id">;
  readonly detail: string;
};

/** Leaves out whoever may not know (any more) what is said about the mark. */
async function notice(tx: Tx, { row, head }: Loaded, { article, ruling, ...told }: Telling): Promise<Notice> {
  const rows = await tx
    .selectFrom("person")
    .select(["id", "role"])
    .where("id", "in", [...new Set(told.to)])
    .execute();
  const knowing = rows.filter(({ id, role }) =>
    mayKnow({ id, role: toRole(role) }, article, row.mark_author),
  );
  return {
    ...told,
    to: knowing.map(({ id }) => id),
    article: row.article_id,
    about: `${told.kind}/${ruling.id}`,
    mark: markOf(head.anchor),
    thread: row.id,
  };
}
