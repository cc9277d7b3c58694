import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

const TEXT = "France will send troops.\nGermany may help later.\nItaly pays for it.";

let world: World;
let bench: Bench;
let author: Someone;
let rita: Someone;
let rolf: Someone;
beforeAll(async () => {
  world = await startWorld();
  author = await world.person("annotator");
  rita = await world.newPerson("reviewer", "Rita");
  rolf = await world.newPerson("reviewer", "Rolf");
});
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world, TEXT);
  await bench.mark(author, { m1: "will send troops", m2: "may help" });
});

const accept = (id: string, annotation: string) => ({
  id,
  on: onMark(author, annotation),
  verdict: "accepted",
});

test("[REV-20] a verdict is in the review room under its reviewer's name, with what was judged", async () => {
  const [given] = await bench.give(rita, [
    { id: "v1", on: onMark(author, "m1"), verdict: "rejected", reason: "boundary", words: "Too long." },
  ]);
  expect(given).toMatchObject({ id: "v1", ok: true, draft: false });
  const { verdicts, people, unreadable } = await bench.room();
  expect(unreadable).toEqual([]);
  expect(verdicts.get("v1")).toMatchObject({
    by: rita.id,
    verdict: "rejected",
    reason: "boundary",
    words: "Too long.",
    judged: { text: "will send troops", length: 16, tags: ["binding"], fields: {}, links: [] },
    answer: null,
  });
  expect(people.get(rita.id)?.name).toBe("Rita");
});
