import type { NotificationKind } from "../model/notification.ts";
import { speakersOf, type Thread } from "../model/thread.ts";
import { mentionedIn } from "./mentions.ts";

/** Who is to be told of a message, and as what. Nobody twice, and never whoever wrote it. */
export type Told = ReadonlyMap<string, NotificationKind>;

/**
 * Of a message in `thread`, in which it stands already: people it mentions; at the first message whoever
 * made the mark; at later ones everybody who has spoken before and whoever made the mark.
 */
export function toldOf(thread: Thread, messageId: string): Told {
  const told = new Map<string, NotificationKind>();
  const message = thread.messages.find(({ id }) => id === messageId);
  if (!message || message.deleted) return told;
  const tell = (user: string, kind: NotificationKind): void => {
    if (user !== message.author.id && !told.has(user)) told.set(user, kind);
  };
  for (const user of mentionedIn(message.mentions)) tell(user, "mention");
  const kind = message.nth === 1 ? "thread" : "reply";
  if (thread.anchor.kind === "mark") tell(thread.anchor.author, kind);
  const before = thread.messages.filter(({ nth }) => nth < message.nth);
  for (const { id } of speakersOf({ messages: before })) tell(id, kind);
  return told;
}
