import type * as Y from "yjs";
import type { ArticleSession, Readable } from "./contract.ts";

/** The review room's document of an open article, for those who read more in it than the session does. */

const ports = new WeakMap<ArticleSession, Readable<Y.Doc>>();

export function setReviewPort(session: ArticleSession, doc: Readable<Y.Doc>): void {
  ports.set(session, doc);
}

/** Another document when the article was made anew. Throws for a session without a review room. */
export function reviewPort(session: ArticleSession): Readable<Y.Doc> {
  const port = ports.get(session);
  if (!port) throw new Error("This session has no review room.");
  return port;
}
