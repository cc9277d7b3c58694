import { Problem } from "#shared/model/problem.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db, Tx } from "../database/database.ts";
import { findArticle } from "./article-row.ts";
import type { Services } from "./services.ts";

/** How far each person has read each discussion. */

type Read = { readonly article: string; readonly thread: string; readonly upTo: number };

/** Rejects with Problem `not-found`. */
export async function listThreadReads(
  { database }: Services,
  who: Principal,
  article: string,
): Promise<{ thread: string; upTo: number }[]> {
  await findArticle(database.db, article);
  const rows = await database.db
    .selectFrom("thread_read")
    .select(["thread_id", "up_to"])
    .where("user_id", "=", who.id)
    .where("article_id", "=", article)
    .execute();
  return rows.map((row) => ({ thread: row.thread_id, upTo: row.up_to }));
}

/** Notes what was read, and with it what was told of that. Never takes back. Rejects with Problem `not-found`. */
export async function readThread(services: Services, who: Principal, read: Read): Promise<void> {
  const { database, now, signals } = services;
  const { article, thread } = read;
  const row = await database.db
    .selectFrom("thread")
    .select("messages")
    .where("id", "=", thread)
    .where("article_id", "=", article)
    .executeTakeFirst();
  if (!row) throw new Problem("not-found", "There is no such discussion.");
  const upTo = Math.min(read.upTo, row.messages);
  await keepRead(database.db, who.id, { article, thread, upTo });
  const { numUpdatedRows } = await database.db
    .updateTable("notification")
    .set({ read_at: now() })
    .where("user_id", "=", who.id)
    .where("thread_id", "=", thread)
    .where("read_at", "is", null)
    .where((eb) =>
      eb.or([
        // A ruling: who reads the discussion sees it.
        eb("message_id", "is", null),
        eb(
          "message_id",
          "in",
          eb
            .selectFrom("message")
            .select("message.id")
            .where("message.thread_id", "=", thread)
            .where("message.nth", "<=", upTo),
        ),
      ]),
    )
    .executeTakeFirst();
  if (numUpdatedRows > 0n) signals.tell([who.id]);
}

export async function keepRead(db: Db | Tx, user: string, { article, thread, upTo }: Read): Promise<void> {
  await db
    .insertInto("thread_read")
    .values({ user_id: user, thread_id: thread, article_id: article, up_to: upTo })
    .onConflict((conflict) =>
      conflict
        .columns(["user_id", "article_id", "thread_id"])
        .doUpdateSet({ up_to: upTo })
        .where("thread_read.up_to", "<", upTo),
    )
    .execute();
}
