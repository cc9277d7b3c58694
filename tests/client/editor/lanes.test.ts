import fc from "fast-check";
import { expect, test } from "vitest";
import { cutSegments, layStrips, MAX_LANES, MAX_STACK, type Span } from "../../../client/editor/lanes.ts";

const span = (from: number, to: number, key: string, more: Partial<Span> = {}): Span => ({
  from,
  to,
  key,
  tag: "binding",
  traits: [],
  ...more,
});

test("[EDT-1] marks that overlap get lines of their own, marks apart share the nearest line", () => {
  const strips = layStrips([span(0, 20, "a"), span(5, 10, "b"), span(12, 15, "c"), span(20, 30, "d")]);
  expect(strips.map(({ keys, lane }) => [keys[0], lane])).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 1],
    ["d", 0],
  ]);
});

test("[EDT-2] the same tag on the same words by several people is drawn once, with everybody's key", () => {
  const strips = layStrips([
    span(3, 9, "ana/1", { traits: ["mine"] }),
    span(3, 9, "ben/1", { traits: ["edited"] }),
    span(3, 9, "ben/1", { tag: "conditional" }),
  ]);
  expect(strips.map(({ tag, keys, traits }) => ({ tag, keys, traits }))).toEqual([
    { tag: "binding", keys: ["ana/1", "ben/1"], traits: ["mine", "edited"] },
    { tag: "conditional", keys: ["ben/1"], traits: [] },
  ]);
});

test("[EDT-1] text is cut where the stack changes, the shortest mark innermost", () => {
  const segments = cutSegments(layStrips([span(0, 10, "a"), span(4, 14, "b"), span(5, 6, "c")]));
  expect(
    segments.map(({ from, to, stack }) => [from, to, stack.flatMap(({ keys }) => keys).join("")]),
  ).toEqual([
    [0, 4, "a"],
    [4, 5, "ba"],
    [5, 6, "cba"],
    [6, 10, "ba"],
    [10, 14, "b"],
  ]);
});

const anySpans = fc.array(
  fc
    .tuple(fc.nat(60), fc.nat(20), fc.nat(8), fc.nat(2))
    .map(([from, length, key, tag]) => span(from, from + length, `k${key}`, { tag: `t${tag}` })),
  { maxLength: 40 },
);

test("[EDT-1] no two overlapping marks share a line below the last", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const strips = layStrips(spans).filter(({ lane }) => lane < MAX_LANES - 1);
      for (const a of strips)
        for (const b of strips)
          if (a !== b && a.lane === b.lane) expect(a.to <= b.from || b.to <= a.from).toBe(true);
    }),
  );
});

test("[EDT-1] every character of every mark lies in exactly one piece that names the mark", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const segments = cutSegments(layStrips(spans));
      for (let at = 0; at < 85; at++) {
        const there = segments.filter(({ from, to }) => from <= at && at < to);
        const named = new Set(there.flatMap(({ stack }) => stack.flatMap(({ keys }) => keys)));
        const wanted = new Set(spans.filter(({ from, to }) => from <= at && at < to).map(({ key }) => key));
        expect(there.length).toBeLessThanOrEqual(1);
        expect(named).toEqual(wanted);
      }
    }),
  );
});

test("[EDT-1] however many marks lie over one another, the text is cut quickly and the shortest are drawn", () => {
  const over = Array.from({ length: 5_000 }, (_, at) => span(at, 20_000 - at, `k${at}`));
  const began = performance.now();
  const segments = cutSegments(layStrips(over));
  expect(performance.now() - began).toBeLessThan(5_000);
  const middle = segments.find(({ from }) => from === 4_999);
  expect(middle?.stack).toHaveLength(MAX_STACK);
  expect(middle?.stack[0]?.keys).toEqual(["k4999"]);
  expect(Math.max(...segments.map(({ stack }) => stack.length))).toBe(MAX_STACK);
});
