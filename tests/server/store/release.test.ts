import { expect, test } from "vitest";
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
