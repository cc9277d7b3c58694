import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { layer, TEXT } from "./server.ts";
import { type Client, mark, World } from "./world.ts";

const LAYER = layer("ann");
/** All rooms with content count as large. */
const timings = { buildBytes: 10 };

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function diskWith(...keys: readonly string[]): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const world = new World({ disk });
  const ann = await world.join(LAYER, "ann", "annotator");
  for (const key of keys) {
    ann.map.set(key, mark(key.repeat(40)));
    await world.settle();
  }
  ann.drop();
  return disk;
}

async function pass(world: World, milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await world.settle();
}

/** How often somebody was asked for what they have. */
function asked(client: Client): number {
  return client.received.filter(({ type, step }) => type === MESSAGE.sync && step === SYNC.step1).length;
}

test("[SYN-64] what is stored of a large room is sent before it is a document, and the question comes after", async () => {
  const world = new World({ disk: await diskWith("a", "b", "c"), timings });
  const bob = await world.join(LAYER, "bob", "viewer");
  expect([...bob.map.keys()].toSorted()).toEqual(["a", "b", "c"]);
  expect(asked(bob)).toBe(0);
  bob.unsent = 5;
  await pass(world, 500);
  // While somebody is being sent it, nothing else is begun.
  expect(asked(bob)).toBe(0);
  bob.unsent = 0;
  await pass(world, 50);
  expect(asked(bob)).toBe(1);
});

test("[SYN-64] a large room is built at the latest after a second, though somebody reads slowly", async () => {
  const world = new World({ disk: await diskWith("a"), timings });
  const bob = await world.join(LAYER, "bob", "viewer");
  bob.unsent = 5;
  await pass(world, 1_100);
  expect(asked(bob)).toBe(1);
});

test("[SYN-64] who writes, and who knows a part already, do not wait for it", async () => {
  const world = new World({ disk: await diskWith("a", "b"), timings });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("new", mark("new"));
  await world.settle();
  expect(ann.acks.at(-1)).toBe(ann.sent);
  expect((await world.stored(LAYER)).getMap("annotations").size).toBe(3);
  ann.drop();
  const again = new World({ disk: world.disk, timings });
  const back = await again.join(LAYER, "ann", "annotator", { doc: ann.doc });
  expect(back.map.size).toBe(3);
  await again.settle();
  expect(asked(back)).toBe(1);
  expect(await again.hub.read(LAYER, (doc) => doc.getMap("annotations").size)).toBe(3);
});

test("[SYN-64] what was changed meanwhile without a connection is written once it is asked for", async () => {
  const disk = await diskWith("a");
  const world = new World({ disk, timings });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.drop();
  ann.map.set("offline", mark("offline"));
  const again = new World({ disk, timings });
  const back = await again.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await pass(again, 200);
  expect(back.acks.at(-1)).toBe(back.sent);
  expect((await again.stored(LAYER)).getMap("annotations").has("offline")).toBe(true);
});

test("[SYN-64] large rooms are built one after another", async () => {
  const disk = await diskWith("a");
  const world = new World({ disk, timings });
  const rooms = [LAYER, layer("eve"), layer("ian")];
  for (const room of rooms.slice(1)) {
    const writer = await world.join(room, room.split("/").at(-1) ?? "", "annotator");
    writer.map.set("m", mark("m".repeat(40)));
    await world.settle();
  }
  const again = new World({ disk, timings });
  const readers: Client[] = [];
  for (const room of rooms) readers.push(await again.join(room, "bob", "viewer"));
  const seen = (): number => readers.filter((reader) => asked(reader) > 0).length;
  await pass(again, 30);
  expect(seen()).toBe(1);
  await pass(again, 100);
  expect(seen()).toBe(2);
  await pass(again, 100);
  expect(seen()).toBe(3);
});

test("[SYN-64] stored changes that make no document close the room with unavailable, and harm no other", async () => {
  const disk = await diskWith("a");
  const log = new MemoryLog(disk);
  const [entry] = (await log.load(LAYER)).tail;
  if (!entry) throw new Error("nothing was stored");
  await log.append([{ ...entry, binds: [], bytes: entry.bytes.slice(0, -30) }]);
  const world = new World({ disk, timings });
  const reader = await world.join(LAYER, "cy", "viewer", { deaf: true, silent: true });
  reader.ask(new Uint8Array([0]));
  await pass(world, 50);
  reader.ask(new Uint8Array([0]));
  await pass(world, 50);
  expect(reader.closes).toEqual(["unavailable"]);
  const other = await world.join(TEXT, "ed", "editor");
  expect(other.open).toBe(true);
});
