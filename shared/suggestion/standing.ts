import type { Placement, Piece } from "../anchor/placement.ts";
import type { Range } from "../model/annotation.ts";
import type { SuggestionPlace } from "../model/suggestion.ts";

/** How the place of a suggested change stands in the text as it is now; stored nowhere. */
export type Standing =
  /** As when it was made. `from` and `to` are ProseMirror positions, equal for an insertion. */
  | { readonly kind: "fresh"; readonly from: number; readonly to: number }
  /** The words it replaces are others by now; `now` is what stands there, within one paragraph. */
  | { readonly kind: "stale"; readonly from: number; readonly to: number; readonly now: string }
  /** The words, or both neighbours of the place, are gone, or lie in several paragraphs. */
  | { readonly kind: "detached" }
  | { readonly kind: "locating" };

/** What is asked of the text: where ranges stand, and what one paragraph holds between two offsets. */
export type Text = {
  readonly place: (range: Range) => Placement;
  /** Null when the two offsets lie in different paragraphs. */
  readonly within: (start: number, end: number) => string | null;
};

export function standingOf(place: SuggestionPlace, text: Text): Standing {
  return place.kind === "over" ? over(place.range, text) : between(place, text);
}

function over(range: Range, { place, within }: Text): Standing {
  const { state, pieces } = place(range);
  if (state === "locating") return { kind: "locating" };
  const [first, last] = ends(pieces);
  if (!first || !last) return { kind: "detached" };
  const now = within(first.start, last.end);
  if (now === null) return { kind: "detached" };
  const at = { from: first.from, to: last.to };
  const fresh = state === "whole" && pieces.length === 1 && now === range.quote.exact;
  return fresh ? { kind: "fresh", ...at } : { kind: "stale", ...at, now };
}

function between(
  { before, after }: Extract<SuggestionPlace, { kind: "between" }>,
  { place }: Text,
): Standing {
  const left = before && place(before);
  const right = after && place(after);
  const end = left?.pieces.at(-1);
  if (end) return { kind: "fresh", from: end.to, to: end.to };
  const start = right?.pieces[0];
  if (start) return { kind: "fresh", from: start.from, to: start.from };
  const locating = left?.state === "locating" || right?.state === "locating";
  return { kind: locating ? "locating" : "detached" };
}

function ends(pieces: readonly Piece[]): readonly [Piece | undefined, Piece | undefined] {
  return [pieces[0], pieces.at(-1)];
}
