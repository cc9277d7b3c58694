import { expect, test } from "vitest";
import {
  densityOf,
  marksBetween,
  placeOf,
  type MinimapMark,
} from "../../../client/feature/minimap/density.ts";
import { drawMap, lookOf, type Look, type Pen } from "../../../client/feature/minimap/draw.ts";
import { signOf, SIGNS } from "../../../client/feature/minimap/sign.ts";
import type { Placed } from "../../../client/session/contract.ts";
import { codebook, documentMark, placedMark } from "../fake-session.ts";

const TEXT = "x".repeat(10_000);
const TAGS = ["binding", "conditional", "actor"];
const at = (offset: number) => offset;
const map = (...placed: readonly Placed[]): readonly MinimapMark[] =>
  placed.map((lead) => ({ key: lead.key, lead }));
const density = (marks: readonly MinimapMark[], rows = 100) =>
  densityOf(marks, {
    size: 10_000,
    rows,
    signRows: 10,
    tags: TAGS,
    signOf: (placed) => signOf(placed, null),
    toPosition: at,
  });

test("[VIEW-1] marks are counted by row and tag, in every row they reach", () => {
  const { counts, most } = density(
    map(
      placedMark(TEXT, { from: 0, to: 50 }, { id: "a" }),
      placedMark(TEXT, { from: 20, to: 250 }, { id: "b", tags: ["binding", "actor"] }),
      placedMark(TEXT, { from: 9_990, to: 10_000 }, { id: "c", tags: ["of another codebook"] }),
    ),
  );
  expect([...(counts[0] ?? [])]).toEqual([2, 0, 1, 0]);
  expect([...(counts[1] ?? [])]).toEqual([1, 0, 1, 0]);
  expect([...(counts[2] ?? [])]).toEqual([1, 0, 1, 0]);
  expect([...(counts[3] ?? [])]).toEqual([0, 0, 0, 0]);
  expect([...(counts[99] ?? [])]).toEqual([0, 0, 0, 1]);
  expect(most).toBe(3);
});

test("[VIEW-1] an empty article and a mark on the whole of it draw nothing", () => {
  expect(density(map(documentMark({ id: "a" }))).most).toBe(0);
  const empty = densityOf([], {
    size: 0,
    rows: 1,
    signRows: 1,
    tags: [],
    signOf: () => null,
    toPosition: at,
  });
  expect(empty.counts.map((row) => [...row])).toEqual([[0]]);
});

test("[VIEW-2] of several signs at a place the weightiest is shown, and words that are gone where they stood", () => {
  const { signs, counts } = density(
    map(
      placedMark(TEXT, { from: 100, to: 110 }, { id: "a", state: "edited" }),
      placedMark(TEXT, { from: 120, to: 130 }, { id: "b" }),
      {
        ...placedMark(TEXT, [], { id: "c" }),
        annotation: placedMark(TEXT, { from: 150, to: 160 }, { id: "c" }).annotation,
      },
      placedMark(
        TEXT,
        [
          { from: 5_000, to: 5_010 },
          { from: 5_100, to: 5_110 },
        ],
        { id: "d", state: "segments" },
      ),
    ),
  );
  expect(signs[0]).toBe("gone");
  expect(signs[5]).toBe("changed");
  expect(signs.filter((sign) => sign !== null)).toHaveLength(2);
  expect(counts[1]?.[0]).toBe(2);
});

test("[VIEW-2] what reviewers say is a sign, and an objection weighs more than changed words", () => {
  const whole = placedMark(TEXT, { from: 0, to: 5 }, { id: "a" });
  const edited = placedMark(TEXT, { from: 0, to: 5 }, { id: "b", state: "edited" });
  const gone = placedMark(TEXT, [], { id: "c" });
  expect(signOf(whole, null)).toBeNull();
  expect(signOf(whole, "open")).toBe("open");
  expect(signOf(whole, "accepted")).toBe("accepted");
  expect(signOf(edited, "accepted")).toBe("changed");
  expect(signOf(edited, "rejected")).toBe("objection");
  expect(signOf(gone, "rejected")).toBe("gone");
});

test("[VIEW-4] marks at a place are found, the nearest first", () => {
  const marks = map(
    placedMark(TEXT, { from: 0, to: 400 }, { id: "wide" }),
    placedMark(TEXT, { from: 90, to: 95 }, { id: "near" }),
    placedMark(TEXT, { from: 130, to: 140 }, { id: "off" }),
    placedMark(TEXT, { from: 900, to: 910 }, { id: "far" }),
  );
  expect(marksBetween(marks, { from: 80, to: 140 }, at).map(({ key }) => key)).toEqual([
    "ana/wide",
    "ana/near",
    "ana/off",
  ]);
  expect(
    placeOf(
      placedMark(
        TEXT,
        [
          { from: 1, to: 3 },
          { from: 8, to: 9 },
        ],
        { id: "x" },
      ),
      at,
    ),
  ).toEqual({
    from: 1,
    to: 9,
  });
});

test("[VIEW-1] ten thousand marks are drawn as so many rows, in a moment", () => {
  const marks = map(
    ...Array.from({ length: 10_000 }, (_, n) => placedMark(TEXT, { from: n, to: n + 40 }, { id: `m${n}` })),
  );
  const began = performance.now();
  const found = density(marks, 300);
  const { pen, calls } = recorder();
  drawMap(pen, found, look("light"), []);
  expect(performance.now() - began).toBeLessThan(250);
  expect(calls.filter((call) => call.startsWith("fillRect")).length).toBe(300);
});

test("[VIEW-2] each sign has a shape of its own, also without colours", () => {
  const shapes = SIGNS.map((sign) => {
    const { pen, calls } = recorder();
    drawMap(pen, { counts: [], most: 0, signs: [sign] }, look("forced"), []);
    return calls.join(" ");
  });
  expect(new Set(shapes).size).toBe(SIGNS.length);
});

test("[VIEW-1] a row is as wide as there are marks, in the colours of the codebook", () => {
  const { pen, calls } = recorder();
  const marks = map(
    placedMark(TEXT, { from: 0, to: 50 }, { id: "a" }),
    placedMark(TEXT, { from: 0, to: 50 }, { id: "b", tags: ["conditional"] }),
    placedMark(TEXT, { from: 500, to: 550 }, { id: "c" }),
  );
  drawMap(pen, density(marks), look("dark"), []);
  const [binding, conditional] = codebook.tags.map((tag) => tag.dark.line);
  const bars = calls.filter((call) => call.startsWith("fillRect"));
  expect(bars[0]).toContain(`${binding}`);
  expect(bars[1]).toContain(`${conditional}`);
  const width = (bar: string | undefined) => Number(bar?.split(" ")[3]);
  expect(width(bars[0]) + width(bars[1])).toBeGreaterThan(width(bars[2]));
});

function look(theme: "light" | "dark" | "forced"): Look {
  return lookOf({ ...codebook, tags: codebook.tags.slice(0, 2) }, theme, (name) => name);
}

/** Writes down what is drawn. */
function recorder(): { readonly pen: Pen; readonly calls: string[] } {
  const calls: string[] = [];
  const state = { fillStyle: "", strokeStyle: "", lineWidth: 0 };
  const note =
    (name: string) =>
    (...given: readonly unknown[]): void => {
      calls.push([name, ...given, state.fillStyle].join(" "));
    };
  const pen: Pen = Object.assign(state, {
    clearRect: note("clearRect"),
    fillRect: note("fillRect"),
    beginPath: note("beginPath"),
    moveTo: note("moveTo"),
    lineTo: note("lineTo"),
    arc: note("arc"),
    closePath: note("closePath"),
    fill: note("fill"),
    stroke: note("stroke"),
  });
  return { pen, calls };
}
