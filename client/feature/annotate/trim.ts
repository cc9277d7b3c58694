import type { TextRange } from "../../editor/types.ts";

/**
 * A range without the blanks at its ends; null when there is nothing else. `text` is what it covers,
 * blocks joined by a line break. Blanks are only cut inside the first and the last block, where one
 * character is one position.
 */
export function trimRange(range: TextRange, text: string): TextRange | null {
  if (text.trim() === "") return null;
  const lines = text.split("\n");
  const first = lines[0] ?? "";
  const last = lines.at(-1) ?? "";
  const from = first.trim() === "" ? range.from : range.from + first.length - first.trimStart().length;
  const to = last.trim() === "" ? range.to : range.to - (last.length - last.trimEnd().length);
  return { from, to };
}
