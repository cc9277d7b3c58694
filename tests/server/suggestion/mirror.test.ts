import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { openBench } from "./suggesting.ts";

let world: World;
let sync: FakeSync;
let ana: Someone;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  ana = await world.newPerson("annotator", "Ana");
});
afterAll(() => world.close());

test("[SUG-8] what is saved while the live documents cannot be written is answered and shown after a restart", async () => {
  const bench = await openBench(world);
  await bench.suggest(ana, "s1");
  // The text is read there when something is suggested; a decision needs the database alone.
  sync.broken = true;
  expect((await bench.act(ana, "s1", "withdraw")).body).toMatchObject({ status: "withdrawn" });
  expect((await bench.room()).map(({ status }) => status)).toEqual(["open"]);
  await world.restart();
  await vi.waitFor(async () => {
    expect((await bench.room()).map(({ status }) => status)).toEqual(["withdrawn"]);
  });
});
