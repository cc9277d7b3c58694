import { firstIndex } from "#shared/model/first-index.ts";
import type { Placed } from "../session/contract.ts";
import type { TextRange } from "./types.ts";

type Reach = {
  /** Where each mark begins: below all positions when it is on the whole article, above them when detached. */
  readonly starts: Float64Array;
  /** How far a mark or any before it reaches. */
  readonly ends: Float64Array;
};

const known = new WeakMap<readonly Placed[], Reach>();

/**
 * Marks that may touch a stretch of the text, from a list in the order of the text. Not all of them do; none
 * that does is missing. Looking through ten thousand marks for those on the screen takes a good part of a frame.
 */
export function nearTo(placed: readonly Placed[], { from, to }: TextRange): readonly Placed[] {
  const { starts, ends } = reachOf(placed);
  return placed.slice(
    firstIndex(ends, (end) => end >= from),
    firstIndex(starts, (start) => start > to),
  );
}

function reachOf(placed: readonly Placed[]): Reach {
  const before = known.get(placed);
  if (before) return before;
  const starts = new Float64Array(placed.length);
  const ends = new Float64Array(placed.length);
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const [at, { placement }] of placed.entries()) {
    const { pieces } = placement;
    for (const piece of pieces) end = Math.max(end, piece.to);
    start = pieces[0]?.from ?? (end === Number.NEGATIVE_INFINITY ? start : Number.POSITIVE_INFINITY);
    starts[at] = start;
    ends[at] = end;
  }
  const reach = { starts, ends };
  known.set(placed, reach);
  return reach;
}
