import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import * as Y from "yjs";
import { encodeStep1, encodeUpdate } from "../server/sync/messages.ts";

/**
 * Fan-out: edits delivered a second while the 99th percentile stays under 100 ms, 20 rooms of 10
 * clients, 2 of them writing. The clients are bare sockets, so that the server is what is measured;
 * one client of each room decodes what it gets and counts edits, the others only read.
 */
const ROOMS = 20;
const CLIENTS = 10;
const WRITERS = 2;
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3);
const WORST = 100;

type Writer = {
  readonly client: number;
  readonly socket: Socket;
  readonly updates: readonly Uint8Array[];
  readonly sentAt: Float64Array;
  sent: number;
};
type Room = { readonly writers: Writer[]; readonly seen: Map<number, number> };

class Meter {
  readonly latencies: number[] = [];
  edits = 0;
}

const PREPARED = Number(process.env["BENCH_EDITS"] ?? 40_000);

function prepare(): { client: number; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(frame(encodeUpdate(update))));
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  doc.transact(() => {
    doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
    paragraph.insert(0, [text]);
  });
  for (let at = 0; at < PREPARED; at += 1) text.insert(at, "abcdefghij klmno "[at % 17] ?? "x");
  return { client: doc.clientID, updates };
}

/** A client's websocket frame; the mask of zeros leaves the bytes as they are. */
function frame(message: Uint8Array): Uint8Array {
  if (message.length > 125) throw new Error("only short frames are sent");
  const bytes = new Uint8Array(6 + message.length);
  bytes[0] = 0x82;
  bytes[1] = 0x80 | message.length;
  bytes.set(message, 6);
  return bytes;
}

async function open(port: number, room: number, name: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.write(
    `GET /sync/article/r${room}/text?token=${name} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n` +
      "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  await once(socket, "data");
  return socket;
}

/** Calls `take` with each message that comes in a server's frames. */
function read(socket: Socket, take: (message: Uint8Array) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      if (bytes.length < 2) break;
      let length = (bytes[1] ?? 0) & 0x7f;
      let start = 2;
      if (length === 126) {
        if (bytes.length < 4) break;
        length = bytes.readUInt16BE(2);
        start = 4;
      } else if (length === 127) {
        if (bytes.length < 10) break;
        length = Number(bytes.readBigUInt64BE(2));
        start = 10;
      }
      if (bytes.length < start + length) break;
      if ((bytes[0] ?? 0) === 0x82) take(bytes.subarray(start, start + length));
      bytes = bytes.subarray(start + length);
    }
    rest = bytes;
  });
}

function observe(room: Room, message: Uint8Array, meter: Meter): void {
  if (message[0] !== 0 || message[1] !== 2) return;
  let at = 2;
  while (((message[at] ?? 0) & 0x80) !== 0) at += 1;
  const now = performance.now();
  for (const [client, to] of Y.parseUpdateMeta(message.subarray(at + 1)).to) {
    const writer = room.writers.find((known) => known.client === client);
    if (!writer) continue;
    const from = room.seen.get(client) ?? 0;
    room.seen.set(client, to);
    // The first update has two structs, the others one each.
    for (let clock = Math.max(from, 2); clock < to; clock += 1) {
      meter.latencies.push(now - (writer.sentAt[clock - 1] ?? now));
      meter.edits += 1;
    }
  }
}

async function run(
  kind: string,
  rate: number,
  prepared: ReturnType<typeof prepare>[],
): Promise<{ deliveries: number; p50: number; p99: number; lag: number }> {
  const child = spawn(
    process.execPath,
    [
      ...(process.env["BENCH_NODE"]?.split(" ") ?? []),
      new URL("./fanout-server.ts", import.meta.url).pathname,
      kind,
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const port = await portOf(child);
  const meter = new Meter();
  const sockets: Socket[] = [];
  const writers: Writer[] = [];
  for (let number = 0; number < ROOMS; number += 1) {
    const room: Room = { writers: [], seen: new Map() };
    for (let at = 0; at < CLIENTS; at += 1) {
      const socket = await open(port, number, `u${at}`);
      sockets.push(socket);
      if (kind === "gloss") socket.write(frame(encodeStep1(new Uint8Array([0]))));
      const source = prepared[number * WRITERS + at];
      if (at < WRITERS && source) {
        const writer = { ...source, socket, sentAt: new Float64Array(PREPARED + 2), sent: 0 };
        room.writers.push(writer);
        writers.push(writer);
      }
      if (at === CLIENTS - 1) read(socket, (message) => observe(room, message, meter));
      else socket.resume();
    }
  }
  const start = performance.now();
  const end = start + SECONDS * 1000;
  let measuring = false;
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      if (!measuring && now - start > 700) {
        measuring = true;
        meter.edits = 0;
        meter.latencies.length = 0;
      }
      if (now > end) {
        resolve();
        return;
      }
      const due = Math.floor(((now - start) / 1000) * (rate / writers.length));
      for (const writer of writers) {
        writer.socket.cork();
        for (; writer.sent < due && writer.sent < writer.updates.length; writer.sent += 1) {
          writer.sentAt[writer.sent] = performance.now();
          writer.socket.write(writer.updates[writer.sent] as Uint8Array);
        }
        writer.socket.uncork();
      }
      setTimeout(tick, 1);
    };
    tick();
  });
  const seconds = (performance.now() - start - 700) / 1000;
  const sorted = Float64Array.from(meter.latencies).sort();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
  const deliveries = (meter.edits * (CLIENTS - 1)) / seconds;
  for (const socket of sockets) socket.destroy();
  const cpu = cpuOf(child);
  child.kill("SIGTERM");
  await once(child, "exit");
  console.log(
    `  server cpu ${(await cpu).toFixed(0)} ms, ${(((await cpu) * 1000) / (writers.reduce((sum, writer) => sum + writer.sent, 0) * (CLIENTS - 1))).toFixed(2)} us a delivery`,
  );
  return { deliveries, p50: at(0.5), p99: at(0.99), lag: rate * (CLIENTS - 1) };
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error("the server did not start");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return Number(String(line));
}

async function cpuOf(child: ChildProcess): Promise<number> {
  let text = "";
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  return (JSON.parse(text) as { cpu: number }).cpu;
}

const prepared = Array.from({ length: ROOMS * WRITERS }, prepare);
const kinds = process.argv.slice(2);
for (const kind of kinds.length > 0 ? kinds : ["relay", "gloss"]) {
  let best = 0;
  for (let rate = Number(process.env["BENCH_RATE"] ?? 8_000); ; rate *= 1.25) {
    const result = await run(kind, Math.round(rate), prepared);
    const line = `${kind} offered ${Math.round(result.lag)} delivered ${Math.round(result.deliveries)}/s p50 ${result.p50.toFixed(1)} p99 ${result.p99.toFixed(1)} ms`;
    console.log(line);
    if (result.p99 > WORST || result.deliveries < result.lag * 0.9) break;
    best = Math.max(best, result.deliveries);
  }
  console.log(`${kind}: ${Math.round(best)} deliveries/s at p99 < ${WORST} ms`);
}
