import type { CloseName } from "#shared/wire/close.ts";

/** Where a channel's messages go: a websocket of its own or a channel of a shared one. */
export interface Transport {
  /** Sends one message; nothing once closed. */
  send(message: Uint8Array): void;
  /** Sends all messages of a parcel, in order; nothing once closed. */
  deliver(parcel: Parcel): void;
  close(name: CloseName): void;
  /** Bytes handed over and not yet taken by the network. */
  buffered(): number;
}

/** Larger messages are not copied behind their header but written after it. */
const COPY_LIMIT = 16 * 1024;

/** Messages for many receivers, put into websocket frames once for all of them. */
export class Parcel {
  readonly messages: readonly Uint8Array[];
  #frames: readonly Uint8Array[] | null = null;

  constructor(messages: readonly Uint8Array[]) {
    this.messages = messages;
  }

  /** The messages as bytes to write to a socket, as few pieces as is cheap. */
  get frames(): readonly Uint8Array[] {
    this.#frames ??= toFrames(this.messages, EMPTY);
    return this.#frames;
  }
}

const EMPTY = new Uint8Array(0);

/**
 * Websocket frames (binary, unmasked, whole) that carry `head` followed by a message each, as bytes to
 * write one after another.
 */
export function toFrames(messages: readonly Uint8Array[], head: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let together: Uint8Array[] = [];
  let size = 0;
  for (const message of messages) {
    const start = frameHead(head, message.length);
    together.push(start);
    size += start.length;
    if (message.length <= COPY_LIMIT) {
      together.push(message);
      size += message.length;
    } else {
      pieces.push(join(together, size), message);
      together = [];
      size = 0;
    }
  }
  if (size > 0) pieces.push(join(together, size));
  return pieces;
}

const WHOLE_BINARY = 0x82;

function frameHead(head: Uint8Array, messageLength: number): Uint8Array {
  const length = head.length + messageLength;
  const prefix = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(prefix + head.length);
  bytes[0] = WHOLE_BINARY;
  if (prefix === 2) bytes[1] = length;
  else if (prefix === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeUInt32BE(Math.floor(length / 0x1_0000_0000), 2);
    bytes.writeUInt32BE(length >>> 0, 6);
  }
  bytes.set(head, prefix);
  return bytes;
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
