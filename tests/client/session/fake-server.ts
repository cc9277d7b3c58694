import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { modifyAwarenessUpdate } from "y-protocols/awareness";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "#shared/wire/envelope.ts";
import { encodeAck, encodeHash, encodeRefused, MESSAGE, SYNC } from "#shared/wire/messages.ts";
import type { Wire } from "../../../client/session/mux.ts";

/** Lets everything that is queued as a microtask happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

export type FakeChannel = {
  readonly number: number;
  readonly room: string;
  readonly address: string;
  readonly wire: FakeWire;
  /** Document frames received. */
  frames: number;
  open: boolean;
};

/** A server in memory: speaks the multiplexed form, keeps documents, acknowledges when told to. */
export class FakeServer {
  readonly docs = new Map<string, Y.Doc>();
  readonly wires: FakeWire[] = [];
  readonly channels: FakeChannel[] = [];
  readonly #presence: { readonly room: string; readonly payload: Uint8Array }[] = [];
  /** When false, `ack` must be called. */
  autoAck = true;
  /** Answers an open with a close code instead of opening. */
  judge: (room: string) => number | null = () => null;
  /** What happens to a new wire. */
  accept: "open" | "refuse" | "ignore" = "open";

  readonly createWire = (url: string): Wire => {
    const wire = new FakeWire(this, url);
    this.wires.push(wire);
    queueMicrotask(() => {
      if (this.accept === "open") wire.onopen?.();
      if (this.accept === "refuse") wire.drop(1006);
    });
    return wire;
  };

  doc(room: string): Y.Doc {
    const found = this.docs.get(room);
    if (found) return found;
    const doc = new Y.Doc();
    this.docs.set(room, doc);
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      for (const channel of this.channels) {
        if (!channel.open || channel.room !== room || channel === origin) continue;
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, MESSAGE.sync);
        syncProtocol.writeUpdate(encoder, update);
        this.tell(channel, encoding.toUint8Array(encoder));
      }
    });
    return doc;
  }

  /** The open channel of a room. */
  channel(room: string): FakeChannel {
    const found = this.channels.findLast((channel) => channel.room === room && channel.open);
    if (!found) throw new Error(`no open channel for ${room}`);
    return found;
  }

  ack(channel: FakeChannel, count = channel.frames): void {
    this.tell(channel, encodeAck(count));
  }

  refuse(channel: FakeChannel, code: string, sentence: string): void {
    this.tell(channel, encodeRefused(channel.frames, code, sentence));
  }

  hash(channel: FakeChannel, hash: Uint8Array): void {
    this.tell(channel, encodeHash(hash));
  }

  /** Sends the presence last told in a room to everybody there, with `user` written in as the server does. */
  stampPresence(room: string, user: object): void {
    const last = this.#presence.findLast((told) => told.room === room);
    if (!last) throw new Error("nobody has told anything");
    const decoder = decoding.createDecoder(last.payload);
    decoding.readVarUint(decoder);
    const update = modifyAwarenessUpdate(decoding.readVarUint8Array(decoder), (state: object) => ({
      ...state,
      user,
    }));
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, update);
    for (const channel of this.channels) {
      if (channel.open && channel.room === room) this.tell(channel, encoding.toUint8Array(encoder));
    }
  }

  tell(channel: FakeChannel, payload: Uint8Array): void {
    channel.wire.deliver({ kind: "data", channel: channel.number, payload });
  }

  close(channel: FakeChannel, code: number, reason = ""): void {
    channel.open = false;
    channel.wire.deliver({ kind: "close", channel: channel.number, code, reason });
  }

  received(wire: FakeWire, envelope: Envelope): void {
    if (envelope.kind === "news") wire.wantsNews = true;
    if (envelope.kind === "open") {
      const room = envelope.address.split("?", 1)[0] ?? "";
      const channel = {
        number: envelope.channel,
        room,
        address: envelope.address,
        wire,
        frames: 0,
        open: true,
      };
      this.channels.push(channel);
      const verdict = this.judge(room);
      if (verdict !== null) {
        this.close(channel, verdict);
        return;
      }
      wire.deliver({ kind: "opened", channel: channel.number });
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, MESSAGE.sync);
      syncProtocol.writeSyncStep1(encoder, this.doc(room));
      this.tell(channel, encoding.toUint8Array(encoder));
      return;
    }
    const channel = this.channels.find((one) => one.wire === wire && one.number === envelope.channel);
    if (!channel) return;
    if (envelope.kind === "close") channel.open = false;
    if (envelope.kind === "data" && channel.open) this.#message(channel, envelope.payload);
  }

  #message(channel: FakeChannel, payload: Uint8Array): void {
    const decoder = decoding.createDecoder(payload);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.awareness) this.#presence.push({ room: channel.room, payload });
    if (type !== MESSAGE.sync) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.sync);
    const kind = syncProtocol.readSyncMessage(decoder, encoder, this.doc(channel.room), channel);
    if (encoding.length(encoder) > 1) this.tell(channel, encoding.toUint8Array(encoder));
    if (kind === SYNC.step1) return;
    channel.frames += 1;
    if (this.autoAck) this.ack(channel);
  }
}

export class FakeWire implements Wire {
  binaryType = "";
  onopen: Wire["onopen"] = null;
  onmessage: Wire["onmessage"] = null;
  onclose: Wire["onclose"] = null;
  onerror: Wire["onerror"] = null;
  readonly url: string;
  closed = false;
  wantsNews = false;
  readonly #server: FakeServer;

  constructor(server: FakeServer, url: string) {
    this.#server = server;
    this.url = url;
  }

  send(data: Uint8Array): void {
    const envelope = decodeEnvelope(data.slice());
    queueMicrotask(() => {
      if (!this.closed) this.#server.received(this, envelope);
    });
  }

  deliver(envelope: Envelope): void {
    const frame = encodeEnvelope(envelope);
    const data = frame.buffer.slice(frame.byteOffset, frame.byteOffset + frame.byteLength);
    queueMicrotask(() => {
      if (!this.closed) this.onmessage?.({ data });
    });
  }

  /** The network or the server ends it. */
  drop(code = 1006, reason = ""): void {
    this.closed = true;
    for (const channel of this.#server.channels) if (channel.wire === this) channel.open = false;
    this.onclose?.({ code, reason });
  }

  close(): void {
    this.closed = true;
    for (const channel of this.#server.channels) if (channel.wire === this) channel.open = false;
  }
}
