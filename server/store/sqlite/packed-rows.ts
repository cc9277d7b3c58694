import type { Row } from "../block.ts";
import { release } from "./release.ts";

/** Rows of a room as they travel: `bytes` holds their pages one after another, row n ending at `ends[n]`. */
export type PackedRows = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
  readonly firsts: readonly number[];
  readonly lasts: readonly number[];
};

/**
 * Into one buffer, so that one transfer carries all and no pooled memory of Node's is cloned. The memory of the
 * pages is given back: they cannot be read any more.
 */
export function pack(rows: readonly Row[]): PackedRows {
  const ends: number[] = [];
  let length = 0;
  for (const row of rows) ends.push((length += row.page.length));
  const bytes = new Uint8Array(length);
  rows.forEach((row, index) => bytes.set(row.page, (ends[index] ?? 0) - row.page.length));
  for (const { page } of rows) release(page);
  return { bytes, ends, firsts: rows.map((row) => row.first), lasts: rows.map((row) => row.last) };
}

export function unpack({ bytes, ends, firsts, lasts }: PackedRows): Row[] {
  return ends.map((end, index) => ({
    page: bytes.subarray(ends[index - 1] ?? 0, end),
    first: firsts[index] ?? 0,
    last: lasts[index] ?? 0,
  }));
}
