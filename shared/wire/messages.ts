import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/**
 * Message types on one channel. 0 to 3 are y-websocket's own; the others are sent only to clients
 * that ask for them with `?gloss=1` in the room's address, so any y-websocket client is served.
 */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** server to client: varUint n. The first n document frames (sync step 2 and update) of this channel are on disk. */
  ack: 100,
  /** server to client: varUint n, varString code, varString sentence. Document frame n (1-based) was refused. */
  refused: 101,
  /** server to client: varUint8Array. Hash of the document after every frame sent so far; see shared/doc/hash. */
  hash: 102,
} as const;

export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

export function encodeAck(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.ack);
  encoding.writeVarUint(encoder, count);
  return encoding.toUint8Array(encoder);
}

export function encodeRefused(frame: number, code: string, sentence: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.refused);
  encoding.writeVarUint(encoder, frame);
  encoding.writeVarString(encoder, code);
  encoding.writeVarString(encoder, sentence);
  return encoding.toUint8Array(encoder);
}

export function encodeHash(hash: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.hash);
  encoding.writeVarUint8Array(encoder, hash);
  return encoding.toUint8Array(encoder);
}

export function readAck(decoder: decoding.Decoder): number {
  return decoding.readVarUint(decoder);
}

export type Refusal = { readonly frame: number; readonly code: string; readonly sentence: string };

export function readRefused(decoder: decoding.Decoder): Refusal {
  const frame = decoding.readVarUint(decoder);
  const code = decoding.readVarString(decoder);
  const sentence = decoding.readVarString(decoder);
  return { frame, code, sentence };
}

export function readHash(decoder: decoding.Decoder): Uint8Array {
  return decoding.readVarUint8Array(decoder);
}
