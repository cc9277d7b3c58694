import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import {
  markOf,
  type Mention,
  MOST_MENTIONS,
  MOST_MESSAGES,
  MOST_THREADS,
  type Thread,
} from "#shared/model/thread.ts";
import { toldOf } from "#shared/thread/audience.ts";
import { findMentions, mentionedIn } from "#shared/thread/mentions.ts";
import { canDelete, canEdit } from "#shared/thread/rights.ts";
import { cleanText } from "#shared/thread/text.ts";
import type { ThreadTarget } from "#shared/wire/threads.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import type { ArticleRow } from "../database/tables.ts";
import { findArticle } from "./article-row.ts";
import { keepNotices, type Notice } from "./notification.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";
import { mayKnow } from "./said-room.ts";
import { anchorFor } from "./thread-anchor.ts";
import { keepRead } from "./thread-read.ts";
import { type Loaded, loadThread, loadThreads, toThread } from "./thread-rows.ts";

/** Discussions. All of these reject with Problem `not-found`, `forbidden` or `archived`. */

/** `text` as somebody wrote it; `mentions` picks among people of one name. */
export type Said = { readonly text: string; readonly mentions: readonly string[] };
export type NewMessage = Said & { readonly id: string };
export type NewThread = { readonly id: string; readonly target: ThreadTarget; readonly message: NewMessage };

/** Where a thread or a message is. */
export type Where = { readonly article: string; readonly thread: string };

export async function listThreads(
  { database }: Services,
  who: Principal,
  article: string,
): Promise<Thread[]> {
  const where = await findArticle(database.db, article);
  const loaded = await loadThreads(database.db, article);
  return loaded.filter(({ row }) => mayKnow(who, where, row.mark_author)).map(toThread);
}

/** Also rejects with `quote-mismatch`, `invalid-content` or `too-large`. Doing it again changes nothing. */
export async function startThread(
  services: Services,
  who: Principal,
  article: string,
  { id, target, message }: NewThread,
): Promise<Thread> {
  const row = await mayWrite(services, who, { article });
  const where = { article, thread: id };
  const before = await services.database.db
    .selectFrom("thread")
    .innerJoin("message", "message.thread_id", "thread.id")
    .select(["thread.article_id", "message.author", "message.id"])
    .where("thread.id", "=", id)
    .where("message.nth", "=", 1)
    .executeTakeFirst();
  if (before) {
    const mine = before.article_id === article && before.author === who.id && before.id === message.id;
    if (!mine) throw invalid("id", "There is a discussion of this id already.");
    return shown(services, where);
  }
  if (target.kind === "mark" && !mayKnow(who, row, target.author)) {
    throw new Problem("not-found", "There is no such mark, or not any more.");
  }
  const anchor = await anchorFor(services, article, target);
  return change(services, where, async (tx, at) => {
    const { threads } = await tx
      .selectFrom("thread")
      .select((eb) => eb.fn.countAll<number | string>().as("threads"))
      .where("article_id", "=", article)
      .executeTakeFirstOrThrow();
    if (Number(threads) >= MOST_THREADS) {
      throw new Problem("too-large", `An article takes ${MOST_THREADS.toLocaleString("en")} discussions.`);
    }
    const said = await prepared(tx, message);
    const mark = markOf(anchor);
    await tx
      .insertInto("thread")
      .values({
        id,
        article_id: article,
        anchor: JSON.stringify(anchor),
        mark_author: mark?.author ?? null,
        mark_id: mark?.id ?? null,
        created_by: who.id,
        created_at: at,
        messages: 1,
        resolved_at: null,
        resolved_by: null,
        version: 1,
        head_version: 1,
        shown: 0,
      })
      .execute();
    await insert(tx, id, { ...said, id: message.id, author: who.id, nth: 1, at, version: 1 });
    await keepRead(tx, who.id, { ...where, upTo: 1 });
    return noticesOf(await must(tx, where), message.id);
  });
}

/** Also rejects with `invalid-content` or `too-large`. A resolved thread is open again. */
export async function addMessage(
  services: Services,
  who: Principal,
  where: Where,
  message: NewMessage,
): Promise<Thread> {
  await mayWrite(services, who, where);
  return change(services, where, async (tx, at) => {
    const { row, messages } = await must(tx, where);
    const known = messages.find(({ id }) => id === message.id);
    if (known && known.author.id !== who.id) throw invalid("id", "There is a message of this id already.");
    if (known) return [];
    if (row.messages >= MOST_MESSAGES) {
      throw new Problem("too-large", `A discussion takes ${MOST_MESSAGES} messages. Start another one.`);
    }
    const said = await prepared(tx, message);
    const nth = row.messages + 1;
    const version = row.version + 1;
    const reopens = row.resolved_at !== null;
    await tx
      .updateTable("thread")
      .set({
        messages: nth,
        version,
        ...(reopens ? { resolved_at: null, resolved_by: null, head_version: version } : {}),
      })
      .where("id", "=", row.id)
      .execute();
    await insert(tx, row.id, { ...said, id: message.id, author: who.id, nth, at, version });
    await keepRead(tx, who.id, { ...where, upTo: nth });
    return noticesOf(await must(tx, where), message.id);
  });
}

/** Changes a message of one's own. People who are mentioned now and were not are told. */
export async function editMessage(
  services: Services,
  who: Principal,
  { message: id, ...where }: Where & { readonly message: string },
  said: Said,
): Promise<Thread> {
  await mayWrite(services, who, where);
  return change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    const message = found(loaded, id);
    if (!canEdit(who, { message, archived: false })) {
      throw new Problem("forbidden", "Only who wrote a message may change it.");
    }
    const { text, mentions } = await prepared(tx, said);
    const same = text === message.text && JSON.stringify(mentions) === JSON.stringify(message.mentions);
    if (same) return [];
    const version = await nextVersion(tx, loaded);
    await tx
      .updateTable("message")
      .set({ body: text, mentions: JSON.stringify(mentions), edited_at: at, version })
      .where("thread_id", "=", where.thread)
      .where("id", "=", id)
      .execute();
    const before = mentionedIn(message.mentions);
    const to = mentionedIn(mentions).filter((user) => !before.includes(user));
    return [notice(loaded, { kind: "mention", to, by: who.id, message: id })];
  });
}

/** Deletes a message of one's own, or another's for whoever keeps order; what it told is taken back. */
export async function deleteMessage(
  services: Services,
  who: Principal,
  { message: id, ...where }: Where & { readonly message: string },
): Promise<Thread> {
  await mayWrite(services, who, where);
  const untold: string[] = [];
  const thread = await change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    const message = found(loaded, id);
    if (!canDelete(who, { message, archived: false })) {
      throw new Problem("forbidden", "Only who wrote a message, or an owner, may delete it.");
    }
    const version = await nextVersion(tx, loaded);
    await tx
      .updateTable("message")
      .set({ body: "", mentions: "[]", deleted_at: at, deleted_by: who.id, version })
      .where("thread_id", "=", where.thread)
      .where("id", "=", id)
      .execute();
    const rows = await tx
      .deleteFrom("notification")
      .where("about", "=", aboutMessage(where.thread, id))
      .returning("user_id")
      .execute();
    untold.push(...rows.map((row) => row.user_id));
    return [];
  });
  services.signals.tell(untold);
  return thread;
}

export async function resolveThread(
  services: Services,
  who: Principal,
  where: Where,
  resolved: boolean,
): Promise<Thread> {
  await mayWrite(services, who, where);
  return change(services, where, async (tx, at) => {
    const loaded = await must(tx, where);
    if ((loaded.head.resolved !== null) === resolved) return [];
    const version = await nextVersion(tx, loaded);
    await tx
      .updateTable("thread")
      .set({
        resolved_at: resolved ? at : null,
        resolved_by: resolved ? who.id : null,
        head_version: version,
      })
      .where("id", "=", where.thread)
      .execute();
    return [];
  });
}

/** Name of a message among all that is told. */
export function aboutMessage(thread: string, message: string): string {
  return `message/${thread}/${message}`;
}

/** Gives the article. What is said about a layer that somebody may not see is not there for them. */
export async function mayWrite(
  { database }: Services,
  who: Principal,
  { article, thread }: { readonly article: string; readonly thread?: string },
): Promise<ArticleRow> {
  const row = await findArticle(database.db, article);
  if (!can(who, "comment.write")) throw new Problem("forbidden");
  if (!can(who, "comment.write", { archived: row.archived_at !== null })) throw new Problem("archived");
  if (row.blind === 1 && thread !== undefined) {
    const said = await loadThread(database.db, article, thread);
    if (said && !mayKnow(who, row, said.row.mark_author)) throw noThread();
  }
  return row;
}

/** Runs one change alone, then shows it to everybody and tells those who are to be told. */
export async function change(
  services: Services,
  where: Where,
  work: (tx: Tx, at: number) => Promise<readonly Notice[]>,
): Promise<Thread> {
  const { database, now, signals } = services;
  const told = await database.exclusive(async (tx) => {
    const at = now();
    return keepNotices(tx, await work(tx, at), at);
  });
  const thread = await shown(services, where);
  signals.tell(told);
  return thread;
}

async function shown({ database, threadMirror }: Services, where: Where): Promise<Thread> {
  await threadMirror.show(where.article, where.thread);
  return toThread(await must(database.db, where));
}

export async function must(
  db: Parameters<typeof loadThread>[0],
  { article, thread }: Where,
): Promise<Loaded> {
  const loaded = await loadThread(db, article, thread);
  if (!loaded) throw noThread();
  return loaded;
}

function noThread(): Problem {
  return new Problem("not-found", "There is no such discussion.");
}

function found({ messages }: Loaded, id: string): Thread["messages"][number] {
  const message = messages.find((one) => one.id === id);
  if (!message) throw new Problem("not-found", "There is no such message.");
  if (message.deleted) throw new Problem("not-found", "This message has been deleted.");
  return message;
}

async function prepared(tx: Tx, said: Said): Promise<{ text: string; mentions: readonly Mention[] }> {
  const text = cleanText(said.text);
  if (!text.includes("@")) return { text, mentions: [] };
  const people = await tx
    .selectFrom("person")
    .select(["id", "name"])
    .where("removed_at", "is", null)
    .orderBy("id")
    .execute();
  const mentions = findMentions(text, people, said.mentions);
  if (mentionedIn(mentions).length > MOST_MENTIONS) {
    throw invalid("text", `A message mentions ${MOST_MENTIONS} people at most.`);
  }
  return { text, mentions };
}

type Inserted = {
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly author: string;
  readonly nth: number;
  readonly at: number;
  readonly version: number;
};

async function insert(tx: Tx, thread: string, message: Inserted): Promise<void> {
  await tx
    .insertInto("message")
    .values({
      thread_id: thread,
      id: message.id,
      nth: message.nth,
      author: message.author,
      body: message.text,
      mentions: JSON.stringify(message.mentions),
      created_at: message.at,
      edited_at: null,
      deleted_at: null,
      deleted_by: null,
      version: message.version,
    })
    .execute();
}

export async function nextVersion(tx: Tx, { row }: Loaded): Promise<number> {
  const version = row.version + 1;
  await tx.updateTable("thread").set({ version }).where("id", "=", row.id).execute();
  return version;
}

function noticesOf(loaded: Loaded, message: string): Notice[] {
  const thread = toThread(loaded);
  const by = thread.messages.find(({ id }) => id === message)?.author.id ?? "";
  return [...toldOf(thread, message)].map(([user, kind]) =>
    notice(loaded, { kind, to: [user], by, message }),
  );
}

function notice(
  { row, head }: Loaded,
  { message, ...told }: Pick<Notice, "kind" | "to" | "by"> & { readonly message: string },
): Notice {
  return {
    ...told,
    article: row.article_id,
    about: aboutMessage(row.id, message),
    mark: markOf(head.anchor),
    thread: row.id,
    message,
  };
}
