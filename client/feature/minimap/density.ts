import type { TextRange } from "../../editor/types.ts";
import type { Placed } from "../../session/contract.ts";
import { SIGNS, type Sign } from "./sign.ts";

/** Marks on the same words are one mark here. */
export type MinimapMark = { readonly key: string; readonly lead: Placed };

/** How many marks of each tag stand in each row of the map: what is drawn, whatever the number of marks. */
export type Density = {
  /** By row and tag, in the order of the codebook; the last column is for unknown tags. */
  readonly counts: readonly Uint32Array[];
  /** The most in one row. */
  readonly most: number;
  /** For each place of a sign, the weightiest; null: none. */
  readonly signs: readonly (Sign | null)[];
};

export type DensityOptions = {
  /** Size of the text: the map goes from position 0 to this one. */
  readonly size: number;
  readonly rows: number;
  readonly signRows: number;
  /** Tag ids in the order of the codebook. */
  readonly tags: readonly string[];
  readonly signOf: (placed: Placed) => Sign | null;
  /** Position of a plain-text offset, for marks whose words are gone. */
  readonly toPosition: (offset: number) => number;
};

/** Counts marks by row: one pass over the marks. */
export function densityOf(marks: readonly MinimapMark[], options: DensityOptions): Density {
  const { size, rows, signRows, tags, signOf, toPosition } = options;
  const columns = new Map(tags.map((tag, at) => [tag, at]));
  const counts = Array.from({ length: rows }, () => new Uint32Array(tags.length + 1));
  const signs: (Sign | null)[] = Array.from({ length: signRows }, () => null);
  for (const { lead } of marks) {
    for (const { from, to } of lead.placement.pieces) {
      const last = rowOf(Math.max(from, to - 1), size, rows);
      for (let row = rowOf(from, size, rows); row <= last; row += 1) {
        for (const tag of lead.annotation.tags) count(counts[row], columns.get(tag) ?? tags.length);
      }
    }
    const sign = signOf(lead);
    const place = sign === null ? null : placeOf(lead, toPosition);
    if (sign === null || place === null) continue;
    const at = rowOf(place.from, size, signRows);
    signs[at] = weightier(signs[at] ?? null, sign);
  }
  const most = counts.reduce((found, row) => Math.max(found, sumOf(row)), 0);
  return { counts, most, signs };
}

/** The row, of `rows`, in which a position stands. */
export function rowOf(position: number, size: number, rows: number): number {
  if (size <= 0) return 0;
  return Math.min(rows - 1, Math.max(0, Math.floor((position / size) * rows)));
}

/**
 * From where to where a mark reaches. One whose words are gone stands nowhere; what is told then is about
 * where they stood when it was made. Null: a mark on the article as a whole.
 */
export function placeOf(
  { annotation: { target }, placement: { pieces } }: Placed,
  toPosition: (offset: number) => number,
): TextRange | null {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first && last) return { from: first.from, to: last.to };
  const [range] = target.kind === "text" ? target.ranges : [];
  if (!range) return null;
  const from = toPosition(range.hint);
  return { from, to: from + 1 };
}

/** The marks of which something stands between two positions, those nearest to the middle first. */
export function marksBetween(
  marks: readonly MinimapMark[],
  { from, to }: TextRange,
  toPosition: (offset: number) => number,
): readonly MinimapMark[] {
  const middle = (from + to) / 2;
  const found: { readonly mark: MinimapMark; readonly distance: number }[] = [];
  for (const mark of marks) {
    let distance = Number.POSITIVE_INFINITY;
    for (const piece of piecesOf(mark.lead, toPosition)) {
      if (piece.from >= to || piece.to <= from) continue;
      distance = Math.min(distance, Math.max(0, piece.from - middle, middle - piece.to));
    }
    if (distance < Number.POSITIVE_INFINITY) found.push({ mark, distance });
  }
  return found.sort((one, other) => one.distance - other.distance).map(({ mark }) => mark);
}

function piecesOf(placed: Placed, toPosition: (offset: number) => number): readonly TextRange[] {
  const { pieces } = placed.placement;
  if (pieces.length > 0) return pieces;
  const place = placeOf(placed, toPosition);
  return place ? [place] : [];
}

function count(row: Uint32Array | undefined, column: number): void {
  if (row) row[column] = (row[column] ?? 0) + 1;
}

export function sumOf(row: Uint32Array): number {
  let sum = 0;
  for (const each of row) sum += each;
  return sum;
}

function weightier(one: Sign | null, other: Sign): Sign {
  return one !== null && SIGNS.indexOf(one) <= SIGNS.indexOf(other) ? one : other;
}
