import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "../../../server/limits.ts";
import { Meter, Meters } from "../../../server/sync/meter.ts";
import { layer } from "./server.ts";
import { mark, World } from "./world.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function sockets(): (person: string) => Meter {
  const meters = new Meters();
  return (person) => new Meter(LIMITS, meters.enter(person, LIMITS));
}

test("[SYN-84] what takes long to judge is owed by the person, on all their sockets, until time has passed", () => {
  const open = sockets();
  const one = open("ann");
  one.worked(4_000);
  expect(one.takeFrame()).toBe(true);
  one.worked(3_000);
  expect(one.takeFrame()).toBe(false);
  expect(open("ann").takeFrame()).toBe(false);
  expect(open("bob").takeFrame()).toBe(true);
  vi.advanceTimersByTime(11_000);
  expect(one.takeFrame()).toBe(true);
});

test("[SYN-84] a frame of somebody who cost too much is not judged and ends with rate-limited", async () => {
  const world = new World();
  const ann = await world.join(layer("ann"), "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  expect(ann.open).toBe(true);
  ann.session?.meter.worked(6_000);
  ann.map.set("m2", mark("m2"));
  await world.settle();
  expect(ann.closes).toEqual(["rate-limited"]);
  expect((await world.stored(layer("ann"))).getMap("annotations").size).toBe(1);
});

test("[SYN-84] the time that a frame takes is counted", async () => {
  const world = new World();
  const ann = await world.join(layer("ann"), "ann", "annotator");
  const worked: number[] = [];
  const { meter } = ann.session ?? {};
  if (!meter) throw new Error("nobody joined");
  meter.worked = (milliseconds) => void worked.push(milliseconds);
  ann.map.set("m1", mark("m1"));
  await world.settle();
  expect(worked.length).toBeGreaterThan(0);
});

test("[SYN-85] who is refused again and again is let in more slowly, however many sockets they open", () => {
  const open = sockets();
  const one = open("eve");
  for (let at = 0; at < 30; at += 1) one.refused();
  expect(one.delay()).toBe(0);
  one.refused();
  expect([open("eve").delay(), open("eve").delay(), open("eve").delay()]).toEqual([20, 40, 60]);
  expect(open("bob").delay()).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(open("eve").delay()).toBe(0);
});

test("[SYN-85] frames that make no sense and changes that are refused count, honest ones do not", async () => {
  const world = new World();
  const refused: string[] = [];
  const watch = async (id: string) => {
    const client = await world.join(layer(id), id, "annotator");
    const { meter } = client.session ?? {};
    if (!meter) throw new Error("nobody joined");
    meter.refused = () => void refused.push(id);
    return client;
  };
  const [ann, eve, ian] = [await watch("ann"), await watch("eve"), await watch("ian")];
  ann.map.set("m1", mark("m1"));
  eve.raw(new Uint8Array([9, 9, 9]));
  ian.update(new Uint8Array([1, 2, 3]));
  await world.settle();
  expect(refused.toSorted()).toEqual(["eve", "ian"]);
});
