import type { Node } from "prosemirror-model";

/** Document positions from which on a text is large. */
const LARGE = 30_000;

/** In a large text the help of the browser with each letter (checking spelling, for one) slows down typing. */
export function isLarge(doc: Node): boolean {
  return doc.content.size > LARGE;
}
