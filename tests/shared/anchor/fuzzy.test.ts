import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzyPlaces } from "#shared/anchor/fuzzy.ts";

const quote = (exact: string, prefix = "", suffix = "") => ({ exact, prefix, suffix });
const words = (text: string, exact: string, prefix = "", suffix = "") =>
  fuzzyPlaces(text, quote(exact, prefix, suffix)).map(({ start, end }) => text.slice(start, end));

const TEXT =
  "Leaders met in Paris. Following a ceasefire, Britain and France will set up military hubs across Ukraine. " +
  "Others will send money. Following an election, Spain will set up a task force.";

test("[QCK-13] words that were changed a little are found, with the ends where the words end", () => {
  expect(words(TEXT, "the UK and France will establish military hubs across Ukraine")[0]).toBe(
    "and France will set up military hubs across Ukraine",
  );
  expect(words(TEXT, "Others will send money")).toEqual(["Others will send money"]);
});

test("[QCK-13] what stands around decides between equal words, and scores say how alike", () => {
  const text = "Spain said: we will act. France hoped for rain. Italy said: we will act. Nobody came.";
  const [best, other] = fuzzyPlaces(text, quote("we will act", "Italy said: ", ". Nobody came"));
  expect(text.slice(0, best?.start)).toContain("Italy");
  expect(best?.score).toBe(1);
  expect(other?.score).toBeLessThan(1);
  expect(other?.score).toBeGreaterThan(0.8);
});

test("[QCK-13] what is not alike is not offered, nor anything for signs alone", () => {
  expect(words(TEXT, "renewable energy targets for aviation by the end of the decade")).toEqual([]);
  expect(words(TEXT, "…")).toEqual([]);
  expect(words("", "we will act")).toEqual([]);
});

test("[QCK-13] a quote longer than the text is compared with all of it", () => {
  expect(words("Britain will act", "Today Britain will act and pay")).toEqual(["Britain will act"]);
});

test("[QCK-13] a quote that stands there as it was is always among the best, and places never overlap", () => {
  const word = fc.constantFrom(
    "will",
    "act",
    "pay",
    "hubs",
    "Paris",
    "if",
    "Ukraine",
    "the",
    "money",
    "soon",
  );
  const texts = fc.array(word, { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 8 }), (all, at, length) => {
      const start = at % all.length;
      const exact = all.slice(start, start + length).join(" ");
      const text = all.join(" ");
      const places = fuzzyPlaces(text, quote(exact));
      expect(places.some((place) => text.slice(place.start, place.end) === exact)).toBe(true);
      const sorted = [...places].sort((a, b) => a.start - b.start);
      for (const [nth, place] of sorted.entries()) {
        expect(place.start).toBeGreaterThanOrEqual(sorted[nth - 1]?.end ?? 0);
        expect(place.score).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("[QCK-13] a text of a million characters takes well under a second, also for a very long quote", () => {
  const paragraph = Array.from({ length: 40 }, (_, at) => `word${(at * 7919) % 5003} and will the`).join(" ");
  const text = Array.from({ length: 1_300 }, (_, at) => `${paragraph} item${at}`).join("\n");
  expect(text.length).toBeGreaterThan(1_000_000);
  const began = performance.now();
  const short = fuzzyPlaces(text, quote("and will the item700 word0 and would the"));
  expect(text.slice(short[0]?.start, short[0]?.end)).toContain("item700");
  fuzzyPlaces(text, quote(text.slice(200_000, 219_000)));
  expect(performance.now() - began).toBeLessThan(4_000);
});
