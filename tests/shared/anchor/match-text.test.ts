import fc from "fast-check";
import { StepMap } from "prosemirror-transform";
import { expect, test } from "vitest";
import { keptStretches } from "#shared/anchor/kept-text.ts";
import { matchTexts } from "#shared/anchor/match-text.ts";

const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 40 }), {
  maxLength: 6,
});

test("[ANC-28] matched text is equal, and every character is matched at most once", () => {
  fc.assert(
    fc.property(texts, texts, (from, to) => {
      const usedFrom = new Set<string>();
      const usedTo = new Set<string>();
      for (const match of matchTexts(from, to)) {
        const source = from[match.from]?.slice(match.fromOffset, match.fromOffset + match.length);
        expect(source).toBe(to[match.to]?.slice(match.toOffset, match.toOffset + match.length));
        expect(source).toHaveLength(match.length);
        for (let i = 0; i < match.length; i++) {
          usedFrom.add(`${match.from}:${match.fromOffset + i}`);
          usedTo.add(`${match.to}:${match.toOffset + i}`);
        }
      }
      const total = matchTexts(from, to).reduce((sum, { length }) => sum + length, 0);
      expect([usedFrom.size, usedTo.size]).toEqual([total, total]);
    }),
  );
});

test("[ANC-28] equal texts match as a whole, first with first, however short", () => {
  expect(matchTexts(["a", "we cut", "a"], ["a", "a", "x"])).toEqual([
    { from: 0, fromOffset: 0, to: 0, toOffset: 0, length: 1 },
    { from: 2, fromOffset: 0, to: 1, toOffset: 0, length: 1 },
  ]);
});

test("[ANC-28] else shared parts of at least four characters match, the longest first", () => {
  expect(matchTexts(["we will cut emissions"], ["emissions they shall cut"])).toEqual([
    { from: 0, fromOffset: 12, to: 0, toOffset: 0, length: 9 },
    { from: 0, fromOffset: 5, to: 0, toOffset: 18, length: 6 },
  ]);
  expect(matchTexts(["the"], ["they"])).toEqual([]);
});

test("[ANC-28] large texts are matched in about linear time, moved parts included", () => {
  const sentence = (i: number) => `Sentence ${i * 7919} is unlike ${i} others. `;
  const sentences = Array.from({ length: 8_000 }, (_, i) => sentence(i));
  const before = sentences.join("");
  const half = sentences.length / 2;
  const after = [...sentences.slice(half), "Something new. ", ...sentences.slice(0, half)].join("");
  const begin = performance.now();
  const matched = matchTexts([before], [after]).reduce((sum, { length }) => sum + length, 0);
  expect(performance.now() - begin).toBeLessThan(5_000);
  expect(matched).toBeGreaterThan(before.length * 0.99);
});

test("[ANC-28] large texts that say the same over and over end, too", () => {
  const begin = performance.now();
  matchTexts(["ab ".repeat(50_000)], [`${"ab ".repeat(20_000)}x${"ab ".repeat(40_000)}`]);
  expect(performance.now() - begin).toBeLessThan(5_000);
});

const anyStep = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.nat(6), fc.nat(6)), {
  minLength: 1,
  maxLength: 4,
});

test("[ANC-29] what a series of steps keeps is where the editor maps it", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 6 }), (steps) => {
      const size = 60;
      const maps = steps.map((ranges) => {
        let at = 0;
        const flat = ranges.flatMap(([gap, removed, added]) => {
          const start = at + gap;
          at = start + removed;
          return [start, removed, added];
        });
        return new StepMap(flat);
      });
      const expected = new Map<number, number>();
      for (let position = 0; position < size; position++) {
        let [from, to]: [number, number] = [position, position + 1];
        const stays = maps.every((map) => {
          [from, to] = [map.map(from, 1), map.map(to, -1)];
          return to - from === 1 && !covered(map, from, to);
        });
        if (stays) expected.set(position, from);
      }
      const found = new Map<number, number>();
      for (const { old, length, now } of keptStretches(maps, size)) {
        for (let i = 0; i < length; i++) found.set(old + i, now + i);
      }
      expect(found).toEqual(expected);
    }),
  );
});

/** True when a position lies in text that the step has put there. */
function covered(map: StepMap, from: number, to: number): boolean {
  let inside = false;
  map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
    if (from >= newStart && to <= newEnd) inside = true;
  });
  return inside;
}
