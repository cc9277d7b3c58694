import type { EditorView } from "prosemirror-view";
import type { TextRange } from "./types.ts";

/** The browser's range for a stretch of text; null when it is not in the text. */
export function domRange(view: EditorView, { from, to }: TextRange): Range | null {
  if (from < 0 || to > view.state.doc.content.size || from > to) return null;
  const start = view.domAtPos(from, 1);
  const end = view.domAtPos(to, -1);
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}
