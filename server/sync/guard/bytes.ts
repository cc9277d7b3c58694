import { Refused } from "./refusals.ts";

const LONGEST_INTEGER = 8;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads lib0's encoding strictly: never past the end, never more than it was given. */
export class Bytes {
  readonly array: Uint8Array;
  position = 0;

  constructor(array: Uint8Array) {
    this.array = array;
  }

  get left(): number {
    return this.array.length - this.position;
  }

  byte(): number {
    const byte = this.array[this.position];
    if (byte === undefined) throw new Refused("malformed");
    this.position += 1;
    return byte;
  }

  uint(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let factor = 0x80;
    for (let count = 1; count < LONGEST_INTEGER; count += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      factor *= 0x80;
    }
    throw new Refused("malformed");
  }

  /** A signed integer; only its form matters to the guard. */
  skipInt(): void {
    for (let count = 0; count < LONGEST_INTEGER; count += 1) if (this.byte() < 0x80) return;
    throw new Refused("malformed");
  }

  /** Skips `length` bytes. */
  skip(length: number): void {
    if (length > this.left) throw new Refused("malformed");
    this.position += length;
  }

  /** The next `length` bytes, not copied. */
  view(length: number): Uint8Array {
    const from = this.position;
    this.skip(length);
    return this.array.subarray(from, this.position);
  }

  /** Length prefix of bytes or a string that must fit in what is left and in `limit`. */
  size(limit: number): number {
    const size = this.uint();
    if (size > this.left) throw new Refused("malformed");
    if (size > limit) throw new Refused("too-large");
    return size;
  }

  /** A count of things of at least `least` bytes each. */
  count(least: number): number {
    const count = this.uint();
    if (count * least > this.left) throw new Refused("malformed");
    return count;
  }

  /** Checks a string without making it; returns its length in UTF-16 code units. */
  skipText(limit: number): number {
    const size = this.size(limit);
    const from = this.position;
    this.position += size;
    return utf16Length(this.array, from, this.position);
  }

  text(limit: number): string {
    const size = this.size(limit);
    const from = this.position;
    this.position += size;
    return decode(this.array, from, this.position);
  }
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  // Keys are mostly a few ASCII letters, for which a call into the decoder costs more than the loop.
  if (to - from <= 24) {
    let text = "";
    let at = from;
    for (; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (at === to) return text;
  }
  try {
    return decoder.decode(bytes.subarray(from, to));
  } catch {
    throw new Refused("malformed");
  }
}

function utf16Length(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  let at = from;
  while (at < to) {
    const lead = bytes[at] ?? 0;
    units += 1;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const width = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4 || at + width > to) throw new Refused("malformed");
    const second = bytes[at + 1] ?? 0;
    if (second < lowestSecond(lead) || second > highestSecond(lead)) throw new Refused("malformed");
    for (let next = at + 2; next < at + width; next += 1) {
      if (((bytes[next] ?? 0) & 0xc0) !== 0x80) throw new Refused("malformed");
    }
    if (width === 4) units += 1;
    at += width;
  }
  return units;
}

// The second byte is what rules out overlong forms, lone surrogates and code points beyond Unicode.
function lowestSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}
