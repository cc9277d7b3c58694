import type { Socket as NetSocket } from "node:net";
import type { RawData, WebSocket } from "ws";
import { CLOSE, type CloseName } from "#shared/wire/close.ts";
import type { Carrier } from "./mux.ts";
import type { Line } from "./session.ts";
import { toFrames } from "./transport.ts";

const EMPTY = new Uint8Array(0);

/** A binary message, or one that is not. */
export type Heard = Uint8Array | "text";

/**
 * One websocket. What is written in one turn of the event loop leaves in one piece. Frames are written
 * to the network socket directly: a broadcast is framed once and not once for each receiver.
 */
export class Socket implements Carrier, Line {
  readonly #ws: WebSocket;
  readonly #net: NetSocket;
  #corked = false;
  readonly #openedAt = Date.now();
  #heardAt = Date.now();
  #pingedAt = Date.now();
  /** The client has sent a message; answering pings alone is no reason to keep a socket. */
  #spoke = false;
  #ended = false;

  constructor(ws: WebSocket, net: NetSocket) {
    this.#ws = ws;
    this.#net = net;
    ws.binaryType = "nodebuffer";
    // A broken connection ends in `close`, which is where it is dealt with.
    ws.on("error", () => undefined);
    ws.on("pong", () => {
      this.#heardAt = Date.now();
    });
  }

  /** Bytes handed over and not yet taken by the network. */
  get buffered(): number {
    return this.#net.writableLength;
  }

  get open(): boolean {
    return !this.#ended && this.#ws.readyState === this.#ws.OPEN;
  }

  /** Holds back what the client sends until `listen`. */
  hold(): void {
    this.#ws.pause();
  }

  listen(heard: (message: Heard) => void): void {
    this.#ws.on("message", (data: RawData, isBinary: boolean) => {
      if (this.#ended) return;
      this.#heardAt = Date.now();
      this.#spoke = true;
      // With `nodebuffer` a message is always one Buffer.
      heard(isBinary ? (data as Buffer) : "text");
    });
    this.#ws.resume();
  }

  /** Called once, however it ends. */
  onEnd(ended: () => void): void {
    this.#ws.once("close", ended);
  }

  /** Sends one message for each of `messages`, with `head` before it. */
  send(messages: readonly Uint8Array[], head: Uint8Array = EMPTY): void {
    this.write(toFrames(messages, head));
  }

  /** Writes whole websocket frames. */
  write(frames: readonly Uint8Array[]): void {
    if (!this.open) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#net.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#net.uncork();
      });
    }
    for (const frame of frames) this.#net.write(frame);
  }

  /** Closes with a named code; what is still heard is ignored. */
  close(name: CloseName): void {
    if (this.#ended) return;
    this.#ended = true;
    // Reads on, or the client's own close would never be seen.
    this.#ws.resume();
    this.#ws.close(CLOSE[name], name);
  }

  cut(): void {
    this.#ended = true;
    this.#ws.terminate();
  }

  /** Pings when it is time; false when nothing was heard for `silence` milliseconds, or never a message. */
  beat(now: number, heartbeat: number, silence: number): boolean {
    if (now - (this.#spoke ? this.#heardAt : this.#openedAt) > silence) return false;
    if (now - this.#pingedAt >= heartbeat && this.open) {
      this.#pingedAt = now;
      this.#ws.ping();
    }
    return true;
  }
}
