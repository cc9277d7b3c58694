import type { TagDefinition } from "../model/codebook.ts";
import {
  contrast,
  difference,
  EYES,
  formatColour,
  laidOver,
  parseColour,
  seenBy,
  type Eyes,
  type Rgb,
} from "./colour.ts";

/** Whether tags can be read and told apart: in light and dark, by colour-blind eyes, by line style. */

export type Theme = "light" | "dark";
export const THEMES: readonly Theme[] = ["light", "dark"];

/** The grounds on which tags lie and the ink of the article's text. */
export const GROUNDS: Readonly<Record<Theme, { readonly paper: string; readonly ink: string }>> = {
  light: { paper: "#ffffff", ink: "#1a1a1a" },
  dark: { paper: "#14171c", ink: "#e8e8e8" },
};

/** How much of a tag's colour lies over the paper: two fills on one another leave the text readable. */
export const FILL_ALPHA: Readonly<Record<Theme, number>> = { light: 0.24, dark: 0.22 };

/** WCAG 2.2: text (1.4.3) and what is no text (1.4.11). */
export const LEAST_TEXT = 4.5;
export const LEAST_LINE = 3;

/** Below this distance (see `difference`) two lines are not safely told apart by their colour. */
export const LEAST_DIFFERENCE = 8;

type Looks = Pick<TagDefinition, "color" | "light" | "dark">;

export type Measure = {
  /** `text`: on the tag's own label; `marked`: the article's text under two marks; `line`: on the paper. */
  readonly what: "text" | "marked" | "line";
  readonly theme: Theme;
  readonly ratio: number;
  readonly least: number;
};

/** Contrast ratios of a tag; those whose colours cannot be read are left out. */
export function measureContrast(tag: Looks): readonly Measure[] {
  return THEMES.flatMap((theme): Measure[] => {
    const ground = GROUNDS[theme];
    const paper = parseColour(ground.paper);
    const ink = parseColour(ground.ink);
    const base = parseColour(theme === "light" ? tag.color : tag.dark.line);
    const line = parseColour(tag[theme].line);
    const background = parseColour(tag[theme].background);
    const label = parseColour(tag[theme].text);
    if (!paper || !ink) return [];
    const measures: Measure[] = [];
    const add = (what: Measure["what"], ratio: number, least: number) =>
      measures.push({ what, theme, ratio, least });
    if (background && label) add("text", contrast(label, background), LEAST_TEXT);
    if (base) add("marked", contrast(ink, twice(paper, base, FILL_ALPHA[theme])), LEAST_TEXT);
    if (line) add("line", contrast(line, paper), LEAST_LINE);
    return measures;
  });
}

function twice(paper: Rgb, fill: Rgb, alpha: number): Rgb {
  return laidOver(laidOver(paper, fill, alpha), fill, alpha);
}

export type Lookalike = {
  readonly tags: readonly [string, string];
  readonly eyes: Eyes;
  readonly theme: Theme;
  readonly difference: number;
  /** Their line styles differ, so that they are told apart all the same. */
  readonly byLine: boolean;
};

/**
 * Pairs of tags whose lines look alike to some eyes in some theme: each pair once, where it is worst.
 * Those that no line style tells apart come first.
 */
export function lookalikes(
  tags: readonly Pick<TagDefinition, "id" | "pattern" | "light" | "dark">[],
): readonly Lookalike[] {
  const found = tags.flatMap((one, at) =>
    tags.slice(at + 1).flatMap((other): Lookalike[] => {
      let worst: Omit<Lookalike, "tags" | "byLine"> | null = null;
      for (const theme of THEMES) {
        const [a, b] = [parseColour(one[theme].line), parseColour(other[theme].line)];
        if (!a || !b) continue;
        for (const eyes of EYES) {
          const apart = difference(seenBy(eyes, a), seenBy(eyes, b));
          if (apart < LEAST_DIFFERENCE && (!worst || apart < worst.difference)) {
            worst = { eyes, theme, difference: apart };
          }
        }
      }
      if (!worst) return [];
      return [{ tags: [one.id, other.id], byLine: one.pattern !== other.pattern, ...worst }];
    }),
  );
  return found.toSorted(
    (one, other) => Number(one.byLine) - Number(other.byLine) || one.difference - other.difference,
  );
}

/** How much of a colour is in the label's ground, in each theme. */
const LABEL_ALPHA: Readonly<Record<Theme, number>> = { light: 0.28, dark: 0.38 };
const LABEL_INK: Readonly<Record<Theme, string>> = { light: "#1A1A1A", dark: "#F2F2F2" };
const STEPS = 64;

/**
 * Everything a tag needs to be seen, made of one colour: the colour itself where it is strong enough,
 * otherwise darker by day and lighter by night (or darker, where it would outshine the words). Null for what is no colour.
 */
export function coloursFrom(colour: string): Looks | null {
  const base = parseColour(colour);
  if (!base) return null;
  return { color: formatColour(base), light: themed(base, "light"), dark: themed(base, "dark") };
}

function themed(base: Rgb, theme: Theme): TagDefinition["light"] {
  const paper = parseColour(GROUNDS[theme].paper) ?? base;
  const ink = parseColour(GROUNDS[theme].ink) ?? base;
  const label = parseColour(LABEL_INK[theme]) ?? base;
  const background = firstThat(
    (step) => laidOver(paper, base, LABEL_ALPHA[theme] * (1 - step)),
    (colour) => contrast(label, colour) >= LEAST_TEXT,
  );
  const isReadable = (colour: Rgb) => contrast(ink, twice(paper, colour, FILL_ALPHA[theme])) >= LEAST_TEXT;
  // By night the fill is made of the line, so a line that is too bright would hide the words.
  const away = theme === "light" || !isReadable(base) ? BLACK : WHITE;
  const line = firstThat(
    (step) => laidOver(base, away, step),
    (colour) => contrast(colour, paper) >= LEAST_LINE && (theme === "light" || isReadable(colour)),
  );
  return { background: formatColour(background), line: formatColour(line), text: LABEL_INK[theme] };
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** The first colour on the way from step 0 to step 1 that will do; rounded as it will be written. */
function firstThat(at: (step: number) => Rgb, isGood: (colour: Rgb) => boolean): Rgb {
  for (let step = 0; step < STEPS; step += 1) {
    const colour = parseColour(formatColour(at(step / STEPS)));
    if (colour && isGood(colour)) return colour;
  }
  return at(1);
}
