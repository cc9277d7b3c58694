import * as Y from "yjs";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { syncMessage } from "./dialect.ts";
import { toFrame } from "./peer.ts";

const LETTERS = Buffer.from("the quick brown fox jumps over the lazy dog ");
/** `ContentString` with an origin to its left. */
export const INFO_STRING_AFTER = 0x84;
/** Message type and step of an update; its length follows. */
const SYNC_HEAD = new Uint8Array([MESSAGE.sync, SYNC.update]);
/** A paragraph and its text come first. */
const FIRST_CLOCK = 2;

/**
 * Somebody who types one letter after another into a paragraph of their own. The updates are those that
 * Yjs would make, written by hand, since Yjs would be slower than the servers that are measured.
 */
export class Typist {
  readonly client: number;
  /** When the letter at each clock was sent (performance.now). */
  readonly sentAt: number[] = [];
  #clock = 0;
  readonly #prefix: Uint8Array;

  /** `prefix` stands before each message. */
  constructor(client: number, prefix: Uint8Array) {
    this.client = client;
    this.#prefix = prefix;
  }

  /** How many clocks have been sent. */
  get clock(): number {
    return this.#clock;
  }

  /** The next edit as a websocket frame. */
  type(): Uint8Array {
    if (this.#clock === 0) return this.#first();
    const update = letter(this.client, this.#clock);
    this.sentAt[this.#clock] = performance.now();
    this.#clock += 1;
    return this.#frame(update);
  }

  /** Update message and frame in one piece: this is written fifty thousand times a second. */
  #frame(update: Uint8Array): Uint8Array {
    const prefix = this.#prefix;
    const start = prefix.length + SYNC_HEAD.length + 1;
    const length = start + update.length;
    if (length > 125) return toFrame(join(prefix, syncMessage("update", update)));
    const frame = Buffer.allocUnsafe(6 + length);
    frame[0] = 0x82;
    frame[1] = 0x80 | length;
    frame.fill(0, 2, 6);
    frame.set(prefix, 6);
    frame.set(SYNC_HEAD, 6 + prefix.length);
    frame[5 + start] = update.length;
    frame.set(update, 6 + start);
    return frame;
  }

  #first(): Uint8Array {
    const doc = new Y.Doc();
    doc.clientID = this.client;
    const text = new Y.XmlText();
    const paragraph = new Y.XmlElement("paragraph");
    doc.transact(() => {
      doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
      paragraph.insert(0, [text]);
      text.insert(0, "a");
    });
    const now = performance.now();
    for (this.#clock = 0; this.#clock <= FIRST_CLOCK; this.#clock += 1) this.sentAt[this.#clock] = now;
    return toFrame(join(this.#prefix, syncMessage("update", Y.encodeStateAsUpdate(doc))));
  }
}

/** The update that adds one letter after the one before it, as Yjs encodes it. */
function letter(client: number, clock: number): Uint8Array {
  const bytes = scratch;
  let at = 0;
  bytes[at++] = 1;
  bytes[at++] = 1;
  at = writeVarUint(bytes, at, client);
  at = writeVarUint(bytes, at, clock);
  bytes[at++] = INFO_STRING_AFTER;
  at = writeVarUint(bytes, at, client);
  at = writeVarUint(bytes, at, clock - 1);
  bytes[at++] = 1;
  bytes[at++] = LETTERS[clock % LETTERS.length] ?? 0;
  bytes[at++] = 0;
  return bytes.subarray(0, at);
}

const scratch = new Uint8Array(64);

function writeVarUint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes[at++] = (left & 0x7f) | 0x80;
  bytes[at++] = left;
  return at;
}

/** Bytes one after another. */
export function join(head: Uint8Array, body: Uint8Array): Uint8Array {
  if (head.length === 0) return body;
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
