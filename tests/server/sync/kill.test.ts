import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as decoding from "lib0/decoding";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { MESSAGE, readAck, SYNC } from "#shared/wire/messages.ts";
import { openSqliteLog } from "../../../server/store/sqlite/log.ts";
import { foldInto } from "../../../server/sync/fold.ts";
import { encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";
import { layer } from "./server.ts";

const ROOM = layer("ann");

async function serve(file: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./kill-server.ts", import.meta.url)), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return { child, url: line.toString().trim() };
}

/** Writes or reads one layer, and knows what it was told. */
class Person {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  readonly sent: string[] = [];
  acked = 0;
  #onAck: () => void = () => undefined;

  constructor(url: string, id: string, doc = new Y.Doc()) {
    this.doc = doc;
    this.socket = new WebSocket(`${url}/${ROOM}?token=${id}.annotator&gloss=1`);
    this.socket.on("error", () => undefined);
    this.socket.on("open", () => this.socket.send(encodeStep1(Y.encodeStateVector(doc))));
    this.socket.on("message", (data: Buffer) => this.#take(data));
  }

  /** Resolves when so many of its own frames are said to be on disk. */
  async untilAcked(count: number): Promise<void> {
    while (this.acked < count) {
      await new Promise<void>((resolve) => {
        this.#onAck = resolve;
      });
    }
  }

  write(id: string): void {
    const send = (update: Uint8Array): void => this.socket.send(encodeUpdate(update));
    this.doc.once("update", send);
    this.doc.getMap("annotations").set(id, { id });
    this.sent.push(id);
  }

  #take(data: Buffer): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.ack) {
      this.acked = readAck(decoder);
      this.#onAck();
    }
    if (type !== MESSAGE.sync) return;
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step !== SYNC.step1) Y.applyUpdate(this.doc, bytes);
    else this.socket.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, bytes)));
  }
}

async function stored(file: string): Promise<Y.Doc> {
  const log = await openSqliteLog({ file });
  const { snapshot, tail } = await log.load(ROOM);
  await log.close();
  const doc = new Y.Doc();
  foldInto(
    doc,
    snapshot?.state ?? null,
    tail.map((entry) => entry.bytes),
  );
  return doc;
}

test("[SYN-3] after kill -9 under load, all that was acknowledged or received by a colleague is on disk", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gloss-kill-"));
  const file = path.join(folder, "log.db");
  const safe = new Set<string>();
  let copy = new Y.Doc();
  try {
    for (let round = 0; round < 2; round += 1) {
      const { child, url } = await serve(file);
      const reader = new Person(url, "bob");
      const writer = new Person(url, "ann", copy);
      // The answer to the server's question for our state is the first frame.
      await writer.untilAcked(1);
      for (const id of copy.getMap("annotations").keys()) safe.add(id);
      const flood = setInterval(() => {
        for (let at = 0; at < 5; at += 1) writer.write(`r${round}-${writer.sent.length}`);
      }, 4);
      await writer.untilAcked(50 + round * 133);
      child.kill("SIGKILL");
      await once(child, "exit");
      clearInterval(flood);
      for (const id of writer.sent.slice(0, writer.acked - 1)) safe.add(id);
      const seen = [...reader.doc.getMap("annotations").keys()];
      expect(seen.length).toBeGreaterThan(0);
      const present = (await stored(file)).getMap("annotations");
      expect([...safe].filter((id) => !present.has(id))).toEqual([]);
      expect(seen.filter((id) => !present.has(id))).toEqual([]);
      // The writer comes back with all it has, as from its local copy.
      copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(writer.doc));
      for (const { socket } of [reader, writer]) socket.terminate();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
