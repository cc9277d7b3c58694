import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, difference, EYES, oklab, parseColour, seenBy, type Rgb } from "#shared/codebook/colour.ts";
import {
  coloursFrom,
  GROUNDS,
  LEAST_DIFFERENCE,
  lookalikes,
  measureContrast,
  THEMES,
} from "#shared/codebook/legibility.ts";
import { BOOK, changed, tagIn } from "./books.ts";

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
const rgb = (text: string): Rgb => parseColour(text) ?? [0, 0, 0];

test("[CDB-8] contrast is that of WCAG 2.2", () => {
  expect(contrast(rgb("#000000"), rgb("#ffffff"))).toBeCloseTo(21, 5);
  expect(contrast(rgb("#777777"), rgb("#ffffff"))).toBeCloseTo(4.48, 2);
  expect(contrast(rgb("#123456"), rgb("#123456"))).toBe(1);
});

test("[CDB-8] distances are those of OKLab", () => {
  // Values as published with the colour space.
  const expected = {
    "#ffffff": [1, 0, 0],
    "#ff0000": [0.628, 0.225, 0.126],
    "#0000ff": [0.452, -0.032, -0.312],
  };
  for (const [colour, lab] of Object.entries(expected)) {
    oklab(rgb(colour)).forEach((part, at) => expect(part, colour).toBeCloseTo(lab[at] ?? 9, 3));
  }
});

test("[CDB-8] greys look the same to all eyes, and red and green come together where they should", () => {
  for (const eyes of EYES) {
    for (const grey of ["#000000", "#808080", "#ffffff"]) {
      expect(difference(seenBy(eyes, rgb(grey)), rgb(grey)), `${eyes} ${grey}`).toBeLessThan(0.5);
    }
  }
  const apart = (eyes: "full" | "deutan") =>
    difference(seenBy(eyes, rgb("#b05a00")), seenBy(eyes, rgb("#6e7d00")));
  expect(apart("full")).toBeGreaterThan(10);
  expect(apart("deutan")).toBeLessThan(LEAST_DIFFERENCE);
});

test("[CDB-8] the codebook that comes with Gloss can be read and told apart", () => {
  for (const tag of BOOK.tags) {
    const measures = measureContrast(tag);
    expect(measures).toHaveLength(6);
    for (const { what, theme, ratio, least } of measures) {
      expect(ratio, `${tag.id} ${what} ${theme}`).toBeGreaterThanOrEqual(least);
    }
  }
  expect(lookalikes(BOOK.tags).filter(({ byLine }) => !byLine)).toEqual([]);
});

test("[CDB-8] two tags that some eyes take for one are named, with the eyes", () => {
  const alike = changed((codebook) => {
    tagIn(codebook, "deadline").pattern = tagIn(codebook, "conditional").pattern;
  });
  expect(lookalikes(alike.tags)[0]).toMatchObject({
    tags: ["conditional", "deadline"],
    eyes: "deutan",
    byLine: false,
  });
});

test("[CDB-8] from one colour come colours that can be read by day and by night", () => {
  fc.assert(
    fc.property(hex, (colour) => {
      const looks = coloursFrom(colour);
      expect(looks).not.toBeNull();
      if (!looks) return;
      expect(looks.color).toBe(colour.toUpperCase());
      for (const { what, theme, ratio, least } of measureContrast(looks)) {
        expect(ratio, `${what} ${theme}`).toBeGreaterThanOrEqual(least);
      }
    }),
  );
  expect(coloursFrom("red")).toBeNull();
});

test("[CDB-8] the grounds that tags are measured on are those of the screens", () => {
  const tokens = readFileSync(
    join(import.meta.dirname, "..", "..", "..", "client", "ui", "tokens.css"),
    "utf8",
  );
  for (const theme of THEMES) {
    const block = tokens.split(`:root[data-mantine-color-scheme="${theme}"] {`)[1]?.split("\n}")[0] ?? "";
    expect(block).toContain(`--gloss-paper: ${GROUNDS[theme].paper};`);
    expect(block).toContain(`--gloss-ink: ${GROUNDS[theme].ink};`);
  }
});
