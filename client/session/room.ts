import * as decoding from "lib0/decoding";
import type { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { CLOSE, closeName, isFinal } from "#shared/wire/close.ts";
import { MESSAGE, readAck, readHash, readRefused, type Refusal, SYNC } from "#shared/wire/messages.ts";
import { Acks } from "./acks.ts";
import { Cell } from "./cell.ts";
import type { Readable } from "./contract.ts";
import { isFromLocalCopy, type LocalCopy, type OpenLocalCopy } from "./local-copy.ts";
import type { Mux } from "./mux.ts";
import { closeSentence } from "./sentences.ts";

export type RoomOptions = {
  readonly mux: Mux;
  readonly name: string;
  readonly epoch: number;
  /** Whose local copy it is; two people on one device never share one. */
  readonly userId: string;
  readonly writable: boolean;
  readonly openCopy: OpenLocalCopy;
  /** Hash of a document's state vector and delete set, as the server computes it. */
  readonly hash: (doc: Y.Doc) => Uint8Array;
  /** Rights changed: called before the room connects again. */
  readonly onRightsChanged: () => Promise<void>;
};

export type RoomStatus = {
  readonly link: "connecting" | "online" | "offline" | "closed";
  /** The server's state has arrived at least once, or a local copy is shown. */
  readonly loaded: boolean;
  /** Everything known when the channel opened is on the server's disk; always true when read only. */
  readonly settled: boolean;
  /** My changes that the server has not confirmed. */
  readonly changes: number;
  /** Why the room is closed for good. */
  readonly end: { readonly code: number; readonly name: string; readonly sentence: string } | null;
};

const HEAL_EVERY = 60_000;

/** Ends after which this device must not show a copy either. */
const NOT_MINE: readonly number[] = [CLOSE.forbidden, CLOSE["not-found"], CLOSE.gone];

/**
 * One document with its channel, its local copy and the account of what the server has confirmed.
 * A room that ends (refused, forbidden, gone) is not used again; make a new one.
 */
export class Room {
  readonly name: string;
  readonly doc = new Y.Doc();
  readonly #options: RoomOptions;
  readonly #copy: LocalCopy;
  readonly #provider: WebsocketProvider;
  readonly #acks = new Acks();
  readonly #status: Cell<RoomStatus>;
  #writable: boolean;
  #disposed = false;
  #lastHealed = 0;

  constructor(options: RoomOptions) {
    this.name = options.name;
    this.#options = options;
    this.#writable = options.writable;
    this.#status = new Cell<RoomStatus>({
      link: "connecting",
      loaded: false,
      settled: false,
      changes: 0,
      end: null,
    });
    this.doc.on("update", this.#counted);
    this.#copy = options.openCopy(
      `gloss/${options.userId}/${options.name}/${String(options.epoch)}`,
      this.doc,
    );
    this.#provider = this.#createProvider();
    void this.#start();
  }

  get status(): Readable<RoomStatus> {
    return this.#status;
  }

  get awareness(): Awareness {
    return this.#provider.awareness;
  }

  get writable(): boolean {
    return this.#writable;
  }

  /** Whether local changes may leave this device. */
  setWritable(writable: boolean): void {
    if (writable === this.#writable) return;
    this.#writable = writable;
    this.resync();
  }

  /** Opens the channel anew: both sides tell what they have. */
  resync(): void {
    if (this.#disposed || this.#status.get().end) return;
    this.#provider.disconnect();
    this.#provider.connect();
  }

  /** Tries again after the session had ended; the person may have signed in in another tab. */
  retry(): void {
    if (this.#disposed || this.#status.get().end?.code !== CLOSE["not-signed-in"]) return;
    this.#publish({ link: "connecting", end: null });
    this.#provider.connect();
  }

  /** Leaves the room. `forget` also removes the local copy. */
  async dispose(forget = false): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.doc.off("update", this.#counted);
    this.#provider.destroy();
    this.#provider.awareness.destroy();
    if (forget) await this.#copy.clear();
    else this.#copy.close();
    this.doc.destroy();
  }

  #createProvider(): WebsocketProvider {
    const { mux, name, epoch } = this.#options;
    const provider = new WebsocketProvider("gloss:", name, this.doc, {
      connect: false,
      disableBc: true,
      params: { gloss: "1", epoch: String(epoch) },
      WebSocketPolyfill: mux.socketClass({ beforeSend: (frame) => this.#maySend(frame) }),
      shouldReconnect: (event) => !isFinal(event.code) && event.code !== CLOSE["rights-changed"],
    });
    // The provider gives up a room that is silent for 30 s; rooms share a socket, which the mux watches.
    clearInterval(provider._checkInterval);
    provider.messageHandlers[MESSAGE.ack] = (_encoder, decoder) => this.#acked(readAck(decoder));
    provider.messageHandlers[MESSAGE.refused] = (_encoder, decoder) => {
      this.#refused(readRefused(decoder));
    };
    provider.messageHandlers[MESSAGE.hash] = (_encoder, decoder) => this.#compare(readHash(decoder));
    provider.on("status", ({ status }) => {
      if (status === "connecting" || this.#status.get().end) return;
      this.#acks.opened();
      this.#publish({ link: status === "connected" ? "online" : "offline" });
    });
    provider.on("sync", (synced) => {
      if (synced) this.#publish({ loaded: true });
    });
    provider.on("closed", ({ code, reason }) => this.#closed(code, reason));
    return provider;
  }

  async #start(): Promise<void> {
    if (!this.#writable) this.#provider.connect();
    const kept = await this.#copy.loaded;
    if (this.#disposed) return;
    this.#acks.keep(kept);
    this.#publish({ loaded: this.#status.get().loaded || this.doc.store.clients.size > 0 });
    this.#provider.connect();
  }

  readonly #counted = (
    _update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (!this.#writable || !transaction.local || isFromLocalCopy(origin)) return;
    this.#acks.changed();
    this.#publish({});
  };

  #maySend(frame: Uint8Array): boolean {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== MESSAGE.sync) return true;
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC.step1) return true;
    if (!this.#writable) return false;
    this.#acks.sent(kind === SYNC.step2 ? "step2" : "update");
    return true;
  }

  #acked(count: number): void {
    this.#acks.acked(count);
    this.#publish({});
  }

  /** The server's document is unlike ours although nothing is on its way: ask for all of it again. */
  #compare(theirs: Uint8Array): void {
    // What a local copy brought along is on its way too, until it is settled.
    if (this.#acks.changes > 0 || (this.#writable && !this.#acks.settled)) return;
    if (Date.now() - this.#lastHealed < HEAL_EVERY) return;
    const ours = this.#options.hash(this.doc);
    if (ours.length === theirs.length && ours.every((byte, i) => byte === theirs[i])) return;
    this.#lastHealed = Date.now();
    queueMicrotask(() => this.resync());
  }

  /** A refused frame poisons the document: whatever is written after it rests on it. */
  #refused(refusal: Refusal): void {
    queueMicrotask(() => this.#provider.disconnect());
    this.#publish({
      link: "closed",
      end: { code: CLOSE["refused-update"], name: refusal.code, sentence: refusal.sentence },
    });
  }

  #closed(code: number, reason: string): void {
    if (code === CLOSE["rights-changed"]) {
      void this.#options.onRightsChanged().then(() => {
        if (!this.#disposed) this.#provider.connect();
      });
      return;
    }
    if (this.#status.get().end) return;
    if (!this.#writable && NOT_MINE.includes(code)) void this.#copy.clear();
    const name = closeName(code);
    this.#publish({
      link: "closed",
      end: { code, name: name ?? reason, sentence: closeSentence(name) },
    });
  }

  #publish(change: Partial<RoomStatus>): void {
    const next: RoomStatus = {
      ...this.#status.get(),
      settled: this.#writable ? this.#acks.settled : this.#provider.synced,
      changes: this.#acks.changes,
      ...change,
    };
    const before = this.#status.get();
    if ((Object.keys(next) as (keyof RoomStatus)[]).every((key) => next[key] === before[key])) return;
    if (next.link !== "online" || (next.changes === 0) !== (before.changes === 0)) {
      this.#copy.noteUnsent(next.changes);
    }
    this.#status.set(next);
  }
}
