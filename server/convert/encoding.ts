import { analyse } from "chardet";
import { Problem } from "#shared/model/problem.ts";

export type Decoded = {
  readonly text: string;
  /** Name of the encoding as the WHATWG standard spells it, lower case. */
  readonly encoding: string;
  readonly notes: readonly string[];
};

/** How much of a file is looked at to guess its encoding. */
const SAMPLE = 128 * 1024;
/** Where a page says its encoding, if it does. */
const DECLARATION = 4 * 1024;
/** A guess below this (of 100) is no guess. */
const LEAST_CONFIDENCE = 10;
/** Of this many characters one may be broken before the encoding is thought to be another one. */
const BROKEN_ONE_IN = 2_000;

/**
 * The text of a file. Looks, in this order, at the byte order mark, the pattern of zero bytes (UTF-16),
 * whether it is valid UTF-8, what the page declares, and the statistics of its bytes.
 * Throws Problem `unreadable-file` when it is no text in any encoding.
 */
export function decode(bytes: Uint8Array, isHtml: boolean): Decoded {
  const marked = byMark(bytes) ?? byZeroes(bytes);
  if (marked) return finish(bytes, marked, []);
  if (bytes.subarray(0, SAMPLE).includes(0)) throw new Problem("unreadable-file", notText());
  const utf8 = strictly(bytes, "utf-8");
  const declared = isHtml ? declaredIn(bytes) : null;
  const onlyAscii = utf8 !== null && utf8.length === bytes.length;
  if (utf8 !== null && !(onlyAscii && declared?.startsWith("iso-2022"))) {
    const differs = declared !== null && declared !== "utf-8" && !onlyAscii;
    const notes = differs ? [`The page says it is ${declared}, but it is UTF-8 and was read as that.`] : [];
    return { text: utf8, encoding: "utf-8", notes };
  }
  if (declared && declared !== "utf-8") return finish(bytes, declared, []);
  const nearly = new TextDecoder("utf-8").decode(bytes);
  if (brokenIn(nearly) * BROKEN_ONE_IN <= nearly.length) return finish(bytes, "utf-8", []);
  const guess = guessOf(bytes);
  if (!guess) throw new Problem("unreadable-file");
  return finish(bytes, guess, [`The encoding was guessed to be ${guess}. Check letters with accents.`]);
}

function finish(bytes: Uint8Array, encoding: string, notes: readonly string[]): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  const broken = brokenIn(text);
  if (broken * 20 > text.length) throw new Problem("unreadable-file");
  if (broken === 0) return { text, encoding, notes };
  const count = broken === 1 ? "1 character" : `${broken} characters`;
  return { text, encoding, notes: [...notes, `${count} could not be read and show as \uFFFD.`] };
}

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) {
    if (c === 0 && d === 0) throw new Problem("unreadable-file");
    return "utf-16le";
  }
  return a === 0xfe && b === 0xff ? "utf-16be" : null;
}

/** UTF-16 without a mark: in most languages nearly every other byte of some stretch is zero. */
function byZeroes(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4096);
  const zeroes = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeroes[index % 2] = (zeroes[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeroes;
  const half = sample.length / 2;
  if (half < 2 || bytes.length % 2 !== 0) return null;
  if (odd > half * 0.3 && even < half * 0.02) return "utf-16le";
  if (even > half * 0.3 && odd < half * 0.02) return "utf-16be";
  return null;
}

function strictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The encoding named in a `meta` element or an XML declaration, if this machine knows it. */
function declaredIn(bytes: Uint8Array): string | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, DECLARATION));
  const named =
    /<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  const label = named === undefined ? null : labelOf(named);
  // A page that could be read this far is not UTF-16, whatever it says.
  return label?.startsWith("utf-16") ? "utf-8" : label;
}

function labelOf(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function guessOf(bytes: Uint8Array): string | null {
  for (const match of analyse(sampleOf(bytes))) {
    if (match.confidence < LEAST_CONFIDENCE) break;
    const label = labelOf(match.name);
    if (label && !label.startsWith("utf-")) return label;
  }
  return null;
}

/** The part of the file from a little before the first letter that is not ASCII. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 127);
  const from = Math.max(0, first - 4096);
  return bytes.subarray(from, from + SAMPLE);
}

function brokenIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\uFFFD"); at >= 0; at = text.indexOf("\uFFFD", at + 1)) count += 1;
  return count;
}

function notText(): string {
  return "This file is not text. Gloss reads .txt, .md and .html; save it as one of these and try again.";
}
