import { expect, test } from "vitest";
import { pack, unpack } from "../../../server/store/sqlite/packed-rows.ts";
import { release } from "../../../server/store/sqlite/release.ts";

test("[SYN-60] memory in which SQLite handed over what was copied is given back at once", () => {
  const row = new Uint8Array(40_000);
  release(row);
  expect(row.buffer.byteLength).toBe(0);
  expect(() => release(row)).not.toThrow();
});

test("[SYN-60] memory that others use too is left alone", () => {
  const block = new Uint8Array([1, 2, 3, 4]);
  release(block.subarray(1, 3));
  expect([...block]).toEqual([1, 2, 3, 4]);
  const pooled = Buffer.from("pooled");
  release(pooled);
  expect(pooled.toString()).toBe("pooled");
});

test("[SYN-60] rows travel in one buffer, and what they had been read into is given back", () => {
  const pages = [new Uint8Array(40_000).fill(1), new Uint8Array(20_000).fill(2)];
  const rows = pages.map((page, at) => ({ page, first: at * 10 + 1, last: at * 10 + 10 }));
  const copies = rows.map((row) => ({ ...row, page: row.page.slice() }));
  expect(unpack(pack(rows))).toEqual(copies);
  expect(pages.map(({ length }) => length)).toEqual([0, 0]);
});
