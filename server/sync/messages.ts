import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";

/** Bytes that are no message a client may send here. */
export class BadFrame extends Error {
  override readonly name = "BadFrame";
}

/** What a client may say on a channel. Bytes are views on the frame, not copies. */
export type Incoming =
  | { readonly kind: "step1"; readonly vector: Uint8Array }
  | { readonly kind: "step2"; readonly update: Uint8Array }
  | { readonly kind: "update"; readonly update: Uint8Array }
  | { readonly kind: "awareness"; readonly entries: Uint8Array }
  | { readonly kind: "query" };

/** A state vector of more bytes than this names more clients than any document holds. */
const LARGEST_VECTOR = 1024 * 1024;

/** A frame of more messages than this is no client's: each costs far more than its bytes. */
const MOST_MESSAGES = 1_000;

/**
 * Reads the messages of one frame; some clients put several into one. Throws BadFrame for anything
 * that a client has no business sending.
 */
export function readMessages(frame: Uint8Array): readonly Incoming[] {
  const decoder = decoding.createDecoder(frame);
  const messages: Incoming[] = [];
  try {
    do {
      if (messages.length === MOST_MESSAGES) throw new BadFrame("more messages than one frame may hold");
      messages.push(readMessage(decoder));
    } while (decoding.hasContent(decoder));
  } catch (error) {
    if (error instanceof BadFrame) throw error;
    throw new BadFrame("the frame ends inside a message");
  }
  return messages;
}

function readMessage(decoder: decoding.Decoder): Incoming {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case MESSAGE.sync:
      return readSync(decoder);
    case MESSAGE.awareness:
      return { kind: "awareness", entries: decoding.readVarUint8Array(decoder) };
    case MESSAGE.queryAwareness:
      return { kind: "query" };
    default:
      throw new BadFrame(`message type ${type}`);
  }
}

function readSync(decoder: decoding.Decoder): Incoming {
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  switch (step) {
    case SYNC.step1:
      checkVector(bytes);
      return { kind: "step1", vector: bytes };
    case SYNC.step2:
      return { kind: "step2", update: bytes };
    case SYNC.update:
      return { kind: "update", update: bytes };
    default:
      throw new BadFrame(`sync message ${step}`);
  }
}

function checkVector(bytes: Uint8Array): void {
  if (bytes.length > LARGEST_VECTOR) throw new BadFrame("a state vector that large is of no document");
  const decoder = decoding.createDecoder(bytes);
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
  }
}

export function encodeStep1(vector: Uint8Array): Uint8Array {
  return wrap(MESSAGE.sync, SYNC.step1, vector);
}

export function encodeStep2(update: Uint8Array): Uint8Array {
  return wrap(MESSAGE.sync, SYNC.step2, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array {
  return wrap(MESSAGE.sync, SYNC.update, update);
}

/** `entries` as y-protocols writes an awareness update: their number, then each. */
export function encodeAwareness(entries: Uint8Array): Uint8Array {
  return wrap(MESSAGE.awareness, null, entries);
}

/** Presence of nobody: changes nothing for whoever gets it, but shows that the server is there. */
export const STILL_HERE = encodeAwareness(new Uint8Array([0]));

function wrap(type: number, step: number | null, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  if (step !== null) encoding.writeVarUint(encoder, step);
  encoding.writeVarUint(encoder, body.length);
  const head = encoding.toUint8Array(encoder);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  return message;
}
