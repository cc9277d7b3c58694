import { CLOSE, type CloseName } from "#shared/wire/close.ts";
import type { Carrier } from "../../../server/sync/mux.ts";
import type { Line } from "../../../server/sync/session.ts";
import type { Random } from "../../attack/random.ts";
import type { Clock, Owner } from "./clock.ts";
import { Pipe } from "./pipe.ts";

const STATE = { connecting: 0, open: 1, closing: 2, closed: 3 } as const;
const LOST = 1006;

/** The client's end of a connection: a browser's WebSocket as far as the client uses one. */
export class ClientEnd {
  readonly CONNECTING = STATE.connecting;
  readonly OPEN = STATE.open;
  readonly CLOSING = STATE.closing;
  readonly CLOSED = STATE.closed;
  readyState: number = STATE.connecting;
  binaryType = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  /** Hands a frame to the network. */
  carry: (frame: Uint8Array) => void = () => undefined;
  /** Tells the network that the client hangs up. */
  hangUp: () => void = () => undefined;

  opened(): void {
    if (this.readyState !== STATE.connecting) return;
    this.readyState = STATE.open;
    this.onopen?.();
  }

  heard(frame: Uint8Array): void {
    if (this.readyState !== STATE.open) return;
    this.onmessage?.({ data: frame.buffer.slice(frame.byteOffset, frame.byteOffset + frame.byteLength) });
  }

  ended(code = LOST, reason = ""): void {
    if (this.readyState === STATE.closed) return;
    this.readyState = STATE.closed;
    this.onclose?.({ code, reason });
  }

  send(data: Uint8Array): void {
    if (this.readyState === STATE.open) this.carry(data.slice());
  }

  close(): void {
    if (this.readyState >= STATE.closing) return;
    this.readyState = STATE.closed;
    this.hangUp();
  }
}

/** What the server's end asks before each message: false when the process is dead. */
export type MaySend = (message: Uint8Array) => boolean;

/** The server's end of a connection, in place of the websocket of server/sync/socket.ts. */
export class ServerEnd implements Carrier, Line {
  readonly #cable: Cable;
  readonly #maySend: MaySend;
  #heard: ((frame: Uint8Array) => void) | null = null;
  #waiting: Uint8Array[] = [];
  #onEnd: (() => void) | null;
  #ended = false;

  constructor(cable: Cable, { maySend, onEnd }: CableEnds) {
    this.#cable = cable;
    this.#maySend = maySend;
    this.#onEnd = () => onEnd(cable);
  }

  get open(): boolean {
    return !this.#ended;
  }

  get buffered(): number {
    return this.#cable.down.buffered;
  }

  /** From now on what is heard goes here; what came before too. */
  listen(heard: (frame: Uint8Array) => void): void {
    this.#heard = heard;
    for (const frame of this.#waiting.splice(0)) this.heard(frame);
  }

  send(messages: readonly Uint8Array[], head: Uint8Array = new Uint8Array()): void {
    if (this.#ended) return;
    for (const message of messages) {
      if (!this.#maySend(message)) return;
      const frame = new Uint8Array(head.length + message.length);
      frame.set(head);
      frame.set(message, head.length);
      this.#cable.down.push(frame.length, () => this.#cable.client.heard(frame));
    }
  }

  close(name: CloseName): void {
    if (this.#ended) return;
    this.#ended = true;
    const { client, down } = this.#cable;
    down.push(0, () => {
      client.ended(CLOSE[name], name);
      this.#cable.up.push(0, () => this.gone());
    });
  }

  cut(): void {
    this.#ended = true;
    this.#cable.cut();
  }

  beat(): boolean {
    return true;
  }

  heard(frame: Uint8Array): void {
    if (this.#ended) return;
    if (this.#heard) this.#heard(frame);
    else this.#waiting.push(frame);
  }

  /** The connection is no more. */
  gone(): void {
    this.#ended = true;
    this.#heard = null;
    const ended = this.#onEnd;
    this.#onEnd = null;
    ended?.();
  }
}

export type CableEnds = {
  readonly tab: Owner;
  readonly process: Owner;
  readonly maySend: MaySend;
  /** The server's end is no more. */
  readonly onEnd: (cable: Cable) => void;
};

/** One connection between a tab and a server process. */
export class Cable {
  readonly client: ClientEnd;
  readonly server: ServerEnd;
  readonly up: Pipe;
  readonly down: Pipe;
  readonly tab: Owner;

  constructor(client: ClientEnd, ends: CableEnds, { clock, random }: { clock: Clock; random: Random }) {
    this.client = client;
    this.tab = ends.tab;
    this.server = new ServerEnd(this, ends);
    this.up = new Pipe(clock, random, ends.process);
    this.down = new Pipe(clock, random, ends.tab);
    client.carry = (frame) => this.up.push(frame.length, () => this.server.heard(frame));
    client.hangUp = () => this.up.push(0, () => this.server.gone());
  }

  /** It breaks without a word: each side still gets some of what was under way, and then notices. */
  cut(): void {
    this.up.cut(() => this.server.gone());
    this.down.cut(() => this.client.ended());
  }
}
