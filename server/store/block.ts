import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { StoreCorrupt } from "./log.ts";

/** A stored page with the sequence numbers of its first and last entry. */
export type Row = { readonly first: number; readonly last: number; readonly page: Uint8Array };

/** Largest archive block after inflating; a guard against a damaged length that still sums up. */
const MAX_BLOCK = 1 << 30;

/** Many pages as one archive block: their sequence numbers and bytes, deflated together. */
export function packBlock(rows: readonly Row[]): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, rows.length);
  for (const row of rows) {
    encoding.writeVarUint(out, row.first);
    encoding.writeVarUint(out, row.last);
    encoding.writeVarUint8Array(out, row.page);
  }
  return deflateRawSync(encoding.toUint8Array(out));
}

/** The pages of a block, as views of one buffer. Throws when it is not well formed. */
export function unpackBlock(block: Uint8Array): Row[] {
  const input = decoding.createDecoder(new Uint8Array(inflateRawSync(block, { maxOutputLength: MAX_BLOCK })));
  const rows: Row[] = [];
  for (let left = decoding.readVarUint(input); left > 0; left--) {
    const first = decoding.readVarUint(input);
    const last = decoding.readVarUint(input);
    rows.push({ first, last, page: decoding.readVarUint8Array(input) });
  }
  return rows;
}

/**
 * Throws StoreCorrupt when entries are missing between `reached` and a row. A row may begin before, when
 * a snapshot ends inside it.
 */
export function inOrder(room: string, reached: number, row: Row): void {
  if (row.first > reached + 1) {
    throw new StoreCorrupt(`${room}: entries ${reached + 1} to ${row.first - 1} are missing`);
  }
}
