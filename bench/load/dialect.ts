import * as encoding from "lib0/encoding";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";

/** A room on a server, and as whom it is opened. */
export type Place = { readonly room: string; readonly token: string };

/** How a server wants the y-websocket protocol spoken. */
export interface Dialect {
  /** Path and query of the websocket. */
  path(place: Place): string;
  /** What is sent first. */
  hello(place: Place): readonly Uint8Array[];
  /** What stands before each message. */
  prefix(place: Place): Uint8Array;
  /** Bytes of the prefix before a message that came. */
  skip(frame: Uint8Array): number;
  /** How many document frames are acknowledged after this message; null when it says nothing of it. */
  acknowledged(message: Uint8Array, before: number): number | null;
}

const NOTHING = new Uint8Array(0);

/** One room a websocket, messages as they are. */
export function plainDialect(path: (place: Place) => string): Dialect {
  return {
    path,
    hello: () => [],
    prefix: () => NOTHING,
    skip: () => 0,
    acknowledged: (message) => (message[0] === MESSAGE.ack ? readVarUint(message, 1).value : null),
  };
}

const HOCUSPOCUS = { auth: 2, token: 0, syncStatus: 8 } as const;

/** Each message begins with the name of its document, and the first one is a token. */
export const hocuspocusDialect: Dialect = {
  path: () => "/",
  hello: ({ room, token }) => [
    encode((out) => {
      encoding.writeVarString(out, room);
      encoding.writeVarUint(out, HOCUSPOCUS.auth);
      encoding.writeVarUint(out, HOCUSPOCUS.token);
      encoding.writeVarString(out, token);
    }),
  ],
  prefix: ({ room }) => encode((out) => encoding.writeVarString(out, room)),
  skip: (frame) => {
    const { value, next } = readVarUint(frame, 0);
    return next + value;
  },
  acknowledged: (message, before) => {
    if (message[0] !== HOCUSPOCUS.syncStatus) return null;
    return before + (message[1] === 1 ? 1 : 0);
  },
};

/** A sync message: step 1, step 2 or update. */
export function syncMessage(step: keyof typeof SYNC, body: Uint8Array): Uint8Array {
  return encode((out) => {
    encoding.writeVarUint(out, MESSAGE.sync);
    encoding.writeVarUint(out, SYNC[step]);
    encoding.writeVarUint8Array(out, body);
  });
}

/** The first state of somebody: a caret and a name, as editors send it. */
export function presenceMessage(client: number): Uint8Array {
  const state = JSON.stringify({ user: { name: `Person ${client}`, color: "#30bced" }, cursor: null });
  const entry = encode((out) => {
    encoding.writeVarUint(out, 1);
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, state);
  });
  return encode((out) => {
    encoding.writeVarUint(out, MESSAGE.awareness);
    encoding.writeVarUint8Array(out, entry);
  });
}

/** A document message that came: which step, and its update or state vector. */
export type SyncRead = { readonly step: number; readonly body: Uint8Array };

/** Null for a message of another type. The body is a view. */
export function readSync(message: Uint8Array): SyncRead | null {
  // Hocuspocus answers with type 4 where y-websocket uses 0.
  if (message[0] !== MESSAGE.sync && message[0] !== 4) return null;
  const { value, next } = readVarUint(message, 2);
  return { step: message[1] ?? -1, body: message.subarray(next, next + value) };
}

/** A whole number of up to 53 bits as lib0 writes it, and where the next thing begins. */
export function readVarUint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  let unit = 1;
  let at = start;
  for (;;) {
    const byte = bytes[at] ?? 0;
    at += 1;
    value += (byte & 0x7f) * unit;
    if (byte < 0x80) return { value, next: at };
    unit *= 128;
  }
}

function encode(write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder();
  write(out);
  return encoding.toUint8Array(out);
}
