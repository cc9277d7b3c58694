import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { syncMessage } from "./dialect.ts";
import { toFrame } from "./peer.ts";

const LETTERS = Buffer.from("the quick brown fox jumps over the lazy dog ");
/** `ContentString` with an origin to its left. */
export const INFO_STRING_AFTER = 0x84;
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
    return toFrame(join(this.#prefix, syncMessage("update", update)));
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

function letter(client: number, clock: number): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, clock);
  encoding.writeUint8(out, INFO_STRING_AFTER);
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, clock - 1);
  encoding.writeVarUint(out, 1);
  encoding.writeUint8(out, LETTERS[clock % LETTERS.length] ?? 0);
  encoding.writeVarUint(out, 0);
  return encoding.toUint8Array(out);
}

/** Bytes one after another. */
export function join(head: Uint8Array, body: Uint8Array): Uint8Array {
  if (head.length === 0) return body;
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
