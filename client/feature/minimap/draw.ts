import type { Codebook } from "#shared/model/codebook.ts";
import { sumOf, type Density } from "./density.ts";
import type { Sign } from "./sign.ts";

/** Sizes of the map in CSS pixels. */
export const WIDTH = 28;
export const ROW = 3;
export const SIGN_ROW = 9;
/** The bars begin at the left; signs stand at the right. */
const LEFT = 4;
const BARS = 14;
const SIGNS_AT = 23;
/** Radius of a sign. */
const REACH = 3;
/** Share of the width that one mark alone takes in a crowded article. */
const LEAST = 0.3;

export type Look = {
  /** By tag in the order of the codebook, and one for unknown tags. */
  readonly tags: readonly string[];
  readonly signs: Readonly<Record<Sign, string>>;
  readonly heading: string;
};

/**
 * Colours of the map; `token` reads a colour of the page. With forced colours there is one ink: what differs
 * then is width and shape.
 */
export function lookOf(
  codebook: Codebook,
  theme: "light" | "dark" | "forced",
  token: (name: string) => string,
): Look {
  const forced = theme === "forced";
  const ink = (name: string): string => (forced ? "CanvasText" : token(name));
  const soft = ink("--gloss-ink-3");
  const danger = ink("--gloss-danger");
  return {
    tags: [...codebook.tags.map((tag) => (forced ? soft : tag[theme].line)), soft],
    signs: {
      gone: danger,
      objection: danger,
      changed: ink("--gloss-warn"),
      open: soft,
      accepted: ink("--gloss-good"),
    },
    heading: ink("--gloss-line-strong"),
  };
}

/** What is drawn of: a canvas, or what records the same calls. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "clearRect"
  | "fillRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "arc"
  | "closePath"
  | "fill"
  | "stroke"
>;

/** Draws the map anew. `headings`: the rows in which headings stand. */
export function drawMap(pen: Pen, density: Density, look: Look, headings: readonly number[]): void {
  pen.clearRect(0, 0, WIDTH, density.counts.length * ROW + SIGN_ROW);
  pen.fillStyle = look.heading;
  for (const row of headings) pen.fillRect(0, row * ROW, 2, ROW);
  for (const [row, counts] of density.counts.entries()) {
    const total = sumOf(counts);
    const width = BARS * (LEAST + (1 - LEAST) * Math.sqrt(total / density.most));
    if (total > 0) drawBar(pen, { top: row * ROW, unit: width / total }, counts, look);
  }
  for (const [at, sign] of density.signs.entries()) {
    if (sign !== null) drawSign(pen, sign, at * SIGN_ROW + SIGN_ROW / 2, look.signs[sign]);
  }
}

/** One row in the parts of its tags; `unit` is the width of one mark. */
function drawBar(
  pen: Pen,
  { top, unit }: { readonly top: number; readonly unit: number },
  counts: Uint32Array,
  look: Look,
): void {
  let left = LEFT;
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue;
    pen.fillStyle = look.tags[at] ?? look.heading;
    pen.fillRect(left, top, count * unit, ROW);
    left += count * unit;
  }
}

/** Each sign has a shape of its own, so that colour is never the only difference. */
function drawSign(pen: Pen, sign: Sign, y: number, colour: string): void {
  const x = SIGNS_AT;
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  switch (sign) {
    case "gone":
      pen.moveTo(x - REACH, y - REACH);
      pen.lineTo(x + REACH, y + REACH);
      pen.moveTo(x + REACH, y - REACH);
      pen.lineTo(x - REACH, y + REACH);
      pen.stroke();
      break;
    case "objection":
      pen.fillRect(x - REACH, y - REACH, 2 * REACH, 2 * REACH);
      break;
    case "changed":
      pen.moveTo(x, y - REACH - 0.5);
      pen.lineTo(x + REACH + 0.5, y + REACH);
      pen.lineTo(x - REACH - 0.5, y + REACH);
      pen.closePath();
      pen.stroke();
      break;
    case "open":
      pen.arc(x, y, REACH - 0.5, 0, 2 * Math.PI);
      pen.stroke();
      break;
    case "accepted":
      pen.arc(x, y, REACH - 0.5, 0, 2 * Math.PI);
      pen.fill();
      break;
  }
}
