import * as z from "zod/mini";
import { AnnotationId, Range } from "./annotation.ts";
import { Done, Somebody } from "./done.ts";
import { MOST_RULINGS, Ruling } from "./ruling.ts";
import type { Person } from "./snapshot.ts";

/**
 * A discussion at a mark or at plain words, as it stands in the review room's root map `threads`: its
 * head under the thread's id, each message under `<thread>/<message>`, so that a reply is written without
 * what was said before. Only the server writes there. Times are milliseconds since 1970.
 */

/** Longest message, in UTF-16 code units. */
export const MOST_TEXT = 4_000;
/** Most messages in a thread, deleted ones included. */
export const MOST_MESSAGES = 200;
/** Most people that one message may mention. */
export const MOST_MENTIONS = 20;
/** Most threads in an article. */
export const MOST_THREADS = 5_000;
/** Most of the marked words that a thread at a mark remembers, in UTF-16 code units. */
export const MOST_QUOTE = 300;

export const ThreadId = AnnotationId;

export const Anchor = z.discriminatedUnion("kind", [
  /** At a mark: `author` is whose layer it stands in, `quote` the words it covered then. */
  z.object({
    kind: z.literal("mark"),
    author: z.string().check(z.maxLength(64)),
    mark: AnnotationId,
    quote: z.string().check(z.maxLength(MOST_QUOTE)),
  }),
  z.object({ kind: z.literal("text"), ranges: z.array(Range).check(z.minLength(1), z.maxLength(50)) }),
]);
export type Anchor = z.infer<typeof Anchor>;

/** `start` and `end` are UTF-16 offsets into the message's text, the `@` included. */
export const Mention = z.object({
  user: z.string().check(z.maxLength(64)),
  start: z.int().check(z.minimum(0)),
  end: z.int().check(z.minimum(1)),
});
export type Mention = z.infer<typeof Mention>;

export const ThreadHead = z.object({
  id: ThreadId,
  anchor: Anchor,
  createdBy: Somebody,
  createdAt: z.number(),
  resolved: z.nullable(Done),
  /** In the order they were made; absent: none ever was. */
  rulings: z.optional(z.array(Ruling).check(z.maxLength(MOST_RULINGS))),
  /** Goes up with the thread's changes: what is older never replaces what is newer. */
  version: z.int().check(z.minimum(1)),
});
export type ThreadHead = z.infer<typeof ThreadHead>;

export const Message = z.object({
  id: ThreadId,
  /** Its number in the thread, from 1. */
  nth: z.int().check(z.minimum(1)),
  author: Somebody,
  /** Plain text; empty once it is deleted. */
  text: z.string().check(z.maxLength(MOST_TEXT)),
  mentions: z.array(Mention).check(z.maxLength(200)),
  createdAt: z.number(),
  /** When its author last changed it; null: never. */
  editedAt: z.nullable(z.number()),
  deleted: z.nullable(Done),
  version: z.int().check(z.minimum(1)),
});
export type Message = z.infer<typeof Message>;

/** A thread put together; messages in the order they were written. */
export type Thread = Omit<ThreadHead, "version"> & { readonly messages: readonly Message[] };

/** Where a thread leads: the author and id of the mark, or null for plain words. */
export function markOf(anchor: Anchor): { readonly author: string; readonly id: string } | null {
  return anchor.kind === "mark" ? { author: anchor.author, id: anchor.mark } : null;
}

/** What a thread quotes: the words it was started at. */
export function quoteOf(anchor: Anchor): string {
  if (anchor.kind === "mark") return anchor.quote;
  return anchor.ranges.map(({ quote }) => quote.exact).join(" … ");
}

/** Everybody who has said something in a thread that still stands there, the first to speak first. */
export function speakersOf(thread: Pick<Thread, "messages">): readonly Person[] {
  const people = new Map<string, Person>();
  for (const { author, deleted } of thread.messages) if (!deleted) people.set(author.id, author);
  return [...people.values()];
}
