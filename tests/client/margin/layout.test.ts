import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutCards, type CardBox } from "../../../client/feature/margin/layout.ts";

const box = (key: string, top: number, height = 30): CardBox => ({ key, top, height });

test("[WRK-10] cards stand at their lines when there is room", () => {
  const { tops, bottom } = layoutCards([box("a", 0), box("b", 100)], null, 6);
  expect(Object.fromEntries(tops)).toEqual({ a: 0, b: 100 });
  expect(bottom).toBe(130);
});

test("[WRK-10] the active card stands at its line; others are pushed up and down from it", () => {
  const { tops } = layoutCards([box("a", 100), box("b", 101), box("c", 102)], "b", 6);
  expect(Object.fromEntries(tops)).toEqual({ a: 65, b: 101, c: 137 });
});

test("[WRK-10] what finds no room above the active card is named as hidden, from the top", () => {
  const { tops, hidden } = layoutCards([box("a", 40), box("b", 40), box("c", 40), box("d", 40)], "d", 6);
  expect(hidden).toEqual(["a", "b"]);
  expect(Object.fromEntries(tops)).toEqual({ c: 4, d: 40 });
});

test("[WRK-10] choosing a card moves only those in its way", () => {
  const boxes = [box("a", 0), box("b", 5), box("c", 400)];
  expect(layoutCards(boxes, "c", 6).tops.get("b")).toBe(layoutCards(boxes, null, 6).tops.get("b"));
});

test("[WRK-10] cards never overlap and the active one is always exact", () => {
  const boxes = fc.array(
    fc.record({ top: fc.integer({ min: 0, max: 800 }), height: fc.integer({ min: 10, max: 200 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(boxes, fc.nat(), (list, pick) => {
      const cards = list.map((one, at) => ({ ...one, key: String(at) }));
      const active = cards[pick % cards.length];
      const { tops, hidden } = layoutCards(cards, active?.key ?? null, 6);
      expect(tops.get(active?.key ?? "")).toBe(active?.top);
      expect(tops.size + hidden.length).toBe(cards.length);
      const placed = cards
        .filter(({ key }) => tops.has(key))
        .map(({ key, height }) => ({ top: tops.get(key) ?? 0, height }))
        .sort((one, other) => one.top - other.top);
      for (const [at, one] of placed.entries()) {
        const next = placed[at + 1];
        if (next) expect(one.top + one.height + 6).toBeLessThanOrEqual(next.top);
      }
    }),
    { numRuns: 300 },
  );
});
