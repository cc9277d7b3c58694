import { expect, test } from "vitest";
import { findSameWords, type WordsQuery } from "#shared/model/same-words.ts";

const places = (text: string, words: string, more: Partial<WordsQuery> = {}) =>
  findSameWords(text, { words, wholeWords: true, matchCase: true, ...more }).map(({ start, end }) =>
    text.slice(start, end),
  );

test("[QCK-5] whole words are found, and not inside of longer ones unless asked", () => {
  expect(places("The act, an action, act.", "act")).toHaveLength(2);
  expect(places("The act, an action, act.", "act", { wholeWords: false })).toHaveLength(3);
  expect(places("Övermark och mark", "mark")).toHaveLength(1);
  expect(places("(EU) and EU-wide", "EU")).toHaveLength(2);
});

test("[QCK-5] case counts or not, as asked", () => {
  expect(places("Ukraine UKRAINE ukraine", "Ukraine")).toEqual(["Ukraine"]);
  expect(places("Ukraine UKRAINE ukraine", "Ukraine", { matchCase: false })).toHaveLength(3);
});

test("[QCK-5] blanks and the shape of signs do not matter, the border of a paragraph does", () => {
  const text = "the UK’s  offer\nand the UK's offer; the UK’s\noffer";
  expect(places(text, "UK's offer")).toEqual(["UK’s  offer", "UK's offer"]);
});

test("[QCK-5] signs of patterns are words like others, and nothing is found for nothing", () => {
  expect(places("costs $5.00 (max)", "$5.00 (max)")).toEqual(["$5.00 (max)"]);
  expect(places("costs 5x00", "5.00")).toEqual([]);
  expect(places("any", "  ")).toEqual([]);
  expect(places("aaaa", "aa", { wholeWords: false })).toEqual(["aa", "aa"]);
});

test("[QCK-5] a text of a million characters is searched in no time worth speaking of", () => {
  const text = "the parties will act together now; ".repeat(30_000);
  const began = performance.now();
  expect(findSameWords(text, { words: "will act", wholeWords: true, matchCase: false })).toHaveLength(20_000);
  expect(performance.now() - began).toBeLessThan(2_000);
});
