import { Verdict, type Subject } from "#shared/model/verdict.ts";
import { refused } from "./review-refused.ts";
import { sameSubject, subjectKey } from "#shared/review/same-place.ts";
import type { Db, Tx } from "../database/database.ts";
import type { ReviewVerdictRow } from "../database/review-tables.ts";

/** Verdicts in the tables: what each reviewer said, in what order, and what of it counts now. */

export type Kept = {
  readonly verdict: Verdict;
  readonly status: ReviewVerdictRow["status"];
  readonly replaces: string | null;
};

type Place = { readonly article: string; readonly reviewer: string };

/** Null when there is none of this id. */
export async function findKept(tx: Tx, article: string, id: string): Promise<Kept | null> {
  const row = await tx
    .selectFrom("review_verdict")
    .selectAll()
    .where("article_id", "=", article)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? toKept(row) : null;
}

/** Whether a discussion of this id is in the article. */
export async function hasThread(tx: Tx, article: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom("thread")
    .select("id")
    .where("article_id", "=", article)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/** A reviewer's verdict on this that counts now, or their draft. */
export async function lineAt(
  tx: Tx,
  { article, reviewer }: Place,
  subject: Subject,
  status: "draft" | "standing",
): Promise<Kept | null> {
  const rows = await tx
    .selectFrom("review_verdict")
    .selectAll()
    .where("article_id", "=", article)
    .where("reviewer", "=", reviewer)
    .where("status", "=", status)
    .where("subject", "=", subjectKey(subject))
    .execute();
  return rows.map(toKept).find(({ verdict }) => sameSubject(verdict.on, subject)) ?? null;
}

/** A reviewer's drafts in an article, or what stands of theirs. */
export async function keptBy(
  tx: Db,
  { article, reviewer }: Place,
  status: "draft" | "standing",
): Promise<Kept[]> {
  const rows = await tx
    .selectFrom("review_verdict")
    .selectAll()
    .where("article_id", "=", article)
    .where("reviewer", "=", reviewer)
    .where("status", "=", status)
    .execute();
  return rows.map(toKept);
}

/** What everybody sees, from the id after `after` on. */
export async function standingIn(
  tx: Db,
  article: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Verdict[]> {
  const rows = await tx
    .selectFrom("review_verdict")
    .select("body")
    .where("article_id", "=", article)
    .where("status", "=", "standing")
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ body }) => Verdict.parse(JSON.parse(body)));
}

/** Keeps a new verdict. */
export async function insertKept(
  tx: Tx,
  article: string,
  { verdict, status, replaces }: Kept,
): Promise<void> {
  await tx
    .insertInto("review_verdict")
    .values({
      article_id: article,
      id: verdict.id,
      reviewer: verdict.by,
      subject: subjectKey(verdict.on),
      status,
      replaces,
      body: JSON.stringify(verdict),
      shown: status === "draft" ? 1 : 0,
    })
    .execute();
}

/** Changes what is kept under the verdict's id; the room is told when it was or will be seen there. */
export async function updateKept(
  tx: Tx,
  article: string,
  { verdict, status, replaces }: Kept,
  seen: boolean,
): Promise<void> {
  await tx
    .updateTable("review_verdict")
    .set({ status, replaces, body: JSON.stringify(verdict), ...(seen ? { shown: 0 } : {}) })
    .where("article_id", "=", article)
    .where("id", "=", verdict.id)
    .execute();
}

export type Doing = {
  readonly id: string;
  readonly act: string;
  readonly actor: string;
  readonly verdict: string | null;
  /** For everybody's eyes, or its actor's alone. */
  readonly open: boolean;
  readonly body: unknown;
  readonly at: number;
};

/** Writes into the log of acts, which only grows. */
export async function noteAct(tx: Tx, article: string, doing: Doing): Promise<void> {
  const last = await tx
    .selectFrom("review_act")
    .select((eb) => eb.fn.max<number | null>("seq").as("seq"))
    .where("article_id", "=", article)
    .executeTakeFirst();
  await tx
    .insertInto("review_act")
    .values({
      article_id: article,
      seq: Number(last?.seq ?? 0) + 1,
      id: doing.id,
      act: doing.act,
      actor: doing.actor,
      verdict_id: doing.verdict,
      open: doing.open ? 1 : 0,
      body: JSON.stringify(doing.body),
      at: doing.at,
    })
    .execute();
}

/** Whether an act has this id. */
export async function isTaken(tx: Tx, article: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom("review_act")
    .select("seq")
    .where("article_id", "=", article)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether this act was done before under this id. Rejects with Problem `verdict-refused` (`id-taken`)
 * when the id belongs to something else.
 */
export async function wasDone(
  tx: Tx,
  article: string,
  doing: Pick<Doing, "id" | "act" | "actor" | "verdict">,
): Promise<boolean> {
  const row = await tx
    .selectFrom("review_act")
    .select(["act", "actor", "verdict_id"])
    .where("article_id", "=", article)
    .where("id", "=", doing.id)
    .executeTakeFirst();
  if (!row) return false;
  const same = row.act === doing.act && row.actor === doing.actor && row.verdict_id === doing.verdict;
  if (!same) throw refused("id-taken");
  return true;
}

function toKept({ body, status, replaces }: ReviewVerdictRow): Kept {
  return { verdict: Verdict.parse(JSON.parse(body)), status, replaces };
}
