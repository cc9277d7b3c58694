import { expect, test } from "vitest";
import * as Y from "yjs";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory/log.ts";
import { StoreCorrupt, StoreUnavailable } from "../../../server/store/log.ts";
import { layer, TEXT } from "./server.ts";
import { type Client, down, Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");
const TIMES = { refuge: 1, probe: 1 };

async function closed(client: Client): Promise<string | undefined> {
  while (client.closes.length === 0) await turns(1);
  return client.closes[0];
}

async function writable(world: World): Promise<void> {
  while (!world.hub.ready) await turns(1);
}

test("[SYN-5] a change that cannot be written is taken back, neither shown nor acknowledged, and its writer asked to return", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  const acked = ann.acks.at(-1);
  world.log.hooks = { beforeCommit: down, onProbe: down };
  ann.map.set("m2", mark("m2"));
  expect(await closed(ann)).toBe("unavailable");
  expect(ann.acks.at(-1)).toBe(acked);
  expect([...bob.map.keys()]).toEqual(["m1"]);
  expect(bob.open).toBe(true);
  expect(await world.hub.read(LAYER, (doc) => [...doc.getMap("annotations").keys()])).toEqual(["m1"]);
  expect(world.tally.failures).toContain("append");
});

test("[SYN-6] while the log cannot be written, reading goes on and who writes reads on before being asked to return", async () => {
  const world = new World({ timings: { ...TIMES, refuge: 30 } });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  world.log.hooks = { beforeCommit: down, onProbe: down };
  ann.map.set("m2", mark("m2"));
  await closed(ann);
  expect(world.hub.ready).toBe(false);
  const bob = await world.join(LAYER, "bob", "viewer");
  expect([...bob.map.keys()]).toEqual(["m1"]);
  // Back with the change that was not saved: the state comes, the change is not acknowledged.
  const again = await world.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await turns(3);
  expect(again.open).toBe(true);
  expect(again.acks).toEqual([]);
  expect(await closed(again)).toBe("unavailable");
  await expect(world.hub.write(LAYER, null, () => undefined)).rejects.toBeInstanceOf(StoreUnavailable);
});

test("[SYN-6] when the log can be written again, everything goes on by itself", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  await world.settle();
  world.log.hooks = { beforeCommit: down, onProbe: down };
  ann.map.set("m1", mark("m1"));
  await closed(ann);
  world.log.hooks = {};
  await writable(world);
  const again = await world.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await world.settle();
  await turns(2);
  await world.settle();
  expect(again.acks.at(-1)).toBe(again.sent);
  expect([...bob.map.keys()]).toEqual(["m1"]);
});

test("[SYN-6] frames without news are acknowledged while the log cannot be written", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  world.log.hooks = { beforeCommit: down, onProbe: down };
  const cy = await world.join(layer("cy"), "cy", "annotator");
  cy.map.set("c1", mark("c1"));
  await closed(cy);
  ann.update(Y.encodeStateAsUpdate(ann.doc));
  await world.settle();
  expect(ann.acks.at(-1)).toBe(ann.sent);
});

test("[SYN-5] a write that failed after it had reached the disk is shown to everybody and doubled for nobody", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  await world.settle();
  let failed = false;
  world.log.hooks = {
    afterCommit: () => {
      if (failed) return;
      failed = true;
      down();
    },
  };
  ann.map.set("m1", mark("m1"));
  await closed(ann);
  await writable(world);
  await world.settle();
  expect([...bob.map.keys()]).toEqual(["m1"]);
  const again = await world.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await world.settle();
  expect(again.acks.at(-1)).toBe(again.sent);
  expect((await world.log.history(LAYER, 0, 10)).length).toBe(1);
});

test("[SYN-5] a room whose changes the log refuses takes no other room along", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(layer("bob"), "bob", "annotator");
  await world.settle();
  world.log.hooks = {
    beforeCommit: (entries) => {
      if (entries.some((entry) => entry.room === LAYER)) throw new Error("a bug over one room");
    },
  };
  ann.map.set("m1", mark("m1"));
  bob.map.set("b1", mark("b1"));
  expect(await closed(ann)).toBe("unavailable");
  expect(bob.open).toBe(true);
  expect(bob.acks.at(-1)).toBe(bob.sent);
});

test("[SYN-8] a room that cannot be read closes with unavailable and never starts empty over what is there", async () => {
  const disk = new MemoryDisk();
  const first = new World({ disk });
  const ann = await first.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await first.settle();
  const world = new World({ disk });
  world.log.hooks = {
    beforeLoad: (room) => {
      if (room === LAYER) throw new StoreCorrupt("a row cannot be read");
    },
  };
  const again = await world.join(LAYER, "ann", "annotator", { doc: ann.doc });
  expect(again.closes).toEqual(["unavailable"]);
  const other = await world.join(TEXT, "ann", "editor");
  expect(other.open).toBe(true);
  expect((await world.log.history(LAYER, 0, 10)).length).toBe(1);
  expect(world.tally.failures).toContain("load");
});

test("[SYN-8] stored changes that do not make a whole document are not served", async () => {
  const disk = new MemoryDisk();
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getMap("annotations").set("m1", mark("m1"));
  doc.getMap("annotations").set("m2", mark("m2"));
  const entry = { room: LAYER, user: "ann", connection: "c", ranges: [], binds: [], at: 0 };
  await new MemoryLog(disk).append([{ ...entry, bytes: updates[1] as Uint8Array }]);
  const world = new World({ disk });
  const ann = await world.join(LAYER, "ann", "annotator");
  expect(ann.closes).toEqual(["unavailable"]);
  await expect(world.hub.read(LAYER, () => null)).rejects.toBeInstanceOf(StoreCorrupt);
});

test("[SYN-8] however many open a room at once, it is loaded once", async () => {
  const world = new World();
  let loads = 0;
  const gate = new Gate();
  world.log.hooks = {
    beforeLoad: () => {
      loads += 1;
      return gate.opened;
    },
  };
  const joining = Array.from({ length: 10 }, (_, at) => world.join(TEXT, `u${at}`, "viewer"));
  await turns(3);
  gate.open();
  const clients = await Promise.all(joining);
  expect(clients.every((client) => client.open)).toBe(true);
  expect(loads).toBe(1);
});

test("[SYN-9] when the log cannot be read either, whoever waits is asked to return and the room comes back by itself", async () => {
  const world = new World({ timings: TIMES });
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  world.log.hooks = { beforeCommit: down, beforeLoad: down, onProbe: down };
  ann.map.set("m2", mark("m2"));
  await closed(ann);
  await turns(3);
  const joiner = await world.join(LAYER, "cy", "viewer");
  expect(joiner.closes).toEqual(["unavailable"]);
  await expect(world.hub.read(LAYER, () => null)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(bob.open).toBe(true);
  world.log.hooks = {};
  await writable(world);
  let sizes = -1;
  while (sizes < 0) {
    sizes = await world.hub.read(LAYER, (doc) => doc.getMap("annotations").size).catch(() => -1);
    await turns(5);
  }
  expect(sizes).toBe(1);
  const again = await world.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await world.settle();
  expect(again.acks.at(-1)).toBe(again.sent);
  expect([...bob.map.keys()].sort()).toEqual(["m1", "m2"]);
});

test("[SYN-10] what another process wrote into a room is read and shown as soon as it is noticed", async () => {
  const disk = new MemoryDisk();
  const here = new World({ disk });
  const there = new World({ disk });
  const ann = await here.join(LAYER, "ann", "annotator");
  const bob = await here.join(LAYER, "bob", "viewer");
  const elsewhere = await there.join(LAYER, "ann", "annotator");
  elsewhere.map.set("m1", mark("m1"));
  await there.settle();
  ann.map.set("m2", mark("m2"));
  await here.settle();
  await turns(5);
  await here.settle();
  expect([...bob.map.keys()].sort()).toEqual(["m1", "m2"]);
  expect([...ann.map.keys()].sort()).toEqual(["m1", "m2"]);
  expect(ann.acks.at(-1)).toBe(ann.sent);
});
