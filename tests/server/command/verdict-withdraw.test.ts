import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

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
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world, "France will send troops.");
  await bench.mark(author, { m1: "will send troops" });
});

const accept = (id: string) => ({ id, on: onMark(author, "m1"), verdict: "accepted" });
const discuss = (id: string) => ({ ...accept(id), verdict: "discussed", words: "Really?" });
const withdraw = (as: Someone, id: string) => bench.post(as, `/verdicts/${id}/withdraw`);
const reopen = (as: Someone, id: string, act: string) =>
  bench.post(as, `/verdicts/${id}/reopen`, { id: act, words: "Look again." });
const ids = async () => [...(await bench.room()).verdicts.keys()];
const refusal = (code: string) => ({ status: 409, body: { code: "verdict-refused", refusal: code } });

test("[REV-22] taking back the last verdict brings the one before it back, step by step", async () => {
  await bench.give(rita, [accept("v1")]);
  await bench.give(rita, [discuss("v2")]);
  await bench.give(rita, [{ ...discuss("v3"), verdict: "deferred" }]);
  expect(await ids()).toEqual(["v3"]);
  expect(await withdraw(rita, "v3")).toMatchObject({ status: 200, body: { restored: { id: "v2" } } });
  expect(await ids()).toEqual(["v2"]);
  expect(await withdraw(rita, "v2")).toMatchObject({ body: { restored: { id: "v1", verdict: "accepted" } } });
  expect(await withdraw(rita, "v1")).toMatchObject({ body: { restored: null } });
  expect(await ids()).toEqual([]);
  expect((await bench.acts(rolf)).map(({ act }) => act)).toEqual([
    "withdraw",
    "withdraw",
    "withdraw",
    "defer",
    "discuss",
    "accept",
  ]);
});

test("[REV-22] taken back twice it is taken back once, and sending it again does not bring it back", async () => {
  await bench.give(rita, [accept("v1")]);
  const [first, second] = await Promise.all([withdraw(rita, "v1"), withdraw(rita, "v1")]);
  expect(second?.body).toEqual(first?.body);
  expect(await bench.acts(rita)).toHaveLength(2);
  await bench.give(rita, [accept("v1")]);
  expect(await ids()).toEqual([]);
});

test("[REV-4] nobody takes back another's verdict, nor one that a later stands in the place of", async () => {
  await bench.give(rita, [accept("v1")]);
  expect(await withdraw(rolf, "v1")).toMatchObject(refusal("not-yours"));
  expect(await withdraw(await world.person("owner"), "v1")).toMatchObject(refusal("not-yours"));
  await bench.give(rita, [discuss("v2")]);
  expect(await withdraw(rita, "v1")).toMatchObject(refusal("superseded"));
  expect(await withdraw(rita, "nothing")).toMatchObject({ status: 404 });
});

test("[REV-29] a reviewer sets aside their own or a colleague's verdict, once for each act", async () => {
  await bench.give(rita, [accept("v1")]);
  const first = await reopen(rolf, "v1", "r1");
  expect(first).toMatchObject({
    status: 200,
    body: { verdict: { reopened: { by: rolf.id, words: "Look again." } } },
  });
  expect((await reopen(rolf, "v1", "r1")).body).toEqual(first.body);
  expect(await reopen(rita, "v1", "r2")).toMatchObject(refusal("already-so"));
  expect(await reopen(rita, "v1", "r1")).toMatchObject(refusal("id-taken"));
  expect((await bench.room()).verdicts.get("v1")?.reopened?.by).toBe(rolf.id);
  await bench.give(rita, [accept("v2")]);
  expect((await bench.room()).verdicts.get("v2")?.reopened).toBeNull();
  expect(await bench.acts(rita)).toHaveLength(3);
});

test("[REV-2] nobody sets aside a verdict on their own marks", async () => {
  await bench.mark(rita, { own: "France" }, ["actor"]);
  await bench.give(rolf, [{ ...accept("v1"), on: onMark(rita, "own") }]);
  expect(await reopen(rita, "v1", "r1")).toMatchObject(refusal("own-mark"));
});
