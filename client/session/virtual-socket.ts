/**
 * One room's socket inside the one physical socket. It looks like a browser WebSocket to
 * y-websocket's provider, which compares `readyState` with the constants on the instance.
 */

/** What a virtual socket needs of the multiplexer. */
export interface Carrier {
  attach(socket: VirtualSocket): void;
  detach(socket: VirtualSocket): void;
  send(socket: VirtualSocket, payload: Uint8Array): void;
}

/** The room's say in what leaves it. */
export type SocketHooks = {
  /** Asked for every frame before it is sent; false keeps it here. */
  readonly beforeSend: (frame: Uint8Array) => boolean;
};

type MessageListener = ((event: { readonly data: Uint8Array }) => void) | null;
type CloseListener = ((event: { readonly code: number; readonly reason: string }) => void) | null;
type PlainListener = ((event: unknown) => void) | null;

const STATE = { connecting: 0, open: 1, closing: 2, closed: 3 } as const;

export class VirtualSocket {
  static readonly CONNECTING = STATE.connecting;
  static readonly OPEN = STATE.open;
  static readonly CLOSING = STATE.closing;
  static readonly CLOSED = STATE.closed;

  readonly CONNECTING = STATE.connecting;
  readonly OPEN = STATE.open;
  readonly CLOSING = STATE.closing;
  readonly CLOSED = STATE.closed;

  binaryType = "arraybuffer";
  readyState: number = STATE.connecting;
  onopen: PlainListener = null;
  onmessage: MessageListener = null;
  onclose: CloseListener = null;
  onerror: PlainListener = null;

  /** Room and query, as they stand after `/sync/`. */
  readonly address: string;
  readonly #carrier: Carrier;
  readonly #hooks: SocketHooks;

  constructor(address: string, carrier: Carrier, hooks: SocketHooks) {
    this.address = address;
    this.#carrier = carrier;
    this.#hooks = hooks;
    carrier.attach(this);
  }

  /** Sends one y-websocket message; silently dropped unless open, as after a close. */
  send(data: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== STATE.open) return;
    const frame = data instanceof Uint8Array ? data : new Uint8Array(data);
    if (this.#hooks.beforeSend(frame)) this.#carrier.send(this, frame);
  }

  close(): void {
    if (this.readyState === STATE.closed) return;
    this.readyState = STATE.closed;
    this.#carrier.detach(this);
  }

  /** The carrier's side: the server has opened the channel. */
  opened(): void {
    this.readyState = STATE.open;
    this.onopen?.({ type: "open" });
  }

  received(data: Uint8Array): void {
    if (this.readyState === STATE.open) this.onmessage?.({ data });
  }

  /** The carrier's side: the channel or the physical socket has ended. */
  ended(code: number, reason: string): void {
    if (this.readyState === STATE.closed) return;
    this.readyState = STATE.closed;
    this.onclose?.({ code, reason });
  }
}
