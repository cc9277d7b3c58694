import { DEFAULT_DIGEST, Digest, NotificationKind } from "#shared/model/notification.ts";
import { realEmail } from "../auth/accounts.ts";
import type { Db } from "../database/database.ts";
import type { News } from "./digest.ts";

/** Whose news waits to be mailed, and what it is. What has been read meanwhile is never mailed. */

export type Waiting = {
  readonly user: string;
  readonly name: string;
  /** Null for a guest, and for who is no member any more. */
  readonly address: string | null;
  readonly digest: Digest;
  /** When the oldest of it happened. */
  readonly since: number;
  readonly failures: number;
  readonly notBefore: number;
};

export async function whoWaits(db: Db): Promise<Waiting[]> {
  const rows = await db
    .selectFrom("notification as n")
    .innerJoin("person", "person.id", "n.user_id")
    .leftJoin("mail_choice as choice", "choice.user_id", "n.user_id")
    .select((eb) => [
      "person.id",
      "person.name",
      "person.email",
      "person.removed_at",
      "choice.digest",
      "choice.failures",
      "choice.not_before",
      eb.fn.min("n.created_at").as("since"),
    ])
    .where("n.mailed_at", "is", null)
    .where("n.read_at", "is", null)
    .groupBy([
      "person.id",
      "person.name",
      "person.email",
      "person.removed_at",
      "choice.digest",
      "choice.failures",
      "choice.not_before",
    ])
    .orderBy("since")
    .execute();
  return rows.map((row) => ({
    user: row.id,
    name: row.name,
    address: row.removed_at === null ? realEmail(row.email) : null,
    digest: row.digest === null ? DEFAULT_DIGEST : Digest.parse(row.digest),
    since: Number(row.since),
    failures: row.failures ?? 0,
    notBefore: row.not_before ?? 0,
  }));
}

/** What waits for a person, oldest first. */
export async function newsOf(db: Db, user: string): Promise<News[]> {
  const rows = await db
    .selectFrom("notification as n")
    .innerJoin("article", "article.id", "n.article_id")
    .innerJoin("person", "person.id", "n.actor_id")
    .leftJoin("message", (join) =>
      join.onRef("message.thread_id", "=", "n.thread_id").onRef("message.id", "=", "n.message_id"),
    )
    .select([
      "n.id",
      "n.kind",
      "n.article_id",
      "n.thread_id",
      "n.mark_author",
      "n.mark_id",
      "n.detail",
      "article.title",
      "person.name",
      "message.body",
    ])
    .where("n.user_id", "=", user)
    .where("n.mailed_at", "is", null)
    .where("n.read_at", "is", null)
    .orderBy("n.created_at")
    .orderBy("n.id")
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: NotificationKind.parse(row.kind),
    actor: row.name,
    article: { id: row.article_id, title: row.title },
    thread: row.thread_id,
    mark:
      row.mark_author !== null && row.mark_id !== null ? { author: row.mark_author, id: row.mark_id } : null,
    detail: row.body ?? row.detail,
  }));
}

/** Notes that these will not be mailed (again). */
export async function settle(db: Db, ids: readonly string[], at: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("notification")
    .set({ mailed_at: at })
    .where("id", "in", [...ids])
    .execute();
}

/** Notes how the last try went, without touching what the person chose. */
export async function noteTry(
  db: Db,
  { user, digest }: Waiting,
  outcome: { readonly failures: number; readonly notBefore: number },
): Promise<void> {
  const tried = { failures: outcome.failures, not_before: outcome.notBefore };
  await db
    .insertInto("mail_choice")
    .values({ user_id: user, digest, ...tried })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(tried))
    .execute();
}

/** Takes away what was read long ago. */
export async function forget(db: Db, before: number): Promise<void> {
  await db.deleteFrom("notification").where("read_at", "<", before).execute();
}
