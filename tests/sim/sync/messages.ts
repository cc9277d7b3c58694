import * as decoding from "lib0/decoding";
import { MESSAGE, readAck, readHash, readRefused, type Refusal, SYNC } from "#shared/wire/messages.ts";

/** A message of a channel as far as a simulation looks into it. */
export type Message =
  | { readonly kind: "document"; readonly step: "step2" | "update"; readonly update: Uint8Array }
  | { readonly kind: "ack"; readonly count: number }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "hash"; readonly hash: Uint8Array }
  | { readonly kind: "other" };

/** Reads the first message of a frame; `other` also for what cannot be read. */
export function readMessage(frame: Uint8Array): Message {
  try {
    const decoder = decoding.createDecoder(frame);
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE.sync: {
        const step = decoding.readVarUint(decoder);
        const update = decoding.readVarUint8Array(decoder);
        if (step === SYNC.step1) return { kind: "other" };
        return { kind: "document", step: step === SYNC.step2 ? "step2" : "update", update };
      }
      case MESSAGE.ack:
        return { kind: "ack", count: readAck(decoder) };
      case MESSAGE.refused:
        return { kind: "refused", refusal: readRefused(decoder) };
      case MESSAGE.hash:
        return { kind: "hash", hash: readHash(decoder) };
      default:
        return { kind: "other" };
    }
  } catch {
    return { kind: "other" };
  }
}
