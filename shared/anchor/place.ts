import type { Located, Segment } from "./locate.ts";
import type { AnchorState, Piece, Placement } from "./placement.ts";

/** What a placement needs of the index: the text between two plain-text offsets. */
export type Slices = { slice(start: number, end: number): string };

const SEPARATOR = " … ";

function toPiece({ first, firstOffset, last, lastOffset }: Segment): Piece {
  return {
    from: first.from + firstOffset,
    to: last.from + lastOffset,
    start: first.start + firstOffset,
    end: last.start + lastOffset,
  };
}

/** All pieces of located ranges, in text order, as they stand at this moment. */
export function piecesOf(located: readonly Located[]): Piece[] {
  const pieces = located.flatMap(({ segments }) => segments.map(toPiece));
  return pieces.length > 1 ? pieces.sort((a, b) => a.start - b.start) : pieces;
}

/** What several ranges are together: the state of the one that suffered most. */
function stateOf(located: readonly Located[]): AnchorState {
  const [only] = located;
  if (only && located.length === 1) return only.state;
  const states = new Set(located.map(({ state }) => state));
  if (states.has("locating")) return "locating";
  if (located.every(({ alive }) => alive === 0)) return "detached";
  if (states.has("detached") || states.has("part")) return "part";
  if (states.has("segments")) return "segments";
  return states.has("edited") ? "edited" : "whole";
}

function textOf(index: Slices, located: readonly Located[], pieces: readonly Piece[]): string {
  const only = pieces.length === 1 ? located.find(({ segments }) => segments.length > 0)?.segments[0] : null;
  // Almost always: one text holds it all, and is at hand.
  if (only && only.first === only.last) return only.first.text.slice(only.firstOffset, only.lastOffset);
  let text = "";
  for (const { start, end } of pieces) text += (text === "" ? "" : SEPARATOR) + index.slice(start, end);
  return text;
}

/** The placement of one annotation's located ranges. */
export function placementOf(index: Slices, located: readonly Located[]): Placement {
  const pieces = piecesOf(located);
  let total = 0;
  let alive = 0;
  for (const each of located) {
    total += each.total;
    alive += each.alive;
  }
  const kept = total === 0 ? 0 : alive / total;
  return { state: stateOf(located), pieces, text: textOf(index, located, pieces), kept };
}
