import { once } from "node:events";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { MESSAGE, readAck, SYNC } from "#shared/wire/messages.ts";
import { encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";

/**
 * Somebody in one room, who remembers over all connections what they were told: which of their changes
 * are saved, and which changes of others they have received.
 */
export class Colleague {
  readonly doc = new Y.Doc();
  /** Updates that are acknowledged, and updates that others made. */
  readonly saved: Uint8Array[] = [];
  readonly received: Uint8Array[] = [];
  /** Close codes, one for each connection that has ended. */
  readonly closes: number[] = [];
  #socket: WebSocket | null = null;
  #frames: Uint8Array[] = [];
  #acked = 0;
  #waiting: (() => void)[] = [];

  constructor() {
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(update, encodeUpdate(update));
    });
  }

  /** Frames of this connection that are not acknowledged. */
  get unsaved(): number {
    return this.#frames.length - this.#acked;
  }

  get online(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connects, and has told the server all it has and been told all the server has. */
  async join(address: string): Promise<void> {
    this.leave();
    this.#frames = [];
    this.#acked = 0;
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => this.#hear(data));
    socket.on("close", (code) => {
      if (this.#socket === socket) this.closes.push(code);
      this.#news();
    });
    await once(socket, "open");
    socket.send(encodeStep1(Y.encodeStateVector(this.doc)));
    await this.until(() => this.#acked > 0 || !this.online);
  }

  leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  /** Resolves once it holds, looked at whenever something comes. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #send(update: Uint8Array, frame: Uint8Array): void {
    if (!this.online || this.#socket === null) return;
    this.#frames.push(update);
    this.#socket.send(frame);
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.ack) {
      const count = readAck(decoder);
      this.saved.push(...this.#frames.slice(this.#acked, count));
      this.#acked = count;
    }
    if (type === MESSAGE.sync) {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === SYNC.step1) {
        const answer = Y.encodeStateAsUpdate(this.doc, bytes);
        this.#send(answer, encodeStep2(answer));
      } else {
        this.received.push(bytes.slice());
        Y.applyUpdate(this.doc, bytes, this);
      }
    }
    this.#news();
  }

  #news(): void {
    for (const look of this.#waiting.splice(0)) look();
  }
}

/** Writes one word, or takes one out, in the article's text; a mark, in a layer. */
export function write(doc: Y.Doc, kind: "text" | "layer", word: string): void {
  if (kind === "layer") {
    const map = doc.getMap("annotations");
    const [first] = map.keys();
    if (map.size > 40 && first !== undefined) map.delete(first);
    else map.set(word, { id: word, tags: ["binding"] });
    return;
  }
  const paragraph = doc.getXmlFragment("prosemirror").get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error("the article has no text");
  if (text.length > 2_000) text.delete(0, 40);
  else text.insert(text.length, ` ${word}`);
}
