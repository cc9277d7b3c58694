import { CLOSE, isFinal } from "#shared/wire/close.ts";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "#shared/wire/envelope.ts";
import { Cell } from "./cell.ts";
import type { Readable } from "./contract.ts";
import { type Carrier, type SocketHooks, VirtualSocket } from "./virtual-socket.ts";

/** The part of a browser WebSocket that the multiplexer uses. */
export type Wire = {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: (() => void) | null;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
};

/** `lost` from the first failure until a socket is open again. */
export type MuxStatus = "connecting" | "online" | "lost";

export type MuxOptions = {
  /** Address of the multiplexed form, `ws://host/sync`. */
  readonly url: string;
  readonly createWire?: (url: string) => Wire;
  /** 0 to 1; spreads reconnects so that a restarted server is not met by everybody at once. */
  readonly random?: () => number;
};

const FIRST_DELAY = 300;
const LONGEST_DELAY = 15_000;
const CROWDED_DELAY = 5_000;
const LONGEST_CHANNEL_DELAY = 10_000;
const OPENING_LIMIT = 20_000;
const SILENCE_LIMIT = 45_000;
const CHECK_EVERY = 5_000;
const IDLE_LIMIT = 5_000;
const LOST = 1006;
const TELL_ME = { kind: "news", channel: 0 } as const;

type Channel = { number: number | null; timer: ReturnType<typeof setTimeout> | null };

/**
 * One physical websocket for a tab, carrying a channel for each open room. Lost sockets are made
 * anew, with growing and jittered waits; rooms that wait for it need do nothing.
 */
export class Mux implements Carrier {
  readonly #options: Required<MuxOptions>;
  readonly #channels = new Map<VirtualSocket, Channel>();
  readonly #byNumber = new Map<number, VirtualSocket>();
  /** Closes in a row of a room's channel, by address without its query. */
  readonly #failures = new Map<string, number>();
  readonly #status = new Cell<MuxStatus>("connecting");
  readonly #news = new Cell(0);
  /** Pages that wait for news, whether or not a room is open. */
  #waiting = 0;
  #wire: Wire | null = null;
  #open = false;
  #nextNumber = 1;
  #attempts = 0;
  #notBefore = 0;
  #lastHeard = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #check: ReturnType<typeof setInterval> | null = null;
  #idle: ReturnType<typeof setTimeout> | null = null;

  constructor(options: MuxOptions) {
    this.#options = {
      createWire: (url) => new WebSocket(url) as unknown as Wire,
      random: Math.random,
      ...options,
    };
  }

  get status(): Readable<MuxStatus> {
    return this.#status;
  }

  /** Goes up whenever there may be news for this person, also when some may have been missed. */
  get news(): Readable<number> {
    return this.#news;
  }

  /** Keeps the socket open for news until the returned function is called. */
  awaitNews(): () => void {
    this.#waiting += 1;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#open) this.#write(TELL_ME);
    else this.#connect();
    return () => {
      this.#waiting -= 1;
      this.#restLater();
    };
  }

  /** A class for y-websocket's `WebSocketPolyfill`, whose provider's server address is `gloss:`. */
  socketClass(hooks: SocketHooks): typeof WebSocket {
    return roomSocketClass(this, hooks) as unknown as typeof WebSocket;
  }

  /** Tries at once instead of waiting for the next attempt; nothing when a socket is up or on its way. */
  hurry(): void {
    if (this.#retry === null) return;
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#notBefore = 0;
    this.#connect();
  }

  /** The network is known to be gone: nothing waits for the silence to tell. */
  cut(): void {
    if (this.#wire !== null) this.#fail();
  }

  attach(socket: VirtualSocket): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    const channel: Channel = { number: null, timer: null };
    this.#channels.set(socket, channel);
    const failures = this.#failures.get(room(socket.address)) ?? 0;
    if (failures === 0) {
      this.#request(socket);
      return;
    }
    const longest = Math.min(LONGEST_CHANNEL_DELAY, FIRST_DELAY * 2 ** failures);
    channel.timer = setTimeout(() => {
      channel.timer = null;
      this.#request(socket);
    }, longest * this.#options.random());
  }

  detach(socket: VirtualSocket): void {
    const channel = this.#forget(socket);
    if (this.#open && channel?.number) {
      this.#write({ kind: "close", channel: channel.number, code: 1000, reason: "" });
    }
    this.#restLater();
  }

  #restLater(): void {
    if (this.#channels.size > 0 || this.#waiting > 0 || this.#idle !== null) return;
    this.#idle = setTimeout(() => this.#rest(), IDLE_LIMIT);
  }

  send(socket: VirtualSocket, payload: Uint8Array): void {
    const number = this.#channels.get(socket)?.number;
    if (this.#open && number) this.#write({ kind: "data", channel: number, payload });
  }

  #forget(socket: VirtualSocket): Channel | undefined {
    const channel = this.#channels.get(socket);
    this.#channels.delete(socket);
    if (channel?.timer) clearTimeout(channel.timer);
    if (channel?.number) this.#byNumber.delete(channel.number);
    return channel;
  }

  /** Asks the server for a channel, now or when the physical socket opens. */
  #request(socket: VirtualSocket): void {
    const channel = this.#channels.get(socket);
    if (!channel || channel.timer !== null) return;
    if (!this.#open) {
      this.#connect();
      return;
    }
    channel.number = this.#nextNumber++;
    this.#byNumber.set(channel.number, socket);
    this.#write({ kind: "open", channel: channel.number, address: socket.address });
  }

  #connect(): void {
    if (this.#wire !== null || this.#retry !== null) return;
    const wait = this.#notBefore - Date.now();
    if (wait > 0) {
      this.#retry = setTimeout(() => this.hurry(), wait);
      return;
    }
    const wire = this.#options.createWire(this.#options.url);
    this.#wire = wire;
    this.#lastHeard = Date.now();
    wire.binaryType = "arraybuffer";
    wire.onopen = () => this.#opened();
    wire.onmessage = (event) => this.#heard(event.data);
    wire.onclose = (event) => this.#lost(event.code, event.reason);
    wire.onerror = () => undefined;
    this.#check ??= setInterval(() => this.#watch(), CHECK_EVERY);
  }

  #opened(): void {
    this.#open = true;
    this.#lastHeard = Date.now();
    this.#status.set("online");
    if (this.#waiting > 0) this.#write(TELL_ME);
    this.#news.set(this.#news.get() + 1);
    for (const socket of this.#channels.keys()) this.#request(socket);
  }

  #heard(data: unknown): void {
    this.#lastHeard = Date.now();
    const envelope = readEnvelope(data);
    if (envelope === null) {
      this.#fail();
      return;
    }
    if (envelope.kind === "news") {
      this.#attempts = 0;
      this.#news.set(this.#news.get() + 1);
      return;
    }
    const socket = this.#byNumber.get(envelope.channel);
    if (!socket) return;
    switch (envelope.kind) {
      case "opened":
        this.#attempts = 0;
        socket.opened();
        break;
      case "data":
        this.#failures.delete(room(socket.address));
        socket.received(envelope.payload);
        break;
      case "close":
        this.#forget(socket);
        this.#note(socket, envelope.code);
        socket.ended(envelope.code, envelope.reason);
        break;
      case "open":
        break;
    }
  }

  /** Counts a close that will be followed by another try; changed rights are no failure. */
  #note(socket: VirtualSocket, code: number): void {
    if (code === CLOSE["rights-changed"]) return;
    const name = room(socket.address);
    this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
  }

  #lost(code: number, reason: string): void {
    this.#drop();
    this.#status.set("lost");
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempts);
    this.#attempts += 1;
    const crowded = code === CLOSE["too-many-connections"] || code === CLOSE["rate-limited"];
    const delay = (crowded ? CROWDED_DELAY : 0) + longest * (0.5 + this.#options.random() / 2);
    this.#notBefore = isFinal(code) ? 0 : Date.now() + delay;
    const final = isFinal(code);
    const before = Array.from(this.#channels);
    for (const [socket, channel] of before) {
      const wasAsked = channel.number !== null;
      channel.number = null;
      if (!wasAsked && !final) continue;
      this.#forget(socket);
      socket.ended(code, reason);
    }
    if (!final && (this.#channels.size > 0 || this.#waiting > 0)) this.#connect();
  }

  #drop(): void {
    const wire = this.#wire;
    this.#wire = null;
    this.#open = false;
    this.#byNumber.clear();
    if (wire) {
      wire.onopen = null;
      wire.onmessage = null;
      wire.onclose = null;
    }
    if (this.#check !== null) clearInterval(this.#check);
    this.#check = null;
  }

  /** A network can vanish without a word: a socket that is silent for too long counts as lost. */
  #watch(): void {
    // Without a room nobody speaks unless there is news.
    if (this.#open && this.#channels.size === 0) return;
    const silent = Date.now() - this.#lastHeard;
    if (silent >= (this.#open ? SILENCE_LIMIT : OPENING_LIMIT)) this.#fail();
  }

  #fail(): void {
    const wire = this.#wire;
    this.#lost(LOST, "");
    wire?.close();
  }

  #rest(): void {
    this.#idle = null;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#notBefore = 0;
    const wire = this.#wire;
    this.#drop();
    this.#status.set("connecting");
    wire?.close(1000, "");
  }

  #write(envelope: Envelope): void {
    this.#wire?.send(encodeEnvelope(envelope));
  }
}

function roomSocketClass(carrier: Carrier, hooks: SocketHooks): new (url: string | URL) => VirtualSocket {
  return class RoomSocket extends VirtualSocket {
    constructor(url: string | URL) {
      super(String(url).replace(/^gloss:\/?/, ""), carrier, hooks);
    }
  };
}

/** Null for bytes that are no envelope: the server speaks something else, so the socket is useless. */
function readEnvelope(data: unknown): Envelope | null {
  if (!(data instanceof ArrayBuffer)) return null;
  try {
    return decodeEnvelope(new Uint8Array(data));
  } catch {
    return null;
  }
}

function room(address: string): string {
  return address.split("?", 1)[0] ?? address;
}

const muxes = new Map<string, Mux>();

/** The tab's multiplexer for a server; `baseUrl` empty means where the page came from. */
export function muxFor(baseUrl: string): Mux {
  const url = new URL("sync", new URL(baseUrl || "/", location.href));
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const existing = muxes.get(url.href);
  if (existing) return existing;
  const mux = new Mux({ url: url.href });
  muxes.set(url.href, mux);
  addEventListener("online", () => mux.hurry());
  addEventListener("offline", () => mux.cut());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") mux.hurry();
  });
  return mux;
}
