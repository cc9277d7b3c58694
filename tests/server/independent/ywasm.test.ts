import { once } from "node:events";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { applyUpdate, encodeStateAsUpdate, encodeStateVector, YDoc, YXmlElement, YXmlText } from "ywasm";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { layer, Peer, type Running, start, TEXT, until } from "../sync/server.ts";

/** The Rust implementation of Yjs, speaking the protocol by bytes. */
class RustPeer {
  readonly doc = new YDoc({ clientID: 4_000_000_000 });
  readonly socket: WebSocket;
  readonly #waiting: (() => void)[] = [];

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

  get words(): string {
    return this.doc.getXmlFragment("prosemirror").toString(undefined);
  }

  get marks(): unknown {
    return this.doc.getMap("annotations").toJson(undefined);
  }
}

let server: Running | null = null;
const peers: Peer[] = [];
const rust: RustPeer[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  for (const { socket } of rust.splice(0)) {
    const closed = once(socket, "close");
    socket.close();
    await closed;
  }
  await server?.stop();
  server = null;
});

async function pair(room: string, token: string): Promise<{ yjs: Peer; other: RustPeer; running: Running }> {
  server = await start();
  const yjs = new Peer(server.url, room, token);
  peers.push(yjs);
  const other = new RustPeer(server.url, room, token);
  rust.push(other);
  await Promise.all([yjs.synced(), once(other.socket, "open")]);
  return { yjs, other, running: server };
}

test("[IND-1] the Rust implementation of Yjs edits a text together with y-websocket, deletions included", async () => {
  const { yjs, other, running } = await pair(TEXT, "ann.editor");
  yjs.write("hello");
  await other.until(() => other.words.includes("hello"));
  other.change((doc) => {
    const paragraph = new YXmlElement("paragraph", {}, []);
    doc.getXmlFragment("prosemirror").push(paragraph, undefined);
    paragraph.push(new YXmlText("from Rust", {}), undefined);
  });
  await until(yjs.doc, () => yjs.words.includes("from Rust"));
  const first = yjs.doc.getXmlFragment("prosemirror");
  first.delete(0, 1);
  await other.until(() => !other.words.includes("hello"));
  expect(other.words).toBe("<paragraph>from Rust</paragraph>");
  const late = new Peer(running.url, TEXT, "bob.viewer");
  peers.push(late);
  await late.synced();
  expect(late.words).toBe(other.words);
});

test("[IND-1] the Rust implementation of Yjs writes a layer together with y-websocket, deletions included", async () => {
  const { yjs, other } = await pair(layer("ann"), "ann.annotator");
  yjs.map.set("m1", { tags: ["binding"] });
  await other.until(() => JSON.stringify(other.marks).includes("m1"));
  other.change((doc) => {
    doc.getMap("annotations").set("m2", { tags: ["conditional"] }, undefined);
    doc.getMap("annotations").delete("m1", undefined);
  });
  await until(yjs.doc, () => yjs.map.has("m2"));
  expect(yjs.map.toJSON()).toEqual({ m2: { tags: ["conditional"] } });
});
