const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENS: readonly number[] = [0x5b, 0x7b];
const CLOSES: readonly number[] = [0x5d, 0x7d];

export type JsonLimits = {
  /** Values in the whole text. */
  readonly values: number;
  /** Entries of one list or object. */
  readonly entries: number;
  /** Lists and objects inside one another. */
  readonly depth: number;
};

/**
 * True when a JSON text in UTF-8 keeps to the limits. Tells before it is parsed: a short text may hold
 * millions of values, and each costs far more memory and time than its letters.
 */
export function fitsLimits(text: Uint8Array, limits: JsonLimits): boolean {
  const outer: number[] = [];
  let entries = 1;
  let values = 1;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) {
      values += 1;
      entries += 1;
      if (values > limits.values || entries > limits.entries) return false;
    } else if (OPENS.includes(byte)) {
      values += 1;
      if (values > limits.values || outer.push(entries) > limits.depth) return false;
      entries = 1;
    } else if (CLOSES.includes(byte)) entries = outer.pop() ?? 1;
  }
  return true;
}
