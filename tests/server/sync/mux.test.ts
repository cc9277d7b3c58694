import * as decoding from "lib0/decoding";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { CLOSE } from "#shared/wire/close.ts";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "#shared/wire/envelope.ts";
import { MESSAGE, readAck, SYNC } from "#shared/wire/messages.ts";
import { encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";
import { layer, Peer, REVIEW, start, TEXT, until, type Running, type StartOptions } from "./server.ts";
import { mark } from "./world.ts";

let server: Running | null = null;
const muxes: Mux[] = [];
const peers: Peer[] = [];

/** A client of the shared socket, with a document for each channel. */
class Mux {
  readonly socket: WebSocket;
  readonly heard: Envelope[] = [];
  readonly docs = new Map<number, Y.Doc>();
  readonly acks = new Map<number, number>();
  #wake: () => void = () => undefined;

  constructor(url: string, token: string) {
    this.socket = new WebSocket(`${url}?token=${token}`);
    this.socket.on("message", (data: Buffer) => this.#take(decodeEnvelope(data)));
    this.socket.on("error", () => undefined);
    muxes.push(this);
  }

  async opened(): Promise<void> {
    await new Promise((resolve) => {
      this.socket.once("open", resolve);
    });
  }

  async closed(): Promise<{ code: number; reason: string }> {
    return await new Promise((resolve) => {
      this.socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  say(envelope: Envelope): void {
    this.socket.send(encodeEnvelope(envelope));
  }

  open(channel: number, room: string): Y.Doc {
    const doc = new Y.Doc();
    this.docs.set(channel, doc);
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.say({ kind: "data", channel, payload: encodeUpdate(update) });
    });
    this.say({ kind: "open", channel, address: `${room}?gloss=1` });
    return doc;
  }

  async until(look: (heard: readonly Envelope[]) => boolean): Promise<void> {
    while (!look(this.heard)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async channelClosed(channel: number): Promise<{ code: number; reason: string }> {
    const find = (): Envelope | undefined =>
      this.heard.find((envelope) => envelope.kind === "close" && envelope.channel === channel);
    await this.until(() => find() !== undefined);
    const close = find();
    return close?.kind === "close" ? { code: close.code, reason: close.reason } : { code: 0, reason: "" };
  }

  #take(envelope: Envelope): void {
    this.heard.push(envelope);
    const { channel } = envelope;
    const doc = this.docs.get(channel);
    if (envelope.kind === "opened" && doc) {
      this.say({ kind: "data", channel, payload: encodeStep1(Y.encodeStateVector(doc)) });
    }
    if (envelope.kind === "data" && doc) {
      const decoder = decoding.createDecoder(envelope.payload);
      const type = decoding.readVarUint(decoder);
      if (type === MESSAGE.ack) this.acks.set(channel, readAck(decoder));
      if (type === MESSAGE.sync) {
        const step = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (step !== SYNC.step1) Y.applyUpdate(doc, bytes, this);
        else this.say({ kind: "data", channel, payload: encodeStep2(Y.encodeStateAsUpdate(doc, bytes)) });
      }
    }
    this.#wake();
  }
}

async function connect(
  options: StartOptions = {},
  token = "ann.annotator",
): Promise<{ running: Running; mux: Mux }> {
  server = await start(options);
  const mux = new Mux(server.url, token);
  await mux.opened();
  return { running: server, mux };
}

afterEach(async () => {
  for (const mux of muxes.splice(0)) mux.socket.terminate();
  for (const peer of peers.splice(0)) peer.destroy();
  await server?.stop();
  server = null;
});

test("[SYN-80] many rooms work over one socket, each as on a socket of its own", async () => {
  const { running, mux } = await connect();
  const own = mux.open(1, layer("ann"));
  const text = mux.open(2, TEXT);
  const review = mux.open(3, REVIEW);
  await mux.until((heard) => heard.filter(({ kind }) => kind === "opened").length === 3);
  const editor = new Peer(running.url, TEXT, "bob.editor");
  const reader = new Peer(running.url, layer("ann"), "bob.editor");
  peers.push(editor, reader);
  await Promise.all([editor.synced(), reader.synced()]);
  own.getMap("annotations").set("m1", mark("m1"));
  editor.write("from a socket of its own");
  await running.sync.hub.write(REVIEW, null, (doc) => doc.getMap("verdicts").set("v", 1));
  await until(reader.doc, () => reader.map.has("m1"));
  await until(text, () => text.getXmlFragment("prosemirror").toJSON().includes("own"));
  await until(review, () => review.getMap("verdicts").has("v"));
  await mux.until(() => (mux.acks.get(1) ?? 0) >= 2);
  expect(mux.acks.get(1)).toBe(2);
});

test("[SYN-80] a room that is refused, or where something forbidden is written, ends its channel alone", async () => {
  const { mux } = await connect();
  mux.open(1, "article/none/text");
  expect(await mux.channelClosed(1)).toEqual({ code: CLOSE["not-found"], reason: "not-found" });
  const foreign = mux.open(2, layer("bob"));
  const own = mux.open(3, layer("ann"));
  await mux.until((heard) => heard.filter(({ kind }) => kind === "opened").length === 2);
  foreign.getMap("annotations").set("forged", mark("forged"));
  expect((await mux.channelClosed(2)).reason).toBe("forbidden");
  own.getMap("annotations").set("m1", mark("m1"));
  await mux.until(() => (mux.acks.get(3) ?? 0) >= 2);
  // What crosses the close on its way is passed over.
  mux.say({ kind: "data", channel: 2, payload: new Uint8Array([0, 2, 2, 0, 0]) });
  own.getMap("annotations").set("m2", mark("m2"));
  await mux.until(() => (mux.acks.get(3) ?? 0) >= 3);
});

test("[SYN-80] a closed channel leaves its room at once", async () => {
  const { running, mux } = await connect();
  mux.open(1, TEXT);
  await mux.until((heard) => heard.some(({ kind }) => kind === "opened"));
  expect(running.sync.hub.present("a1").length).toBe(1);
  mux.say({ kind: "close", channel: 1, code: 1000, reason: "" });
  mux.open(2, layer("ann"));
  await mux.until((heard) => heard.some(({ kind, channel }) => kind === "opened" && channel === 2));
  expect(running.sync.hub.present("a1")).toEqual([]);
});

test("[SYN-81] no more rooms are open on one socket than allowed", async () => {
  const { mux } = await connect({ limits: { roomsPerConnection: 2 } });
  mux.open(1, TEXT);
  mux.open(2, REVIEW);
  mux.open(3, layer("ann"));
  expect((await mux.channelClosed(3)).reason).toBe("too-many-connections");
  mux.say({ kind: "close", channel: 1, code: 1000, reason: "" });
  mux.open(4, layer("ann"));
  await mux.until((heard) => heard.some(({ kind, channel }) => kind === "opened" && channel === 4));
});

test("[SYN-81] opening as many rooms as allowed at once is not too much at once", async () => {
  const { mux } = await connect({ limits: { roomsPerConnection: 300, framesPerSecond: 1 } });
  for (let channel = 1; channel <= 300; channel += 1) mux.open(channel, layer(`u${channel}`));
  // The server's question for our state is answered on each, and nothing is closed.
  await mux.until(() => mux.acks.size === 300);
  expect(mux.heard.filter(({ kind }) => kind === "close")).toEqual([]);
});

test.each<[string, (mux: Mux) => void]>([
  ["bytes that are no envelope", (mux) => mux.socket.send(new Uint8Array([1, 99]))],
  ["a channel number used twice", (mux) => [1, 1].forEach((channel) => mux.open(channel, TEXT))],
  [
    "data for a channel that was never opened",
    (mux) => mux.say({ kind: "data", channel: 9, payload: new Uint8Array() }),
  ],
  ["an envelope of the server's", (mux) => mux.say({ kind: "opened", channel: 1 })],
  ["an endless address", (mux) => mux.open(1, "x".repeat(2_000))],
])("[SYN-82] %s ends the socket with bad-frame", async (_what, say) => {
  const { mux } = await connect();
  say(mux);
  expect(await mux.closed()).toEqual({ code: CLOSE["bad-frame"], reason: "bad-frame" });
});

test("[SYN-83] a change of rights ends the socket of whose rights changed, or the channels of the article", async () => {
  const { running, mux } = await connect();
  running.directory.articles.set("a2", { archived: false, blind: false, epoch: 1 });
  mux.open(1, TEXT);
  mux.open(2, "article/a2/text");
  await mux.until((heard) => heard.filter(({ kind }) => kind === "opened").length === 2);
  running.sync.hub.rightsChanged({ article: "a1" });
  expect(await mux.channelClosed(1)).toEqual({ code: CLOSE["rights-changed"], reason: "rights-changed" });
  const closed = mux.closed();
  running.sync.hub.rightsChanged({ user: "ann" });
  expect((await closed).code).toBe(CLOSE["rights-changed"]);
});

test("[NTF-5] who asks on the shared socket is told of their own news, and nobody else's", async () => {
  const { running, mux } = await connect();
  const other = new Mux(running.url, "bob.editor");
  await other.opened();
  mux.say({ kind: "news", channel: 0 });
  mux.say({ kind: "news", channel: 0 });
  other.say({ kind: "news", channel: 0 });
  // What was asked on a socket is served in order: an open room means that the question was heard.
  mux.open(1, TEXT);
  other.open(1, TEXT);
  const opened = (heard: readonly Envelope[]) => heard.some(({ kind }) => kind === "opened");
  await Promise.all([mux.until(opened), other.until(opened)]);
  running.signals.tell(["ann", "nobody", "ann"]);
  await mux.until((heard) => heard.some(({ kind }) => kind === "news"));
  running.signals.tell(["bob"]);
  await other.until((heard) => heard.some(({ kind }) => kind === "news"));
  for (const { heard } of [mux, other]) expect(heard.filter(({ kind }) => kind === "news")).toHaveLength(1);
});
