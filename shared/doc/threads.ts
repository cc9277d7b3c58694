import type * as Y from "yjs";
import { markOf, Message, type Thread, ThreadHead } from "../model/thread.ts";

/**
 * The only code that knows how threads lie in a review room: heads under `<thread>`, messages under
 * `<thread>/<message>`, both plain values in the root map `threads`.
 */

export type Threads = {
  /** In the order they were started. */
  readonly threads: readonly Thread[];
  /** Records that are no thread or message, or messages without a thread: kept, counted, never shown. */
  readonly unreadable: number;
};

export function threadMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("threads");
}

/** What parsing a stored value gave; a value in a document is never changed, so this never ages. */
const heads = new WeakMap<object, ThreadHead | null>();
const messages = new WeakMap<object, Message | null>();

/** All threads of a review room. A record that has not changed gives the same objects as at the last call. */
export function readThreads(doc: Y.Doc): Threads {
  const found: ThreadHead[] = [];
  const said = new Map<string, Message[]>();
  let unreadable = 0;
  for (const [key, value] of threadMap(doc).entries()) {
    const [thread = "", id, ...rest] = key.split("/");
    if (id === undefined) {
      const head = parsed(heads, value, ThreadHead);
      if (head?.id === key) found.push(head);
      else unreadable += 1;
      continue;
    }
    const message = rest.length > 0 ? null : parsed(messages, value, Message);
    if (message?.id !== id) {
      unreadable += 1;
      continue;
    }
    const known = said.get(thread);
    if (known) known.push(message);
    else said.set(thread, [message]);
  }
  const threads = found.map(({ version: _version, ...head }): Thread => {
    const own = (said.get(head.id) ?? []).sort((a, b) => a.nth - b.nth);
    said.delete(head.id);
    return { ...head, messages: own };
  });
  for (const lost of said.values()) unreadable += lost.length;
  threads.sort(inTime);
  return { threads, unreadable };
}

/** Takes out threads at anybody's marks. Answers how many records that are; with `dry` nothing is changed. */
export function sweepThreads(doc: Y.Doc, dry: boolean): number {
  const map = threadMap(doc);
  const at = new Set(readThreads(doc).threads.flatMap(({ id, anchor }) => (markOf(anchor) ? [id] : [])));
  const gone = [...map.keys()].filter((key) => at.has(key.split("/")[0] ?? ""));
  if (!dry) for (const key of gone) map.delete(key);
  return gone.length;
}

/** What several rooms of an article hold together. */
export function mergeThreads(all: readonly Threads[]): Threads {
  const [only] = all;
  if (only && all.length === 1) return only;
  return {
    threads: all.flatMap(({ threads }) => threads).sort(inTime),
    unreadable: all.reduce((sum, { unreadable }) => sum + unreadable, 0),
  };
}

function inTime(a: Thread, b: Thread): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Writes records that are newer than what stands there, in one transaction. Answers how many were. */
export function putThread(
  doc: Y.Doc,
  thread: string,
  head: ThreadHead | null,
  said: readonly Message[],
): number {
  const map = threadMap(doc);
  const records: (readonly [string, ThreadHead | Message])[] = said.map((message) => [
    `${thread}/${message.id}`,
    message,
  ]);
  if (head) records.push([thread, head]);
  let written = 0;
  for (const [key, record] of records) {
    if (versionOf(map.get(key)) >= record.version) continue;
    map.set(key, record);
    written += 1;
  }
  return written;
}

function versionOf(value: unknown): number {
  if (typeof value !== "object" || value === null || !("version" in value)) return 0;
  return typeof value.version === "number" ? value.version : 0;
}

function parsed<T>(
  cache: WeakMap<object, T | null>,
  value: unknown,
  schema: { safeParse(value: unknown): { data?: T } },
): T | null {
  if (typeof value !== "object" || value === null) return null;
  const known = cache.get(value);
  if (known !== undefined) return known;
  const outcome = schema.safeParse(value).data ?? null;
  cache.set(value, outcome);
  return outcome;
}
