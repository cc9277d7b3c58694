import type { Thread } from "../model/thread.ts";

/** How many messages of others somebody has not read; `upTo` is the number of the last that they have. */
export function unreadIn(thread: Pick<Thread, "messages">, me: string, upTo: number): number {
  return thread.messages.filter(({ nth, author, deleted }) => nth > upTo && author.id !== me && !deleted)
    .length;
}

/** The number of a thread's last message: to have read so far is to have read all. */
export function lastOf(thread: Pick<Thread, "messages">): number {
  return thread.messages.at(-1)?.nth ?? 0;
}
