import type { TextRange } from "../../editor/types.ts";

/** Moving one end of a mark by keys. Positions are offsets in the plain text, blocks one line break apart. */

export type Edge = "start" | "end";
export type EdgeStep = "word" | "character";

export type EdgeMove = {
  readonly edge: Edge;
  readonly forward: boolean;
  readonly step: EdgeStep;
};

/** Reads the text between two offsets; offsets outside are cut off. */
export type ReadText = (range: TextRange) => string;

/** The longest stretch of text that is looked at to find the next word. */
const REACH = 200;

/**
 * Where the range is after the move, or null when the edge cannot go further: at an end of the text, or
 * when nothing would be left between the edges. It goes on over the border of a paragraph.
 */
export function moveEdge(range: TextRange, move: EdgeMove, read: ReadText): TextRange | null {
  const at = move.edge === "start" ? range.from : range.to;
  const distance = move.forward ? ahead(at, move.step, read) : behind(at, move.step, read);
  if (distance === 0) return null;
  const moved = move.forward ? at + distance : at - distance;
  const next = move.edge === "start" ? { from: moved, to: range.to } : { from: range.from, to: moved };
  if (next.from >= next.to) return null;
  return move.step === "word" ? toWord(next, move.edge, read) : toLine(next, move.edge, read);
}

/** The border of a paragraph is no character: an edge stands before or behind it on words. */
function toLine({ from, to }: TextRange, edge: Edge, read: ReadText): TextRange | null {
  const text = read({ from, to });
  const breaks = (edge === "start" ? /^\n*/ : /\n*$/).exec(text)?.[0].length ?? 0;
  if (breaks === text.length) return null;
  return edge === "start" ? { from: from + breaks, to } : { from, to: to - breaks };
}

/** Blanks and signs at the end that moved do not belong to a mark. Null when nothing else is left. */
function toWord({ from, to }: TextRange, edge: Edge, read: ReadText): TextRange | null {
  const text = read({ from, to });
  const outside = edge === "start" ? /^[^\p{L}\p{N}]*/u : /[^\p{L}\p{N}]*$/u;
  const length = outside.exec(text)?.[0].length ?? 0;
  if (length === text.length) return null;
  return edge === "start" ? { from: from + length, to } : { from, to: to - length };
}

/** The ranges of a mark with its outer start or end at another position; pieces that fall outside go. */
export function withEdge(ranges: readonly TextRange[], edge: Edge, at: number): readonly TextRange[] {
  if (edge === "start") {
    const kept = ranges.filter((range) => range.to > at);
    return kept.map((range, index) => (index === 0 ? { from: at, to: range.to } : range));
  }
  const kept = ranges.filter((range) => range.from < at);
  return kept.map((range, index) => (index === kept.length - 1 ? { from: range.from, to: at } : range));
}

function ahead(at: number, step: EdgeStep, read: ReadText): number {
  const text = read({ from: at, to: at + REACH });
  if (step === "character") {
    const breaks = /^\n*/.exec(text)?.[0].length ?? 0;
    return breaks === text.length ? 0 : breaks + firstGrapheme(text.slice(breaks)).length;
  }
  const word = /^[^\p{L}\p{N}]*[\p{L}\p{N}][\p{L}\p{N}'’-]*/u.exec(text);
  return word ? word[0].length : text.trimEnd().length;
}

function behind(at: number, step: EdgeStep, read: ReadText): number {
  const text = read({ from: Math.max(0, at - REACH), to: at });
  if (step === "character") {
    const kept = text.replace(/\n*$/, "");
    return kept === "" ? 0 : text.length - kept.length + lastGrapheme(kept).length;
  }
  const word = /[\p{L}\p{N}][\p{L}\p{N}'’-]*[^\p{L}\p{N}]*$/u.exec(text);
  return word ? word[0].length : text.trimStart().length;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return "";
}

function lastGrapheme(text: string): string {
  let last = "";
  for (const { segment } of graphemes.segment(text)) last = segment;
  return last;
}
