import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { layer } from "./server.ts";
import { type Client, Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");
const MEBI = 1024 * 1024;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(world: World, milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await world.settle();
}

function docFrames(client: Client): (number | null)[] {
  return client.received
    .filter(({ type, step }) => type === MESSAGE.sync && step !== SYNC.step1)
    .map(({ step }) => step);
}

test("[SYN-50] a reader that is behind gets no updates, and one state once it has read", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  const cy = await world.join(LAYER, "cy", "viewer");
  ann.map.set("m0", mark("m0"));
  await world.settle();
  const before = docFrames(bob).length;
  bob.unsent = 2 * MEBI;
  for (let at = 1; at <= 20; at += 1) {
    ann.map.set(`m${at}`, mark(`m${at}`));
    if (at % 2 === 0) ann.map.delete(`m${at - 1}`);
    await world.settle();
  }
  await pass(world, 1000);
  expect(docFrames(bob).length).toBe(before);
  expect(cy.map.size).toBe(11);
  expect(world.tally.read?.().behind).toBe(1);
  bob.unsent = 0;
  await pass(world, 200);
  expect(docFrames(bob).slice(before)).toEqual([SYNC.step2]);
  expect(bob.map.toJSON()).toEqual(cy.map.toJSON());
  ann.map.set("m21", mark("m21"));
  await world.settle();
  expect(docFrames(bob).slice(before)).toEqual([SYNC.step2, SYNC.update]);
  expect(bob.map.has("m21")).toBe(true);
});

test("[SYN-50] the state that a reader gets brings what was written while it was behind, and not all again", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  const tab = await world.join(LAYER, "ann", "annotator");
  ann.map.set("big", { ...(mark("big") as object), note: "x".repeat(200_000) });
  await world.settle();
  const gates = [new Gate(), new Gate()];
  let commits = 0;
  world.log.hooks = {
    beforeCommit: () => {
      commits += 1;
      return gates[commits - 1]?.opened;
    },
  };
  // The first is on disk when the second has been applied and is not.
  ann.map.set("m1", mark("m1"));
  await turns(2);
  tab.map.set("m2", mark("m2"));
  await turns(2);
  bob.unsent = 2 * MEBI;
  gates[0]?.open();
  await turns(2);
  bob.unsent = 0;
  await vi.advanceTimersByTimeAsync(200);
  gates[1]?.open();
  await pass(world, 200);
  expect([...bob.map.keys()].sort()).toEqual(["big", "m1", "m2"]);
  expect(bob.frames.at(-1)).toBeLessThan(1000);
});

test("[SYN-51] a reader that takes nothing for 30 seconds is closed, one that takes a little is not", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const stuck = await world.join(LAYER, "bob", "viewer");
  const slow = await world.join(LAYER, "cy", "viewer");
  stuck.unsent = 5 * MEBI;
  slow.unsent = 20 * MEBI;
  ann.map.set("m1", mark("m1"));
  await world.settle();
  for (let second = 0; second < 29; second += 1) {
    slow.unsent -= 200_000;
    await pass(world, 1000);
  }
  expect([stuck.closes, slow.closes]).toEqual([[], []]);
  slow.unsent -= 200_000;
  await pass(world, 2000);
  expect([stuck.closes, slow.closes]).toEqual([["too-slow"], []]);
});

test("[SYN-51] a reader whose backlog grows by more than the limit is closed", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  bob.unsent = 2 * MEBI;
  ann.map.set("m1", mark("m1"));
  await world.settle();
  bob.unsent = 11 * MEBI;
  await pass(world, 200);
  expect(bob.closes).toEqual(["too-slow"]);
});

test("[SYN-52] the state is sent ten times at once and then four times a second, however often it is asked for", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator", { silent: true });
  for (let at = 0; at < 60; at += 1) {
    ann.ask();
    await turns(2);
  }
  expect(docFrames(ann).length).toBe(10);
  for (let at = 0; at < 20; at += 1) await pass(world, 100);
  expect(docFrames(ann).length).toBe(11);
  expect(ann.open).toBe(true);
});

test("[SYN-52] a state that is asked for while too much is unsent waits", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator", { silent: true });
  ann.unsent = 2 * MEBI;
  ann.ask();
  await pass(world, 500);
  expect(docFrames(ann)).toEqual([]);
  ann.unsent = 0;
  await pass(world, 500);
  expect(docFrames(ann)).toEqual([SYNC.step2]);
});

test("[SYN-53] a channel on which nothing happens hears something small in less than 25 seconds", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.settle();
  const count = ann.received.length;
  await pass(world, 25_000);
  expect(ann.received.slice(count)).toEqual([{ type: MESSAGE.awareness, step: null }]);
  await pass(world, 50_000);
  expect(ann.received.length - count).toBeLessThanOrEqual(4);
});
