import type { NotificationKind } from "../model/notification.ts";

/** What a notification says after the name of whoever did it. */
export const DID: Readonly<Record<NotificationKind, string>> = {
  mention: "mentioned you",
  thread: "started a discussion at your mark",
  reply: "answered in a discussion",
  verdict: "judged your mark",
  ruling: "ended a discussion with a ruling",
  "ruling-back": "took back a ruling",
};

/** Where a notification leads, below the address of Gloss. */
export function pathOf(to: {
  readonly article: string;
  readonly thread: string | null;
  readonly mark: { readonly author: string; readonly id: string } | null;
}): string {
  const page = `/articles/${encodeURIComponent(to.article)}`;
  if (to.thread !== null) return `${page}?thread=${encodeURIComponent(to.thread)}`;
  return to.mark === null ? page : `${page}?mark=${encodeURIComponent(`${to.mark.author}/${to.mark.id}`)}`;
}
