import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

let world: World;
let bench: Bench;
let ana: Someone;
let ben: Someone;
let rita: Someone;
let owner: Someone;
beforeAll(async () => {
  world = await startWorld();
  ana = await world.newPerson("annotator", "Ana");
  ben = await world.newPerson("annotator", "Ben");
  rita = await world.newPerson("reviewer", "Rita");
  owner = await world.person("owner");
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world, "France will send troops.\nGermany may help later.");
  await bench.mark(ana, { a1: "will send troops", a2: "may help" });
  await bench.mark(ben, { b1: "may help later" });
});

const accept = (id: string, author: Someone, annotation: string) => ({
  id,
  on: onMark(author, annotation),
  verdict: "accepted",
});
const reject = (id: string, author: Someone, annotation: string) => ({
  ...accept(id, author, annotation),
  verdict: "rejected",
  reason: "other",
  words: "a secret for now",
});
const ids = async () => [...(await bench.room()).verdicts.keys()].sort();
const finish = (as: Someone, body: object) =>
  bench.post(as, "/review/finish", { id: "f1", outcome: "request-changes", ...body });

test("[REV-23] nobody but their reviewer sees drafts, by any way", async () => {
  const [given] = await bench.give(rita, [reject("d1", ana, "a1")], true);
  expect(given).toMatchObject({ ok: true, draft: true });
  expect(await ids()).toEqual([]);
  for (const as of [ana, owner, await world.newPerson("reviewer")]) {
    const seen = [
      (await world.ask("GET", `/articles/${bench.article}/review`, { as })).body,
      (await world.ask("GET", `/articles/${bench.article}/verdicts`, { as })).body,
      (await world.ask("GET", `/articles/${bench.article}/review/acts`, { as })).body,
      (await world.ask("GET", `/articles/${bench.article}/snapshot`, { as })).body,
      (await world.ask("GET", "/notifications", { as })).body,
    ];
    expect(JSON.stringify(seen)).not.toMatch(/a secret for now|"d1"/);
  }
  expect(await bench.post(owner, "/verdicts/d1/withdraw")).toMatchObject({ status: 404 });
  expect(await bench.post(owner, "/verdicts/d1/reopen", { id: "r" })).toMatchObject({ status: 404 });
  expect(await bench.post(ana, "/verdicts/d1/answer", { id: "r", act: "keep" })).toMatchObject({
    status: 404,
  });
  expect((await bench.review(rita)).drafts).toMatchObject([{ id: "d1" }]);
  expect((await bench.acts(rita)).map(({ id }) => id)).toEqual(["d1"]);
});

test("[REV-23] finishing brings out the drafts on that markup, with a summary, once", async () => {
  await bench.give(rita, [reject("d1", ana, "a1"), accept("d2", ana, "a2"), accept("d3", ben, "b1")], true);
  const first = await finish(rita, { of: ana.id, summary: "Shorter, please." });
  expect(first).toMatchObject({ status: 201, body: { of: ana.id, by: rita.id, verdicts: 2 } });
  expect((await finish(rita, { of: ana.id, summary: "Shorter, please." })).body).toEqual(first.body);
  expect(await ids()).toEqual(["d1", "d2"]);
  const { finished } = await bench.room();
  expect([...finished.values()]).toEqual([first.body]);
  expect((await bench.review(rita)).drafts).toMatchObject([{ id: "d3" }]);
  expect((await bench.acts(ana)).map(({ id }) => id)).toEqual(["f1", "d2", "d1"]);
  expect((await bench.snapshot(ana)).reviews).toEqual([first.body]);
  const { body } = await world.ask("GET", "/notifications", { as: ana });
  expect(JSON.stringify(body)).toContain("Changes requested: Shorter, please.");
  const all = await finish(rita, { id: "f2", outcome: "approve" });
  expect(all).toMatchObject({ body: { of: null, verdicts: 1, outcome: "approve" } });
  expect(await ids()).toEqual(["d1", "d2", "d3"]);
  expect(await finish(ana, { id: "f3" })).toMatchObject({ status: 403 });
  expect(await finish(owner, { id: "f1" })).toMatchObject({ status: 409, body: { refusal: "id-taken" } });
});

test("[REV-23] what stood goes on standing until the draft in its place comes out", async () => {
  await bench.give(rita, [accept("v1", ana, "a1")], false);
  await bench.give(rita, [reject("d1", ana, "a1")], true);
  await bench.give(rita, [{ ...reject("d2", ana, "a1"), words: "better said" }], true);
  expect(await ids()).toEqual(["v1"]);
  expect((await bench.review(rita)).drafts).toMatchObject([{ id: "d2" }]);
  expect(await bench.post(rita, "/verdicts/d2/withdraw")).toMatchObject({ body: { restored: { id: "d1" } } });
  expect((await bench.review(rita)).drafts).toMatchObject([{ id: "d1" }]);
  await finish(rita, {});
  expect(await ids()).toEqual(["d1"]);
  expect(await bench.post(rita, "/verdicts/d1/withdraw")).toMatchObject({ body: { restored: { id: "v1" } } });
  expect(await ids()).toEqual(["v1"]);
});

test("[REV-23] a verdict given at once puts a draft on the same aside", async () => {
  await bench.give(rita, [reject("d1", ana, "a1")], true);
  await bench.give(rita, [accept("v1", ana, "a1")], false);
  expect((await bench.review(rita)).drafts).toEqual([]);
  await finish(rita, {});
  expect(await ids()).toEqual(["v1"]);
});

test("[REV-24] the workspace says when verdicts come out, a reviewer otherwise for themself, a request for itself", async () => {
  const draftOf = async (id: string, as = rita, draft?: boolean) => {
    const [given] = await bench.give(as, [{ ...reject(id, ana, "a1"), words: id }], draft);
    return given?.ok ? given.draft : null;
  };
  const workspace = (publish: string) =>
    world.ask("PATCH", "/review/settings", { as: owner, body: { publish } });
  const mine = (publish: string | null) => world.ask("PATCH", "/me/review", { as: rita, body: { publish } });
  expect((await bench.review(rita)).publish).toBe("at-once");
  expect(await draftOf("v1")).toBe(false);
  await workspace("on-finish");
  expect(await draftOf("v2")).toBe(true);
  await mine("at-once");
  expect(await draftOf("v3")).toBe(false);
  expect(await draftOf("v4", await world.newPerson("reviewer"))).toBe(true);
  expect(await draftOf("v5", rita, true)).toBe(true);
  expect((await mine(null)).body).toEqual({ publish: "on-finish" });
  expect(await draftOf("v6")).toBe(true);
  await workspace("at-once");
});

test("[REV-24] owners alone change how the workspace reviews, and what they leave out stays", async () => {
  const patch = (as: Someone, body: object) => world.ask("PATCH", "/review/settings", { as, body });
  expect(await patch(rita, { approvals: 2 })).toMatchObject({ status: 403 });
  expect(await patch(owner, { approvals: 3 })).toMatchObject({ status: 422 });
  expect((await patch(owner, { ownMarks: true })).body).toEqual({
    approvals: 1,
    ownMarks: true,
    publish: "at-once",
  });
  expect((await patch(owner, { approvals: 2 })).body).toEqual({
    approvals: 2,
    ownMarks: true,
    publish: "at-once",
  });
  expect((await world.ask("GET", "/review/settings", { as: ana })).body).toMatchObject({ approvals: 2 });
  await bench.mark(rita, { own: "France" }, ["actor"]);
  expect(await bench.give(rita, [accept("v1", rita, "own")])).toMatchObject([{ ok: true }]);
  await patch(owner, { ownMarks: false, approvals: 1 });
  expect(await bench.one(rita, { ...reject("v2", rita, "own") })).toMatchObject({
    body: { refusal: "own-mark" },
  });
});
