import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { deflateRawSync } from "node:zlib";

/** Bytes of one websocket frame as a client sends it, true or not. */
export type FrameSpec = {
  readonly first: number;
  readonly payload?: Uint8Array;
  readonly masked?: boolean;
  /** Written instead of the length: a byte of 126 or 127 and what follows. */
  readonly length?: readonly number[];
};

export function frame({ first, payload = new Uint8Array(), masked = true, length }: FrameSpec): Buffer {
  const size = payload.length;
  const short = size < 126 ? [size] : [126, size >> 8, size & 0xff];
  const long = [127, 0, 0, 0, 0, size >>> 24, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
  const [head = 0, ...rest] = length ?? (size < 65_536 ? short : long);
  const mask = masked ? [1, 2, 3, 4] : [];
  const body = payload.map((byte, at) => (masked ? byte ^ (mask[at % 4] ?? 0) : byte));
  return Buffer.from([first, masked ? head | 0x80 : head, ...rest, ...mask, ...body]);
}

const BINARY = 0x82;
const TEXT = 0x81;
const hello = new TextEncoder().encode("hello");

/** What no websocket client may send. */
export function brokenFrames(): readonly (readonly [title: string, bytes: Buffer])[] {
  const bomb = deflateRawSync(new Uint8Array(64 * 1024 * 1024));
  return [
    ...[0x40, 0x20, 0x10, 0x70].map(
      (bits) =>
        [`reserved bits ${bits.toString(16)}`, frame({ first: BINARY | bits, payload: hello })] as const,
    ),
    ["64 MiB of zeros, deflated", frame({ first: BINARY | 0x40, payload: bomb })],
    ["a frame without a mask", frame({ first: BINARY, payload: hello, masked: false })],
    ...[3, 7, 11, 15].map(
      (opcode) => [`a frame of kind ${opcode}`, frame({ first: 0x80 | opcode, payload: hello })] as const,
    ),
    ["a ping in pieces", frame({ first: 0x09, payload: hello })],
    ["a ping of 200 bytes", frame({ first: 0x89, payload: new Uint8Array(200) })],
    ["a frame of 2^40 bytes", frame({ first: BINARY, length: [127, 0, 0, 1, 0, 0, 0, 0, 0] })],
    ["a frame of 2^63 bytes", frame({ first: BINARY, length: [127, 0x80, 0, 0, 0, 0, 0, 0, 0] })],
    ["the rest of nothing", frame({ first: 0x80, payload: hello })],
    [
      "a beginning after a beginning",
      Buffer.concat([frame({ first: 0x02, payload: hello }), frame({ first: 0x02, payload: hello })]),
    ],
    ["text", frame({ first: TEXT, payload: hello })],
    ["text that is none", frame({ first: TEXT, payload: Uint8Array.of(0xff, 0xfe) })],
    ["a close with one byte", frame({ first: 0x88, payload: Uint8Array.of(3) })],
    ["a close with a code that is none", frame({ first: 0x88, payload: Uint8Array.of(0, 1) })],
    [
      "a close with a reason that is no text",
      frame({ first: 0x88, payload: Uint8Array.of(3, 0xe8, 0xff, 0xff) }),
    ],
    ["noise", randomBytes(4_096)],
    ["a message in five thousand pieces", pieces(5_000)],
  ];
}

function pieces(count: number): Buffer {
  const middle = Array.from({ length: count }, () => frame({ first: 0, payload: Uint8Array.of(0) }));
  return Buffer.concat([frame({ first: 0x02, payload: hello }), ...middle, frame({ first: 0x80 })]);
}

export type RawSocket = { readonly socket: Socket; readonly answer: string };

/** A socket to the server by hand, after the handshake, with the server's answer to it. */
export async function rawSocket(url: string, path: string): Promise<RawSocket> {
  const { hostname, pathname } = new URL(url);
  const socket = await bareSocket(url);
  const answered = once(socket, "data") as Promise<[Buffer]>;
  socket.write(
    [
      `GET ${pathname}${path} HTTP/1.1`,
      `Host: ${hostname}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
      "",
      "",
    ].join("\r\n"),
  );
  const [answer] = await answered;
  socket.resume();
  return { socket, answer: answer.toString("latin1") };
}

export async function bareSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** However a socket ends: `once` of node:events would take a reset for a failure. */
export async function ended(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
}
