import { DraftCodebook, MOST_EXAMPLES } from "#shared/codebook/draft-schema.ts";
import { Plan } from "#shared/codebook/plan-step.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import type { CodebookDraft } from "#shared/wire/codebook.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db, Tx } from "../database/database.ts";
import type { CodebookDraftRow } from "../database/codebook-tables.ts";
import { currentCodebook, getCodebookVersion, refInForce } from "./codebook.ts";
import { personOf } from "./codebook-person.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";

/**
 * The codebook in the making: one for the workspace, which all owners share. Every change names the
 * revision that it was made on, so that nobody writes over what somebody else has saved meanwhile.
 */

const ID = "draft";

/** As it was saved last; the codebook in force while nobody has begun one. */
export async function getDraft({ database: { db } }: Services): Promise<CodebookDraft> {
  const row = await draftRow(db);
  if (!row?.body) {
    return {
      revision: row?.revision ?? 0,
      begun: false,
      base: await refInForce(db),
      codebook: await currentCodebook(db),
      plan: [],
      savedBy: null,
      savedAt: null,
    };
  }
  return {
    revision: row.revision,
    begun: true,
    base: row.base ?? (await refInForce(db)),
    codebook: DraftCodebook.parse(JSON.parse(row.body)),
    plan: Plan.parse(JSON.parse(row.plan)),
    savedBy: row.saved_by === null ? null : await personOf(db, row.saved_by),
    savedAt: row.saved_at,
  };
}

export type DraftSave = {
  readonly revision: number;
  readonly codebook: Codebook;
  readonly plan: Plan;
};

/** Rejects with Problem `draft-outdated` when the draft is no longer at `revision`; then nothing was saved. */
export async function saveDraft(
  services: Services,
  who: Principal,
  { revision, codebook, plan }: DraftSave,
): Promise<{ revision: number; savedAt: number }> {
  const at = services.now();
  await services.database.exclusive(async (tx) => {
    const row = await expectRevision(tx, revision);
    await putDraft(tx, {
      id: ID,
      revision: revision + 1,
      base: row?.body ? row.base : await refInForce(tx),
      body: JSON.stringify(codebook),
      plan: JSON.stringify(plan),
      saved_by: who.id,
      saved_at: at,
    });
  });
  return { revision: revision + 1, savedAt: at };
}

/** Rejects with Problem `draft-outdated`. */
export async function discardDraft(services: Services, who: Principal, revision: number): Promise<void> {
  await services.database.exclusive(async (tx) => {
    await expectRevision(tx, revision);
    await clearDraft(tx, { revision: revision + 1, by: who.id, at: services.now() });
  });
}

export type Example = {
  readonly tag: string;
  readonly answer: "yes" | "no";
  readonly quote: string;
  readonly why: string;
};

/** Puts an example into the draft, whatever state it is in. Rejects with Problem `invalid-content`. */
export async function addExample(
  services: Services,
  who: Principal,
  { tag: id, answer, quote, why }: Example,
): Promise<{ revision: number }> {
  const done = { by: who.id, at: services.now() };
  return await services.database.exclusive((tx) =>
    changeDraft(tx, done, (codebook) => {
      const tag = codebook.tags.find((one) => one.id === id);
      if (!tag) throw invalid("tag", "The draft has no such tag.");
      const examples = answer === "yes" ? tag.positive : tag.negative;
      if (examples.some((one) => one.quote === quote)) {
        throw invalid("quote", "These words are an example already.");
      }
      if (examples.length >= MOST_EXAMPLES) throw tooMany();
      examples.push({ quote, why });
    }),
  );
}

export function tooMany(): Problem {
  return new Problem("too-large", "The draft has as many of these as it takes. Take some out first.");
}

/** Changes the draft as it is, whatever state it is in; `change` may change what it is given. */
export async function changeDraft(
  tx: Tx,
  { by, at }: { readonly by: string; readonly at: number },
  change: (codebook: Codebook) => void,
): Promise<{ revision: number }> {
  const row = await draftRow(tx);
  const codebook = row?.body ? DraftCodebook.parse(JSON.parse(row.body)) : await currentCodebook(tx);
  change(codebook);
  const revision = (row?.revision ?? 0) + 1;
  await putDraft(tx, {
    id: ID,
    revision,
    base: row?.body ? row.base : await refInForce(tx),
    body: JSON.stringify(DraftCodebook.parse(codebook)),
    plan: row?.body ? row.plan : "[]",
    saved_by: by,
    saved_at: at,
  });
  return { revision };
}

/** The draft that somebody has begun; null when nobody has. */
export async function begunDraft(tx: Tx): Promise<Codebook | null> {
  const row = await draftRow(tx);
  return row?.body ? DraftCodebook.parse(JSON.parse(row.body)) : null;
}

/** The draft at this revision; null when nobody has begun one. Rejects with Problem `draft-outdated`. */
export async function expectRevision(tx: Tx, revision: number): Promise<CodebookDraftRow | null> {
  const row = await draftRow(tx);
  if ((row?.revision ?? 0) === revision) return row;
  const savedBy = row?.saved_by ? await personOf(tx, row.saved_by) : null;
  const said = savedBy ? `${savedBy.name} saved this draft meanwhile.` : "This draft was saved meanwhile.";
  throw new Problem("draft-outdated", `${said} Load it, put your changes on it and save again.`, {
    revision: row?.revision ?? 0,
    savedBy,
    savedAt: row?.saved_at ?? null,
  });
}

/** There is no draft any more; its number goes on, so that who still has it open notices. */
export async function clearDraft(
  tx: Tx,
  { revision, by, at }: { readonly revision: number; readonly by: string; readonly at: number },
): Promise<void> {
  await putDraft(tx, { id: ID, revision, base: null, body: null, plan: "[]", saved_by: by, saved_at: at });
}

/** Makes a published version the draft again, unless there is another. */
export async function draftFrom(
  tx: Tx,
  {
    ref,
    plan,
    by,
    at,
  }: { readonly ref: string; readonly plan: Plan; readonly by: string; readonly at: number },
): Promise<void> {
  const row = await draftRow(tx);
  if (row?.body) return;
  await putDraft(tx, {
    id: ID,
    revision: (row?.revision ?? 0) + 1,
    base: await refInForce(tx),
    body: JSON.stringify(await getCodebookVersion(tx, ref)),
    plan: JSON.stringify(plan),
    saved_by: by,
    saved_at: at,
  });
}

async function draftRow(db: Db | Tx): Promise<CodebookDraftRow | null> {
  const row = await db.selectFrom("codebook_draft").selectAll().where("id", "=", ID).executeTakeFirst();
  return row ?? null;
}

async function putDraft(tx: Tx, row: CodebookDraftRow): Promise<void> {
  const { id: _, ...values } = row;
  await tx
    .insertInto("codebook_draft")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
    .execute();
}
