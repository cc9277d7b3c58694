import { digest } from "lib0/hash/sha256";
import * as Y from "yjs";
import type { StateVector } from "./locate.ts";

/**
 * A range remembers the state of the text when it was made, so that text typed inside it later can be
 * told from text that was there before. A layer keeps these state vectors in a table of its own under
 * short keys, and a coarse one is as good as an exact one: a new one is taken about once a minute.
 */

/** How long a state vector serves for new ranges while the text goes on changing. */
export const VECTOR_AGE_MS = 60_000;

const KEY_BYTES = 12;

export type TakenVector = { readonly key: string; readonly vector: Uint8Array; readonly takenAt: number };

/** The state of a text document now, encoded. */
export function currentVector(doc: Y.Doc): Uint8Array {
  return Y.encodeStateVector(doc);
}

/** The key under which a vector stands: made of its bytes, so equal vectors never stand twice. */
export function vectorKey(vector: Uint8Array): string {
  const hash = digest(vector).slice(0, KEY_BYTES);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * The vector that a range made at `now` (milliseconds) may refer to: `last` while it is young or the
 * text has not changed since, else a new one, which the caller writes into the layer's table.
 */
export function vectorFor(doc: Y.Doc, last: TakenVector | null, now: number): TakenVector {
  if (last && now - last.takenAt < VECTOR_AGE_MS) return last;
  const vector = currentVector(doc);
  if (last && equal(vector, last.vector)) return last;
  return { key: vectorKey(vector), vector, takenAt: now };
}

const read = new WeakMap<Uint8Array, StateVector>();

/** An encoded state vector as a map; null when there is none or it cannot be read. */
export function readVector(encoded: Uint8Array | null): StateVector | null {
  if (encoded === null) return null;
  const known = read.get(encoded);
  if (known) return known;
  try {
    const vector = Y.decodeStateVector(encoded);
    read.set(encoded, vector);
    return vector;
  } catch {
    return null;
  }
}
