import type { EditorView } from "prosemirror-view";
import type { TextRange } from "./types.ts";

/**
 * What is fleeting (the chosen mark, the one under the pointer) is painted with CSS highlights: nothing
 * in the document is built anew. A highlight's name is shared by all editors on the page.
 */

export const EMPHASES = ["active", "hover"] as const;
export type EmphasisName = (typeof EMPHASES)[number];

function highlight(name: EmphasisName): Highlight | null {
  if (typeof CSS === "undefined" || !("highlights" in CSS)) return null;
  const known = CSS.highlights.get(`gloss-${name}`);
  if (known) return known;
  const made = new Highlight();
  made.priority = EMPHASES.length - EMPHASES.indexOf(name);
  CSS.highlights.set(`gloss-${name}`, made);
  return made;
}

export class Emphasis {
  readonly #painted = new Map<EmphasisName, readonly Range[]>();

  /** Paints these stretches of the text, in place of those painted before under the name. */
  paint(view: EditorView, name: EmphasisName, ranges: readonly TextRange[]): void {
    const target = highlight(name);
    if (!target) return;
    for (const range of this.#painted.get(name) ?? []) target.delete(range);
    const painted = ranges.flatMap((range) => domRange(view, range) ?? []);
    for (const range of painted) target.add(range);
    this.#painted.set(name, painted);
  }

  clear(): void {
    for (const [name, ranges] of this.#painted) {
      for (const range of ranges) highlight(name)?.delete(range);
    }
    this.#painted.clear();
  }
}

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
