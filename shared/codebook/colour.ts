/** Colours as numbers: contrast after WCAG 2.2, distance in OKLab, and how colour-blind eyes see them. */

/** Channels of sRGB, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Null for what is not `#RRGGBB`. */
export function parseColour(text: string): Rgb | null {
  if (!/^#[0-9A-Fa-f]{6}$/.test(text)) return null;
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `#RRGGBB`, each channel rounded and kept between 0 and 255. */
export function formatColour(colour: Rgb): string {
  const hex = colour.map((part) =>
    Math.round(Math.min(255, Math.max(0, part)))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("").toUpperCase()}`;
}

/** `above` laid over `below`; `alpha` from 0 (nothing of it) to 1. */
export function laidOver(below: Rgb, above: Rgb, alpha: number): Rgb {
  const mix = (at: 0 | 1 | 2) => above[at] * alpha + below[at] * (1 - alpha);
  return [mix(0), mix(1), mix(2)];
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function gamma(share: number): number {
  const kept = Math.min(1, Math.max(0, share));
  return 255 * (kept <= 0.0031308 ? kept * 12.92 : 1.055 * kept ** (1 / 2.4) - 0.055);
}

type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];

function dot(row: Row, [a, b, c]: Row): number {
  return row[0] * a + row[1] * b + row[2] * c;
}

function times([one, two, three]: Matrix, vector: Row): Row {
  return [dot(one, vector), dot(two, vector), dot(three, vector)];
}

function linearly([r, g, b]: Rgb): Row {
  return [linear(r), linear(g), linear(b)];
}

/** Relative luminance, 0 (black) to 1 (white). */
export function luminance(colour: Rgb): number {
  return dot([0.2126, 0.7152, 0.0722], linearly(colour));
}

/** The contrast ratio of WCAG 2.2, 1 to 21, whichever is the lighter one. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The kinds of colour blindness that are looked at, and eyes that see all colours. */
export const EYES = ["full", "protan", "deutan", "tritan"] as const;
export type Eyes = (typeof EYES)[number];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear sRGB. */
const SEEN_BY: Readonly<Record<Exclude<Eyes, "full">, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The colour that full eyes would have to look at to see what these eyes see. */
export function seenBy(eyes: Eyes, colour: Rgb): Rgb {
  if (eyes === "full") return colour;
  const [r, g, b] = times(SEEN_BY[eyes], linearly(colour));
  return [gamma(r), gamma(g), gamma(b)];
}

/** Ottosson 2020: from linear sRGB to cone responses, and from their cube roots to L, a, b. */
const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** Lightness 0 to 1, and the two axes of hue. */
export function oklab(colour: Rgb): Row {
  const [long, middle, short] = times(TO_CONES, linearly(colour));
  return times(TO_LAB, [Math.cbrt(long), Math.cbrt(middle), Math.cbrt(short)]);
}

/** How different two colours look: 100 times the distance in OKLab; about 2 is the least that is seen. */
export function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [oklab(one), oklab(other)];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
