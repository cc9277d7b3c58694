import type { Thread } from "../model/thread.ts";
import { mentionedIn } from "./mentions.ts";
import { unreadIn } from "./unread.ts";

/** Which threads are looked at. Each is a question of its own about a thread and whoever looks. */
export const THREAD_FILTERS = ["open", "resolved", "mine", "mentioning", "unread"] as const;
export type ThreadFilter = (typeof THREAD_FILTERS)[number];

export type Looking = { readonly me: string; readonly upTo: number };

/**
 * `mine`: I have said something in it, or it stands at my mark. `mentioning`: a message that still stands
 * there mentions me. Both whether open or resolved.
 */
export function shows(filter: ThreadFilter, thread: Thread, { me, upTo }: Looking): boolean {
  const { anchor, messages, resolved } = thread;
  switch (filter) {
    case "open":
      return resolved === null;
    case "resolved":
      return resolved !== null;
    case "mine":
      return (
        (anchor.kind === "mark" && anchor.author === me) ||
        messages.some(({ author, deleted }) => author.id === me && !deleted)
      );
    case "mentioning":
      return messages.some(({ mentions }) => mentionedIn(mentions).includes(me));
    case "unread":
      return unreadIn(thread, me, upTo) > 0;
  }
}
