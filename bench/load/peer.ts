import { connect, type Socket } from "node:net";

/**
 * A websocket client that costs next to nothing, so that the server is what is measured: it reads into
 * one buffer shared by all peers and copies a message only when it comes in pieces.
 */
export type PeerOptions = {
  readonly port: number;
  readonly path: string;
  /** Told of each whole binary message; the bytes may be used only during the call. Without it bytes are counted alone. */
  readonly onMessage?: (message: Uint8Array) => void;
  /** Of messages that come in pieces only the first bytes are kept: for counting, not for reading. */
  readonly skim?: boolean;
};

const READ_BYTES = 256 * 1024;
const shared = Buffer.allocUnsafe(READ_BYTES);
const SKIMMED_BYTES = 64;
const OPEN_LIMIT = 15_000;
const OPCODE = { binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A message of which more is to come. */
type Partial = { readonly opcode: number; readonly bytes: Buffer; have: number; left: number };

export class Peer {
  /** Bytes read since the handshake. */
  bytes = 0;
  closed = false;
  /** The code of the server's close frame. */
  closeCode: number | null = null;
  onClose: (() => void) | null = null;
  readonly #options: PeerOptions;
  readonly #socket: Socket;
  #head: Buffer = Buffer.alloc(0);
  #partial: Partial | null = null;
  #early: Buffer | null = null;
  #opened: (() => void) | null = null;

  private constructor(options: PeerOptions, ready: () => void, failed: (error: Error) => void) {
    this.#options = options;
    this.#opened = ready;
    this.#socket = connect({
      host: "127.0.0.1",
      port: options.port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (count: number) => {
          this.#read(shared.subarray(0, count));
          return true;
        },
      },
    });
    this.#socket.on("error", failed);
    this.#socket.on("close", () => {
      this.closed = true;
      failed(new Error("the server closed the connection"));
      this.onClose?.();
    });
    this.#socket.write(
      `GET ${options.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
  }

  /** Resolves after the handshake; rejects when there is none. */
  static async open(options: PeerOptions): Promise<Peer> {
    let timer: NodeJS.Timeout | null = null;
    try {
      return await new Promise<Peer>((resolve, reject) => {
        const peer: Peer = new Peer(options, () => resolve(peer), reject);
        timer = setTimeout(() => {
          peer.destroy();
          reject(new Error(`no handshake within ${OPEN_LIMIT} ms`));
        }, OPEN_LIMIT);
      });
    } finally {
      if (timer) clearTimeout(timer);
    }
  }

  /** Sends one binary message. */
  send(message: Uint8Array): void {
    this.write(toFrame(message));
  }

  /** Writes bytes that are frames already; those written in one turn leave together. */
  write(bytes: Uint8Array): void {
    if (this.closed) return;
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      process.nextTick(() => this.#socket.uncork());
    }
    this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#opened) {
      const text = Buffer.concat([this.#head, chunk]);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#head = text;
        return;
      }
      if (!text.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) {
        this.destroy();
        return;
      }
      this.#head = Buffer.alloc(0);
      const opened = this.#opened;
      this.#opened = null;
      // What came with the handshake waits until whoever opened it is ready.
      this.#early = Buffer.from(text.subarray(end + 4));
      opened();
      setImmediate(() => {
        const early = this.#early;
        this.#early = null;
        if (early) this.#take(early);
      });
      return;
    }
    if (this.#early) this.#early = Buffer.concat([this.#early, chunk]);
    else this.#take(chunk);
  }

  #take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (!this.#options.onMessage) return;
    let bytes = this.#fill(chunk);
    if (bytes.length === 0) return;
    if (this.#head.length > 0) {
      bytes = Buffer.concat([this.#head, bytes]);
      this.#head = Buffer.alloc(0);
    }
    while (bytes.length > 0) {
      const start = headLength(bytes);
      if (bytes.length < start) {
        this.#head = Buffer.from(bytes);
        return;
      }
      const opcode = (bytes[0] ?? 0) & 0x0f;
      const length = payloadLength(bytes);
      const have = bytes.subarray(start, start + length);
      if (have.length < length) {
        this.#begin(opcode, length, have);
        return;
      }
      this.#handle(opcode, have);
      bytes = bytes.subarray(start + length);
    }
  }

  #begin(opcode: number, length: number, have: Buffer): void {
    const kept = this.#options.skim === true ? Math.min(length, SKIMMED_BYTES) : length;
    const bytes = Buffer.allocUnsafe(kept);
    const copied = have.copy(bytes);
    this.#partial = { opcode, bytes, have: copied, left: length - have.length };
  }

  /** Adds to the message that is under way; answers with what is beyond it. */
  #fill(chunk: Buffer): Buffer {
    const partial = this.#partial;
    if (!partial) return chunk;
    const take = Math.min(partial.left, chunk.length);
    partial.left -= take;
    if (partial.have < partial.bytes.length) partial.have += chunk.copy(partial.bytes, partial.have, 0, take);
    if (partial.left > 0) return chunk.subarray(chunk.length);
    this.#partial = null;
    this.#handle(partial.opcode, partial.bytes);
    return chunk.subarray(take);
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.binary) this.#options.onMessage?.(payload);
    else if (opcode === OPCODE.ping) this.write(toFrame(payload, OPCODE.pong));
    else if (opcode === OPCODE.close) {
      this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : null;
      this.destroy();
    }
  }
}

function headLength(bytes: Buffer): number {
  const length = (bytes[1] ?? 0) & 0x7f;
  return length < 126 ? 2 : length === 126 ? 4 : 10;
}

function payloadLength(bytes: Buffer): number {
  const length = (bytes[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  return length === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
}

/** A client's frame; the mask of zeros leaves the bytes as they are. */
export function toFrame(message: Uint8Array, opcode: number = OPCODE.binary): Uint8Array {
  const { length } = message;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.alloc(start + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (start === 2 ? length : start === 4 ? 126 : 127);
  if (start === 4) frame.writeUInt16BE(length, 2);
  else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, start + 4);
  return frame;
}
