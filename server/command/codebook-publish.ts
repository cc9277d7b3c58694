import { DraftCodebook } from "#shared/codebook/draft-schema.ts";
import { draftMistakes } from "#shared/codebook/mistakes.ts";
import { planMistakes } from "#shared/codebook/plan.ts";
import { Plan } from "#shared/codebook/plan-step.ts";
import { Codebook, codebookRef } from "#shared/model/codebook.ts";
import { Problem } from "#shared/model/problem.ts";
import { ACT_STATUSES, type CodebookAct } from "#shared/wire/codebook.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db, Tx } from "../database/database.ts";
import type { CodebookActRow } from "../database/codebook-tables.ts";
import { putInForce, refInForce } from "./codebook.ts";
import { carryOn } from "./codebook-act.ts";
import { clearDraft, draftFrom, expectRevision } from "./codebook-draft.ts";
import { codebookImpact } from "./codebook-impact.ts";
import { personOf } from "./codebook-person.ts";
import { newId } from "./id.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";

/** Publishing the draft, and taking a publication back: each one act, written down with who did it. */

const MOST_NAMED = 50;

export type Publication = { readonly revision: number; readonly version: string; readonly note: string };

/**
 * Makes the draft a version that never changes again, puts it in force and begins to change existing
 * marks as its plan says; `carryOn` ends that, also after a crash. Rejects with Problem `draft-outdated`,
 * `codebook-busy`, or `invalid-content` when the draft is not finished or the version is there already.
 */
export async function publishDraft(
  services: Services,
  who: Principal,
  { revision, version, note }: Publication,
): Promise<CodebookAct> {
  const { database, now, logger } = services;
  const { planned } = await codebookImpact(services);
  const id = newId();
  await database.exclusive(async (tx) => {
    const row = await expectRevision(tx, revision);
    if (!row?.body) throw invalid("revision", "There is no draft to publish.");
    await refuseWhileBusy(tx);
    const plan = Plan.parse(JSON.parse(row.plan));
    const draft = { ...DraftCodebook.parse(JSON.parse(row.body)), version };
    const codebook = finished(draft, plan);
    const before = await refInForce(tx);
    await addVersion(tx, codebook, now());
    const last = await lastAct(tx);
    const ref = codebookRef(codebook);
    await tx
      .insertInto("codebook_act")
      .values({
        id,
        nth: (last?.nth ?? 0) + 1,
        made_by: who.id,
        made_at: now(),
        codebook: ref,
        before,
        note,
        plan: row.plan,
        status: "running",
        total: planned,
        ended_at: null,
        undone_by: null,
        undone_at: null,
      })
      .execute();
    await putInForce(tx, ref);
    await clearDraft(tx, { revision: revision + 1, by: who.id, at: now() });
    logger.info({ act: id, user: who.id, codebook: ref, before }, "codebook published");
  });
  void carryOn(services, id);
  return await getAct(services, id);
}

/**
 * Puts the version before it in force again and takes back what the publication changed in marks, as far
 * as nobody has changed it since. The version itself stays in the list; its content is the draft again,
 * unless there is another. Rejects with Problem `not-found`, `not-latest` or `codebook-busy`.
 */
export async function undoAct(services: Services, who: Principal, id: string): Promise<CodebookAct> {
  const { database, now, logger } = services;
  await database.exclusive(async (tx) => {
    const act = await findAct(tx, id);
    await refuseWhileBusy(tx);
    if (act.status !== "done" || (await lastUndoable(tx))?.id !== id) throw new Problem("not-latest");
    await tx
      .updateTable("codebook_act")
      .set({ status: "undoing", undone_by: who.id, undone_at: now(), ended_at: null })
      .where("id", "=", id)
      .execute();
    await putInForce(tx, act.before);
    const plan = Plan.parse(JSON.parse(act.plan));
    await draftFrom(tx, { ref: act.codebook, plan, by: who.id, at: now() });
    logger.info({ act: id, user: who.id, codebook: act.before }, "codebook taken back");
  });
  void carryOn(services, id);
  return await getAct(services, id);
}

/** The latest first. */
export async function listActs({ database: { db } }: Services): Promise<CodebookAct[]> {
  const rows = await db.selectFrom("codebook_act").selectAll().orderBy("nth", "desc").limit(200).execute();
  const last = await lastUndoable(db);
  return await Promise.all(rows.map((row) => toAct(db, row, last?.id ?? null)));
}

/** How far an act is; one that was cut short goes on. Rejects with Problem `not-found`. */
export async function getAct(services: Services, id: string): Promise<CodebookAct> {
  const { db } = services.database;
  const row = await findAct(db, id);
  if (row.status === "running" || row.status === "undoing") void carryOn(services, id);
  return await toAct(db, row, (await lastUndoable(db))?.id ?? null);
}

/** Throws Problem `invalid-content` that names what is not finished. */
function finished(draft: Codebook, plan: Plan): Codebook {
  const fields = [
    ...draftMistakes(draft)
      .filter(({ severity }) => severity === "wrong")
      .map(({ part, at, field, message }) => ({
        path: [part, at, field].filter((one) => one !== null).join("."),
        message,
      })),
    ...planMistakes(plan, draft).map((message) => ({ path: "plan", message })),
  ];
  if (fields.length > 0) {
    throw new Problem("invalid-content", undefined, { fields: fields.slice(0, MOST_NAMED) });
  }
  return Codebook.parse(draft);
}

async function addVersion(tx: Tx, codebook: Codebook, at: number): Promise<void> {
  const { id, version } = codebook;
  const known = await tx
    .selectFrom("codebook")
    .select("version")
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  if (known)
    throw invalid("version", "There is a version of this number already. Published versions never change.");
  await tx
    .insertInto("codebook")
    .values({ id, version, body: JSON.stringify(codebook), created_at: at })
    .execute();
}

async function refuseWhileBusy(tx: Tx): Promise<void> {
  const busy = await tx
    .selectFrom("codebook_act")
    .select("id")
    .where("status", "in", ["running", "undoing"])
    .executeTakeFirst();
  if (busy) throw new Problem("codebook-busy");
}

async function lastAct(tx: Tx): Promise<CodebookActRow | undefined> {
  return await tx.selectFrom("codebook_act").selectAll().orderBy("nth", "desc").executeTakeFirst();
}

/** The latest act that has not been taken back. */
async function lastUndoable(db: Db): Promise<CodebookActRow | undefined> {
  return await db
    .selectFrom("codebook_act")
    .selectAll()
    .where("status", "!=", "undone")
    .orderBy("nth", "desc")
    .executeTakeFirst();
}

async function findAct(db: Db, id: string): Promise<CodebookActRow> {
  const row = await db.selectFrom("codebook_act").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("not-found", "There is no such publication.");
  return row;
}

async function toAct(db: Db, row: CodebookActRow, undoable: string | null): Promise<CodebookAct> {
  const counted = row.status === "running" || row.status === "done" ? "done" : "undone";
  const sum = await db
    .selectFrom("codebook_act_part")
    .select((eb) => eb.fn.sum<number | string | null>("marks").as("marks"))
    .where("act_id", "=", row.id)
    .where("status", "=", counted)
    .executeTakeFirst();
  return {
    id: row.id,
    by: await personOf(db, row.made_by),
    at: row.made_at,
    codebook: row.codebook,
    before: row.before,
    note: row.note,
    plan: Plan.parse(JSON.parse(row.plan)),
    status: statusOf(row.status),
    total: row.total,
    done: Number(sum?.marks ?? 0),
    undoneBy: row.undone_by === null ? null : await personOf(db, row.undone_by),
    undoneAt: row.undone_at,
    undoable: row.status === "done" && row.id === undoable,
  };
}

function statusOf(status: string): CodebookAct["status"] {
  const known = ACT_STATUSES.find((one) => one === status);
  if (known === undefined) throw new Error(`a publication cannot be ${status}`);
  return known;
}
