import type * as Y from "yjs";
import { roomName } from "#shared/doc/rooms.ts";
import type { Live } from "../sync/live.ts";

/** What the review room's root map `article` holds, so that open screens see changes live. */
export type ArticleFacts = {
  readonly title: string;
  readonly source: string;
  readonly publisher: string;
  /** ISO 8601 date or empty. */
  readonly published: string;
  readonly url: string;
  readonly archived: boolean;
  readonly blind: boolean;
};

/** Writes the facts that differ from what stands there; nothing when none does. */
export async function mirrorArticle(live: Live, article: string, facts: ArticleFacts): Promise<void> {
  const room = roomName({ kind: "review", article });
  const differing = (doc: Y.Doc) =>
    Object.entries(facts).filter(([key, value]) => doc.getMap("article").get(key) !== value);
  if (await live.read(room, (doc) => differing(doc).length === 0)) return;
  await live.write(room, null, (doc) => {
    for (const [key, value] of differing(doc)) doc.getMap("article").set(key, value);
  });
}
