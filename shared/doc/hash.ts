import type * as Y from "yjs";

/** Bytes of a document hash. */
export const HASH_BYTES = 16;

/**
 * Hash of a document's state: how far each client has come and which of its clocks are deleted. Equal
 * for documents that hold the same changes, in whatever order and pieces these came and however far
 * deleted content was collected. It tells divergence apart from agreement; it proves nothing about
 * somebody who wants two documents to look alike. Pending changes do not count.
 */
export function documentHash(doc: Y.Doc): Uint8Array {
  const mix = new Mix();
  const clients = [...doc.store.clients].sort(([a], [b]) => a - b);
  for (const [client, structs] of clients) {
    const last = structs.at(-1);
    if (!last) continue;
    mix.add(client);
    mix.add(last.id.clock + last.length);
    let from = -1;
    for (const struct of structs) {
      if (struct.deleted) {
        if (from < 0) from = struct.id.clock;
      } else if (from >= 0) {
        mix.add(from);
        mix.add(struct.id.clock);
        from = -1;
      }
    }
    if (from >= 0) {
      mix.add(from);
      mix.add(last.id.clock + last.length);
    }
    mix.add(END_OF_CLIENT);
  }
  return mix.digest();
}

/** No clock is that large, so where one client ends and the next begins is never in doubt. */
const END_OF_CLIENT = Number.MAX_SAFE_INTEGER;

/** Four 32-bit lanes, each fed with every number. */
class Mix {
  #a = 0x243f6a88;
  #b = 0x85a308d3;
  #c = 0x13198a2e;
  #d = 0x03707344;

  /** Takes a whole number from 0 to 2^53 - 1. */
  add(value: number): void {
    this.#word(value | 0);
    this.#word((value / 0x1_0000_0000) | 0);
  }

  #word(word: number): void {
    const spread = scramble(word);
    this.#a = Math.imul(rotate(this.#a ^ spread, 13), 5) + 0x561ccd1b;
    this.#b = Math.imul(rotate(this.#b ^ this.#a, 15), 5) + 0x0bcaa747;
    this.#c = Math.imul(rotate(this.#c ^ spread ^ this.#b, 17), 5) + 0x96cd1c35;
    this.#d = Math.imul(rotate(this.#d ^ this.#c, 19), 5) + 0x32ac3b17;
  }

  digest(): Uint8Array {
    const bytes = new Uint8Array(HASH_BYTES);
    const view = new DataView(bytes.buffer);
    for (const [index, lane] of [this.#a, this.#b, this.#c, this.#d].entries()) {
      view.setUint32(index * 4, finish(lane ^ Math.imul(this.#d, index + 1)));
    }
    return bytes;
  }
}

function scramble(word: number): number {
  return Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finish(lane: number): number {
  let word = lane;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
