import { expect, test } from "vitest";
import { fuzzWords, type WordTally } from "./words.ts";

const RUNS = Number(process.env["ANCHOR_RUNS"] ?? 25);

test("[ANC-30] where words repeat, anchors keep to the words that the editor moved, not to equal ones", () => {
  const tally: WordTally = { marks: 0, exact: 0, near: 0, far: 0, shown: [] };
  for (let seed = 0; seed < RUNS; seed++) fuzzWords(seed, 60, tally);
  if (process.env["ANCHOR_RUNS"]) process.stdout.write(`words: ${JSON.stringify(tally)}\n`);
  expect(tally.marks).toBeGreaterThan(RUNS * 10);
  expect(tally.exact / tally.marks).toBeGreaterThan(0.98);
  expect(tally.far / tally.marks).toBeLessThan(0.003);
});
