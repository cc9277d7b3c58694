import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import { applyUpdate, encodeStateAsUpdate, encodeStateVector, YDoc } from "ywasm";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";

/** The Rust implementation of Yjs, speaking the protocol by bytes. */
export class RustPeer {
  readonly doc = new YDoc({ clientID: 4_000_000_000 });
  readonly socket: WebSocket;
  readonly #waiting: (() => void)[] = [];
  #synced = false;

  constructor(url: string, room: string, token: string) {
    this.socket = new WebSocket(`${url}/${room}?token=${token}`);
    this.socket.binaryType = "arraybuffer";
    this.socket.on("open", () => this.#send(SYNC.step1, encodeStateVector(this.doc)));
    this.socket.on("message", (data: ArrayBuffer) => this.#read(new Uint8Array(data)));
  }

  #send(kind: number, body: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  #read(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== MESSAGE.sync) return;
    const kind = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (kind === SYNC.step1) this.#send(SYNC.step2, encodeStateAsUpdate(this.doc, body));
    else applyUpdate(this.doc, body, undefined);
    this.#synced ||= kind === SYNC.step2;
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Makes a change and sends what is new in it. */
  change(make: (doc: YDoc) => void): void {
    const before = encodeStateVector(this.doc);
    make(this.doc);
    this.#send(SYNC.update, encodeStateAsUpdate(this.doc, before));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The server's state has come. */
  get synced(): boolean {
    return this.#synced;
  }

  get words(): string {
    return this.doc.getXmlFragment("prosemirror").toString(undefined);
  }

  get marks(): unknown {
    return this.doc.getMap("annotations").toJson(undefined);
  }
}
