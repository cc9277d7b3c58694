import { fuzzyPlaces } from "#shared/anchor/fuzzy.ts";
import type { TextRange } from "../../editor/types.ts";
import type { Placed, ReadText } from "../../session/contract.ts";

/** A place that reads like the words of a mark, with what stands around it. */
export type OfferedPlace = {
  readonly range: TextRange;
  readonly before: string;
  readonly words: string;
  readonly after: string;
  readonly score: number;
};

const CONTEXT = 24;

/** Places for a mark that stood on one stretch of words; a mark of several pieces has none. */
export function offeredPlaces({ annotation: { target } }: Placed, read: ReadText): readonly OfferedPlace[] {
  const [range] = target.kind === "text" && target.ranges.length === 1 ? target.ranges : [];
  if (!range) return [];
  const { text, toPosition } = read;
  return fuzzyPlaces(text, range.quote, 3).map(({ start, end, score }) => ({
    range: { from: toPosition(start), to: toPosition(end) },
    before:
      text
        .slice(Math.max(0, start - CONTEXT), start)
        .split("\n")
        .at(-1) ?? "",
    words: text.slice(start, end),
    after: text.slice(end, end + CONTEXT).split("\n", 1)[0] ?? "",
    score,
  }));
}
