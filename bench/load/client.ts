import { SYNC } from "#shared/wire/messages.ts";
import type { Child } from "../server/child.ts";
import type { Contender } from "../server/contender.ts";
import { readSync, syncMessage, type Place } from "./dialect.ts";
import { Peer, toFrame } from "./peer.ts";
import { join } from "./typist.ts";

const EMPTY_VECTOR = new Uint8Array([0]);
const SYNC_LIMIT = 30_000;

export type Entrance = {
  readonly contender: Contender;
  readonly child: Child;
  readonly place: Place;
  /** Told of each message, without its prefix; the bytes may be used only during the call. */
  readonly onMessage?: (message: Uint8Array) => void;
  /** Large messages are counted, not kept. */
  readonly skim?: boolean;
  /** Once in, bytes are counted and nothing is looked at. */
  readonly blind?: boolean;
};

/** One connection to one room. */
export class Client {
  readonly peer: Peer;
  readonly prefix: Uint8Array;
  readonly #contender: Contender;
  #synced: (() => void) | null = null;

  private constructor(peer: Peer, prefix: Uint8Array, contender: Contender) {
    this.peer = peer;
    this.prefix = prefix;
    this.#contender = contender;
  }

  /** Opens a room; where documents are known, does not ask for it yet. */
  static async enter(entrance: Entrance): Promise<Client> {
    const { contender, child, place, onMessage, skim = false, blind = false } = entrance;
    const { dialect } = contender;
    const path = dialect.path(place);
    const prefix = dialect.prefix(place);
    const take = (frame: Uint8Array): void => {
      const message = frame.subarray(dialect.skip(frame));
      client.#hear(message);
      onMessage?.(message);
    };
    const peer = await Peer.open({ port: child.port, path, skim, ...(blind ? {} : { onMessage: take }) });
    const client = new Client(peer, prefix, contender);
    for (const message of dialect.hello(place)) peer.send(message);
    return client;
  }

  /** Sends a message of the protocol. */
  say(message: Uint8Array): void {
    this.peer.send(join(this.prefix, message));
  }

  /** The same as bytes to write. */
  toBytes(message: Uint8Array): Uint8Array {
    return toFrame(join(this.prefix, message));
  }

  /** Asks for the document. */
  ask(): void {
    if (this.#contender.knowsDocuments) this.say(syncMessage("step1", EMPTY_VECTOR));
  }

  /** Asks for the document and resolves when all of it has come. */
  async sync(): Promise<void> {
    if (!this.#contender.knowsDocuments) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the document did not come")), SYNC_LIMIT);
      this.peer.onClose = () =>
        reject(new Error(`closed with ${this.peer.closeCode} before the document came`));
      this.#synced = () => {
        clearTimeout(late);
        this.peer.onClose = null;
        resolve();
      };
      this.ask();
    });
  }

  leave(): void {
    this.peer.onClose = null;
    this.peer.destroy();
  }

  #hear(message: Uint8Array): void {
    if (!this.#synced || message[0] !== 0) return;
    if (readSync(message)?.step !== SYNC.step2) return;
    const synced = this.#synced;
    this.#synced = null;
    synced();
  }
}
