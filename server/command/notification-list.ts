import * as z from "zod/mini";
import { NotificationKind } from "#shared/model/notification.ts";
import { Problem } from "#shared/model/problem.ts";
import type { NotificationShape } from "#shared/wire/threads.ts";
import type { Principal } from "../auth/principal.ts";
import type { Services } from "./services.ts";

/** What a person was told. */

/** Most of a message that is shown, in UTF-16 code units. */
const MOST_SHOWN = 240;

export type NotificationPage = { readonly cursor: string | undefined; readonly limit: number };

/** The newest first. Rejects with Problem `bad-request` when the cursor is none of ours. */
export async function listNotifications(
  services: Services,
  who: Principal,
  { cursor, limit }: NotificationPage,
): Promise<{ items: NotificationShape[]; unread: number; next: string | null }> {
  let query = services.database.db
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
      "n.message_id",
      "n.mark_author",
      "n.mark_id",
      "n.detail",
      "n.created_at",
      "n.read_at",
      "n.actor_id",
      "article.title",
      "person.name",
      "person.color",
      "message.body",
    ])
    .where("n.user_id", "=", who.id)
    .orderBy("n.created_at", "desc")
    .orderBy("n.id")
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    query = query.where((eb) =>
      eb.or([eb("n.created_at", "<", at), eb.and([eb("n.created_at", "=", at), eb("n.id", ">", id)])]),
    );
  }
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      kind: NotificationKind.parse(row.kind),
      article: { id: row.article_id, title: row.title },
      actor: { id: row.actor_id, name: row.name, color: row.color },
      thread: row.thread_id,
      message: row.message_id,
      mark:
        row.mark_author !== null && row.mark_id !== null
          ? { author: row.mark_author, id: row.mark_id }
          : null,
      detail: (row.body ?? row.detail).slice(0, MOST_SHOWN),
      createdAt: row.created_at,
      readAt: row.read_at,
    })),
    unread: await unreadOf(services, who.id),
    next:
      last && rows.length > limit
        ? Buffer.from(JSON.stringify([last.created_at, last.id])).toString("base64url")
        : null,
  };
}

/** Marks notifications of one's own as read; answers how many are left. Other people's are passed over. */
export async function readNotifications(
  services: Services,
  who: Principal,
  ids: "all" | readonly string[],
): Promise<{ unread: number }> {
  const { database, now, signals } = services;
  if (ids === "all" || ids.length > 0) {
    let query = database.db
      .updateTable("notification")
      .set({ read_at: now() })
      .where("user_id", "=", who.id)
      .where("read_at", "is", null);
    if (ids !== "all") query = query.where("id", "in", [...ids]);
    const { numUpdatedRows } = await query.executeTakeFirst();
    if (numUpdatedRows > 0n) signals.tell([who.id]);
  }
  return { unread: await unreadOf(services, who.id) };
}

async function unreadOf({ database }: Services, user: string): Promise<number> {
  const row = await database.db
    .selectFrom("notification")
    .select((eb) => eb.fn.countAll<number | string>().as("unread"))
    .where("user_id", "=", user)
    .where("read_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.unread);
}

const Cursor = z.tuple([z.int(), z.string().check(z.regex(/^[\w-]+$/))]);

function readCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new Problem("bad-request", "This page mark is not one of ours. Start from the first page.", {
      fields: [{ path: "cursor", message: "Not a page mark." }],
    });
  }
}
