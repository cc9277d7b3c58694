import { expect, test } from "vitest";
import codebookJson from "../../../seeds/codebooks/commitments.json" with { type: "json" };
import { channels, FILL_ALPHA, tagColours, tagProperties } from "../../../client/editor/palette.ts";
import { Codebook } from "#shared/model/codebook.ts";

const codebook = Codebook.parse(codebookJson);
const THEMES = {
  light: { paper: "#ffffff", ink: "#1a1a1a" },
  dark: { paper: "#14171c", ink: "#e8e8e8" },
} as const;

type Rgb = readonly [number, number, number];

function over(below: Rgb, fill: string): Rgb {
  const [r = 0, g = 0, b = 0, alpha = 1] = (fill.match(/[\d.]+/g) ?? []).map(Number);
  const mix = (above: number, under: number) => above * alpha + under * (1 - alpha);
  return [mix(r, below[0]), mix(g, below[1]), mix(b, below[2])];
}

function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("[EDT-3] text stays readable on the fills of any two marks, in both themes", () => {
  for (const theme of ["light", "dark"] as const) {
    const paper = channels(THEMES[theme].paper);
    const ink = channels(THEMES[theme].ink);
    for (const first of codebook.tags)
      for (const second of codebook.tags) {
        const once = over(paper, tagColours(first, theme).fill);
        const twice = over(once, tagColours(second, theme).fill);
        expect(contrast(ink, twice), `${theme} ${first.id} ${second.id}`).toBeGreaterThanOrEqual(4.5);
      }
  }
});

test("[EDT-3] every tag's colours stand as custom properties for both themes", () => {
  const properties = tagProperties(codebook);
  expect(Object.keys(properties)).toHaveLength(codebook.tags.length * 2);
  expect(properties["--tag-binding-line"]).toBe("light-dark(#0072B2, #0072B2)");
  expect(properties["--tag-binding-fill"]).toBe(
    `light-dark(rgb(0 114 178 / ${FILL_ALPHA.light}), rgb(0 114 178 / ${FILL_ALPHA.dark}))`,
  );
});
