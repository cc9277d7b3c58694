import { expect, test } from "vitest";
import { measure } from "./measure.ts";

test("[ANC-33] a thousand annotations over twenty thousand words stay quick to place and to keep", () => {
  const figures = measure({ words: 20_000, marks: 1_000, edits: 400 });
  expect(figures["placed whole or edited"]).toBe(1_000);
  // An edit concerns the few annotations around it, wherever it is.
  expect(figures["after Enter: placed again, mean"]).toBeLessThan(10);
  expect(figures["record update, median bytes"]).toBeLessThan(60);
  // Many times what a quiet machine needs: this finds work that grows with the square, not a slow minute.
  expect(figures["place all, cold, ms"]).toBeLessThan(400);
  expect(figures["structural edit, all included, median ms"]).toBeLessThan(25);
  expect(figures["one key with index and cache, median ms"]).toBeLessThan(25);
  expect(figures["select all to list, ms"]).toBeLessThan(3_000);
});
