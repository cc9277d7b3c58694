import { MOST_DETAIL, type NotificationKind } from "#shared/model/notification.ts";
import type { Db, Tx } from "../database/database.ts";
import { newId } from "./id.ts";
import type { Services } from "./services.ts";

/** Something that one person did and others are to be told. */
export type Notice = {
  readonly kind: NotificationKind;
  /** Ids of people. Whoever did it, and who is no member any more, is left out. */
  readonly to: readonly string[];
  /** Who did it. */
  readonly by: string;
  readonly article: string;
  /**
   * Names what happened, such as `verdict/<id>`: nobody is told the same thing twice, so a command that
   * is tried again may call again.
   */
  readonly about: string;
  /** The mark that the notification leads to. */
  readonly mark?: { readonly author: string; readonly id: string } | null;
  /** The thread and message that it leads to. */
  readonly thread?: string | null;
  readonly message?: string | null;
  /** What happened in a few words, plain text; of a message it is left out, for messages change. */
  readonly detail?: string;
};

type NotifyServices = Pick<Services, "database" | "now" | "signals">;

/**
 * Tells people in the product at once, and those who want it by e-mail a little later. Call it after what
 * it tells of is saved. Rejects only when the database cannot be written.
 */
export async function notify(services: NotifyServices, ...notices: readonly Notice[]): Promise<void> {
  const { database, now, signals } = services;
  signals.tell(await keepNotices(database.db, notices, now()));
}

/** Writes the notices down without telling, for a command that saves other things with them; gives who is to be told. */
export async function keepNotices(db: Db | Tx, notices: readonly Notice[], at: number): Promise<string[]> {
  const told: string[] = [];
  for (const notice of notices) {
    const people = await membersAmong(
      db,
      notice.to.filter((id) => id !== notice.by),
    );
    for (const user of people) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("notification")
        .values({
          id: newId(),
          user_id: user,
          kind: notice.kind,
          about: notice.about,
          article_id: notice.article,
          thread_id: notice.thread ?? null,
          message_id: notice.message ?? null,
          mark_author: notice.mark?.author ?? null,
          mark_id: notice.mark?.id ?? null,
          detail: (notice.detail ?? "").slice(0, MOST_DETAIL),
          actor_id: notice.by,
          created_at: at,
          read_at: null,
          mailed_at: null,
        })
        .onConflict((conflict) => conflict.columns(["user_id", "about"]).doNothing())
        .executeTakeFirst();
      if ((numInsertedOrUpdatedRows ?? 0n) > 0n) told.push(user);
    }
  }
  return told;
}

async function membersAmong(db: Db | Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("person")
    .select("id")
    .where("id", "in", [...new Set(ids)])
    .where("removed_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}
