import type * as Y from "yjs";
import type { ArticleSession, Readable } from "./contract.ts";

/** The documents in which something is said about an open article, for those who read in them. */

type Rooms = { readonly review: Readable<Y.Doc>; readonly hidden: Readable<readonly Y.Doc[]> };

const ports = new WeakMap<ArticleSession, Readable<readonly Y.Doc[]>>();

export function setReviewPort(session: ArticleSession, { review, hidden }: Rooms): void {
  let last: readonly Y.Doc[] = [];
  ports.set(session, {
    get: () => {
      const docs = [review.get(), ...hidden.get()];
      if (docs.length !== last.length || docs.some((doc, at) => doc !== last[at])) last = docs;
      return last;
    },
    subscribe: (listener) => {
      const stops = [review.subscribe(listener), hidden.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  });
}

/**
 * The review room's document, and while the article is blind those of the layers that I may see. Others
 * when the article was made anew. Throws for a session without a review room.
 */
export function reviewPort(session: ArticleSession): Readable<readonly Y.Doc[]> {
  const port = ports.get(session);
  if (!port) throw new Error("This session has no review room.");
  return port;
}
