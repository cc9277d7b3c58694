import { pino } from "pino";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { Folder } from "../../../server/sync/folder.ts";
import { Tally } from "./world.ts";

const ROOM = "article/a1/layer/ann";

async function logWith(bytes: number): Promise<MemoryLog> {
  const log = new MemoryLog(new MemoryDisk());
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const map = doc.getMap("annotations");
  for (let at = 0; at < 100; at += 1) map.set(`m${at}`, { id: `m${at}`, note: "x".repeat(bytes / 100) });
  const entry = { room: ROOM, user: "ann", connection: "c", ranges: [], at: 0 };
  await log.append(updates.map((update) => ({ ...entry, binds: [], bytes: update })));
  return log;
}

function folderOn(log: MemoryLog): { folder: Folder; tally: Tally } {
  const tally = new Tally();
  return { folder: new Folder(log, { logger: pino({ level: "silent" }), metrics: tally }), tally };
}

test("[SYN-61] a small room and a large one are folded into what their entries say", async () => {
  for (const bytes of [10_000, 300_000]) {
    const log = await logWith(bytes);
    const { folder } = folderOn(log);
    const upTo = await new Promise<number>((resolve) => {
      folder.request({ name: ROOM, folded: resolve });
    });
    expect(upTo).toBe(100);
    await folder.stop();
    const { snapshot, tail } = await log.load(ROOM);
    expect(tail).toEqual([]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, snapshot?.state ?? new Uint8Array());
    expect(doc.getMap("annotations").size).toBe(100);
    expect(doc.getMap<{ note: string }>("annotations").get("m99")?.note.length).toBe(bytes / 100);
  }
});

test("[SYN-62] folding that is under way ends at once with the server, and counts as no failure", async () => {
  const log = await logWith(8_000_000);
  const { folder, tally } = folderOn(log);
  const folded: number[] = [];
  folder.request({ name: ROOM, folded: (upTo) => void folded.push(upTo) });
  const from = performance.now();
  await folder.stop();
  expect(performance.now() - from).toBeLessThan(1_000);
  folder.request({ name: ROOM, folded: (upTo) => void folded.push(upTo) });
  await folder.idle();
  expect(folded).toEqual([]);
  expect(tally.failures).toEqual([]);
  expect((await log.load(ROOM)).tail.length).toBe(100);
});
