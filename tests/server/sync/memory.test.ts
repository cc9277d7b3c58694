import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { layer, TEXT } from "./server.ts";
import { down, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");

function fakeTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
}
beforeEach(() => {
  vi.useRealTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("[SYN-60] a room leaves memory a minute after the last connection, and nothing is lost by it", async () => {
  fakeTime();
  const world = new World();
  const rooms = (): number => world.tally.read?.().rooms ?? -1;
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(rooms()).toBe(1);
  ann.drop();
  await vi.advanceTimersByTimeAsync(58_000);
  expect(rooms()).toBe(1);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(rooms()).toBe(0);
  const bob = await world.join(LAYER, "bob", "viewer");
  expect(bob.map.has("m1")).toBe(true);
});

test("[SYN-60] rooms that were only read leave memory too, at once when there are many", async () => {
  fakeTime();
  const world = new World();
  const rooms = (): number => world.tally.read?.().rooms ?? -1;
  for (let at = 0; at < 300; at += 1) await world.hub.read(`article/a${at}/text`, () => null);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rooms()).toBe(200);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(rooms()).toBe(0);
});

test("[SYN-61] a long tail is folded into a snapshot beside the work, and says the same", async () => {
  const world = new World({ timings: { foldEntries: 20 } });
  const ann = await world.join(LAYER, "ann", "annotator");
  for (let at = 0; at < 30; at += 1) {
    ann.map.set(`m${at % 7}`, mark(`m${at}`));
    await world.settle();
  }
  while (!(await world.log.load(LAYER)).snapshot) await turns(1);
  const { snapshot, tail, lastSeq } = await world.log.load(LAYER);
  expect(lastSeq).toBe(30);
  expect(snapshot?.upTo).toBeGreaterThan(20);
  expect(tail.length).toBe(30 - (snapshot?.upTo ?? 0));
  const archived = new Y.Doc();
  for (const entry of await world.log.history(LAYER, 0, 100)) Y.applyUpdate(archived, entry.bytes);
  const stored = await world.stored(LAYER);
  expect(stored.getMap("annotations").toJSON()).toEqual(archived.getMap("annotations").toJSON());
  expect(Y.encodeStateVector(stored)).toEqual(Y.encodeStateVector(archived));
  ann.map.set("late", mark("late"));
  await world.settle();
  const bob = await world.join(LAYER, "bob", "viewer");
  expect(bob.map.toJSON()).toEqual(ann.map.toJSON());
});

test("[SYN-61] when no snapshot can be stored, the work goes on and it is not tried at every change", async () => {
  const world = new World({ timings: { foldEntries: 5 } });
  let tries = 0;
  world.log.hooks = {
    beforeCompact: () => {
      tries += 1;
      down();
    },
  };
  const ann = await world.join(LAYER, "ann", "annotator");
  for (let at = 0; at < 30; at += 1) {
    ann.map.set(`m${at}`, mark(`m${at}`));
    await world.settle();
  }
  while (!world.tally.failures.includes("fold")) await turns(1);
  ann.map.set("after", mark("after"));
  await world.settle();
  expect(tries).toBe(1);
  expect(ann.acks.at(-1)).toBe(ann.sent);
});

test("[SYN-61] loading and folding change nothing by themselves, idle marks stay as they were written", async () => {
  const disk = new MemoryDisk();
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const text = (doc: Y.Doc): Y.XmlText =>
    (doc.getXmlFragment("prosemirror").get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("some bold words stand here")]);
  docs[0].getXmlFragment("prosemirror").insert(0, [paragraph]);
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
  text(docs[0]).format(5, 10, { strong: {} });
  text(docs[1]).delete(5, 10);
  const entry = { room: TEXT, connection: "c", ranges: [], at: 0 };
  await new MemoryLog(disk).append(
    docs.map((doc, at) => ({
      ...entry,
      user: `u${at}`,
      binds: [doc.clientID],
      bytes: Y.encodeStateAsUpdate(doc),
    })),
  );
  const written = new Y.Doc();
  written.transact(() => {
    for (const doc of docs) Y.applyUpdate(written, Y.encodeStateAsUpdate(doc));
  });
  const world = new World({ disk, timings: { foldEntries: 1 } });
  expect(await world.hub.read(TEXT, documentHash)).toEqual(documentHash(written));
  while (!(await world.log.load(TEXT)).snapshot) await turns(1);
  const again = new World({ disk });
  expect(await again.hub.read(TEXT, documentHash)).toEqual(documentHash(written));
});

test("[SYN-62] drain writes what has arrived, asks everybody to come back and ends in time", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.map.set("m1", mark("m1"));
  const from = Date.now();
  const draining = world.hub.drain();
  expect(world.hub.ready).toBe(false);
  const late = await world.join(TEXT, "cy", "viewer");
  expect(late.closes).toEqual(["draining"]);
  while (ann.line.closes.length === 0 || bob.line.closes.length === 0) await turns(1);
  for (const client of [ann, bob]) client.drop();
  if (late.session) world.hub.leave(late.session);
  await draining;
  expect(Date.now() - from).toBeLessThan(5_000);
  expect([ann.line.closes, bob.line.closes]).toEqual([["draining"], ["draining"]]);
  expect(ann.acks.at(-1)).toBe(ann.sent);
  expect((await world.stored(LAYER)).getMap("annotations").has("m1")).toBe(true);
});

test("[SYN-62] drain ends in time although the log hangs", async () => {
  const world = new World({ timings: { drainLimit: 200 } });
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.settle();
  world.crash();
  ann.map.set("m1", mark("m1"));
  const from = Date.now();
  await world.hub.drain();
  expect(Date.now() - from).toBeLessThan(3_000);
});

test("[SYN-63] rooms, channels, commits, refusals and failures are counted", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.join(TEXT, "bob", "viewer");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  ann.line.buffered = 7;
  expect(world.tally.read?.()).toEqual({
    rooms: 2,
    sockets: 2,
    channels: 2,
    behind: 0,
    bufferedBytes: 7,
    writable: true,
  });
  expect(world.tally.commits).toEqual([1]);
  expect(world.tally.acknowledgements).toBeGreaterThan(0);
});
