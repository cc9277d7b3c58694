import type { Node } from "prosemirror-model";
import type { SpanUnit, TextRange } from "./types.ts";

/** Whole words, sentences and paragraphs around a selection. */

type Unit = Exclude<SpanUnit, "paragraph">;

const segmenters = new Map<Unit, Intl.Segmenter>();

function segmenter(unit: Unit): Intl.Segmenter {
  const known = segmenters.get(unit);
  if (known) return known;
  const made = new Intl.Segmenter(undefined, { granularity: unit });
  segmenters.set(unit, made);
  return made;
}

/** The text of a text block; one character for each position, line breaks as "\n". */
function textOf(block: Node): string {
  return block.textBetween(0, block.content.size, "\n", "\n");
}

/** The range grown to whole units at both ends, without white space at its edges. */
export function grownTo(doc: Node, range: TextRange, unit: SpanUnit): TextRange {
  const start = edge(doc, range.from, unit, "start");
  const end = edge(doc, range.to, unit, "end");
  return start < end ? { from: start, to: end } : range;
}

function edge(doc: Node, position: number, unit: SpanUnit, side: "start" | "end"): number {
  const at = doc.resolve(Math.min(Math.max(position, 0), doc.content.size));
  if (!at.parent.isTextblock) return position;
  const base = at.start();
  const text = textOf(at.parent);
  const [from, to] = unit === "paragraph" ? [0, text.length] : around(text, at.parentOffset, unit, side);
  const inside = text.slice(from, to);
  return side === "start"
    ? base + from + (inside.length - inside.trimStart().length)
    : base + to - (inside.length - inside.trimEnd().length);
}

/** The unit that holds an offset; between two units the one on the inner side of the edge. */
function around(text: string, offset: number, unit: Unit, side: "start" | "end"): [number, number] {
  const segments = segmenter(unit).segment(text);
  const here = segments.containing(side === "start" ? offset : Math.max(0, offset - 1));
  if (!here) return [offset, offset];
  const isGap = unit === "word" && here.isWordLike === false;
  const other = isGap ? segments.containing(side === "start" ? Math.max(0, offset - 1) : offset) : undefined;
  const chosen = other?.isWordLike === true ? other : here;
  return [chosen.index, chosen.index + chosen.segment.length];
}
