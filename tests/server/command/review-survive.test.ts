import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { snapshotMarks } from "#shared/review/mark.ts";
import { reviewQueue } from "#shared/review/queue.ts";
import { standingOf, verdictsByMark } from "#shared/review/standing.ts";
import { REVIEW_DEFAULTS, type Verdict } from "#shared/model/verdict.ts";
import { currentCodebook, publishCodebook } from "../../../server/command/codebook.ts";
import { showUnshown } from "../../../server/command/review-show.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

const TEXT = "France will send troops.\nGermany may help later.";

let world: World;
let bench: Bench;
let author: Someone;
let rita: Someone;
let pair: { author: Someone; rita: Someone };
const newPair = async () => ({
  author: await world.newPerson("annotator", "Ana"),
  rita: await world.newPerson("reviewer", "Rita"),
});
beforeAll(async () => {
  world = await startWorld();
  pair = await newPair();
}, 60_000);
afterAll(() => world.close());
beforeEach(() => judged(pair));

/** Two marks by the one, both accepted by the other. */
async function judged(people: { author: Someone; rita: Someone }): Promise<void> {
  ({ author, rita } = people);
  bench = await openBench(world, TEXT);
  await bench.mark(author, { m1: "will send troops", m2: "may help" });
  await bench.give(
    rita,
    ["m1", "m2"].map((annotation, nth) => ({
      id: `v${nth + 1}`,
      on: onMark(author, annotation),
      verdict: "accepted",
    })),
  );
}

/** What the snapshot says of the marks: state of each, and why it is in Rita's queue. */
async function stand(as: Someone = author) {
  const snapshot = await bench.snapshot(as);
  const marks = snapshotMarks(snapshot);
  const verdicts = snapshot.verdicts as readonly Verdict[];
  const { items } = reviewQueue(
    { marks, verdicts, settings: REVIEW_DEFAULTS },
    { id: rita.id },
    { author: null },
  );
  const byMark = verdictsByMark(verdicts);
  return {
    states: marks.map(
      (mark) => standingOf(mark, byMark.get(`${mark.author}/${mark.id}`) ?? [], REVIEW_DEFAULTS).state,
    ),
    queue: items.map(({ mark, why, change }) => ({
      id: mark.id,
      why,
      before: change?.before.text,
      after: change?.after.text,
    })),
  };
}

test("[REV-30] an edit elsewhere leaves verdicts as they are, one inside takes that mark back to the queue", async () => {
  expect(await stand()).toEqual({ states: ["accepted", "accepted"], queue: [] });
  await bench.type("France", " and Spain");
  await bench.type("later", " this year");
  expect(await stand()).toEqual({ states: ["accepted", "accepted"], queue: [] });
  await bench.type("send", " some");
  expect(await stand()).toEqual({
    states: ["open", "accepted"],
    queue: [{ id: "m1", why: "changed", before: "will send troops", after: "will send some troops" }],
  });
  await bench.cut(" some");
  expect(await stand()).toEqual({ states: ["accepted", "accepted"], queue: [] });
  await bench.cut("may help");
  expect((await stand()).queue).toEqual([{ id: "m2", why: "changed", before: "may help", after: "" }]);
});

test("[REV-30] a deleted mark keeps its verdict in the records, and nobody waits for it", async () => {
  await bench.remove(author, "m1");
  expect(await stand()).toEqual({ states: ["accepted"], queue: [] });
  expect([...(await bench.room()).verdicts.keys()].sort()).toEqual(["v1", "v2"]);
});

test("[REV-30] a new version of the codebook leaves verdicts as they are", async () => {
  const { services } = world.running;
  const codebook = await currentCodebook(services.database.db);
  const tags = codebook.tags.filter(({ id }) => id !== "binding");
  await publishCodebook(services, { ...codebook, version: "9.9.9", tags });
  expect(await stand()).toEqual({ states: ["accepted", "accepted"], queue: [] });
  await publishCodebook(services, codebook);
  expect(await bench.one(rita, { id: "v9", on: onMark(author, "m1"), verdict: "deferred" })).toMatchObject({
    status: 200,
  });
});

test("[REV-30] verdicts outlive the membership of their reviewer, with the name, and can be set aside", async () => {
  await judged(await newPair());
  const owner = await world.person("owner");
  await bench.give(rita, [{ id: "x1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule" }]);
  await bench.give(rita, [{ id: "d1", on: onMark(author, "m2"), verdict: "deferred" }], true);
  expect((await world.ask("DELETE", `/members/${rita.id}`, { as: owner })).status).toBe(204);
  const { verdicts, people } = await bench.room();
  expect([...verdicts.keys()].sort()).toEqual(["v2", "x1"]);
  expect(people.get(rita.id)?.name).toBe("Rita");
  expect((await bench.snapshot(owner)).verdicts.map(({ reviewer }) => reviewer.name)).toEqual([
    "Rita",
    "Rita",
  ]);
  expect((await bench.review(owner)).drafts).toEqual([]);
  expect(await bench.one(rita, { id: "x2", on: onMark(author, "m1"), verdict: "accepted" })).toMatchObject({
    status: 401,
  });
  expect((await stand(owner)).states).toEqual(["rejected", "accepted"]);
  expect(await bench.post(owner, "/verdicts/x1/reopen", { id: "r1" })).toMatchObject({ status: 200 });
  expect((await stand(owner)).states).toEqual(["reopened", "accepted"]);
});

test("[REV-30] verdicts outlive the membership of the author", async () => {
  await judged(await newPair());
  const owner = await world.person("owner");
  await world.ask("DELETE", `/members/${author.id}`, { as: owner });
  expect(await stand(rita)).toEqual({ states: ["accepted", "accepted"], queue: [] });
  await bench.give(rita, [{ id: "x1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule" }]);
  expect((await stand(rita)).states).toEqual(["rejected", "accepted"]);
});

test("[REV-30] verdicts and drafts are there after a restart", async () => {
  await bench.give(rita, [{ id: "d1", on: onMark(author, "m2"), verdict: "deferred" }], true);
  const before = await bench.review(rita);
  await world.restart();
  expect(await bench.review(rita)).toEqual(before);
  expect((await stand(rita)).states).toEqual(["accepted", "accepted"]);
});

test("[REV-5] while the article is archived nothing is judged, answered or taken back", async () => {
  await bench.give(rita, [{ id: "x1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule" }]);
  await world.ask("PATCH", `/articles/${bench.article}`, {
    as: await world.person("owner"),
    body: { archived: true },
  });
  const archived = { status: 409, body: { code: "archived" } };
  expect(await bench.one(rita, { id: "x2", on: onMark(author, "m2"), verdict: "deferred" })).toMatchObject(
    archived,
  );
  expect(
    await bench.one(rita, { id: "x2", on: onMark(author, "m2"), verdict: "deferred" }, true),
  ).toMatchObject(archived);
  expect(await bench.post(rita, "/verdicts/x1/withdraw")).toMatchObject(archived);
  expect(await bench.post(rita, "/verdicts/x1/reopen", { id: "r1" })).toMatchObject(archived);
  expect(await bench.post(author, "/verdicts/x1/answer", { id: "a1", act: "keep" })).toMatchObject(archived);
  expect(await bench.post(rita, "/review/finish", { id: "f1", outcome: "approve" })).toMatchObject(archived);
  expect([...(await bench.room()).verdicts.keys()].sort()).toEqual(["v2", "x1"]);
});

test("[REV-35] the log names who did what and when, in pages, and keeps what was superseded or taken back", async () => {
  await bench.give(rita, [
    { id: "x1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule", words: "No." },
  ]);
  await bench.post(rita, "/verdicts/x1/withdraw");
  await bench.give(rita, [{ id: "x2", on: onMark(author, "m1"), verdict: "discussed", words: "Hm." }]);
  await bench.post(author, "/verdicts/x2/answer", { id: "a1", act: "answer", words: "Yes." });
  type Page = {
    items: { seq: number; act: string; by: string; at: number; body: { words?: string } }[];
    next: number | null;
  };
  const page = async (query: string) =>
    (await world.ask("GET", `/articles/${bench.article}/review/acts?${query}`, { as: author })).body as Page;
  const all = await page("limit=100");
  expect(all.items.map(({ act, by, body }) => [act, by, body.words])).toEqual([
    ["answer", author.id, "Yes."],
    ["discuss", rita.id, "Hm."],
    ["withdraw", rita.id, undefined],
    ["reject", rita.id, "No."],
    ["accept", rita.id, ""],
    ["accept", rita.id, ""],
  ]);
  expect(all.next).toBeNull();
  expect(all.items.every(({ at }) => Math.abs(Date.now() - at) < 60_000)).toBe(true);
  const first = await page("limit=4");
  const second = await page(`limit=4&before=${first.next}`);
  expect([...first.items, ...second.items]).toEqual(all.items);
});

test("[REV-34] what could not be shown is shown by the next act, or at the next start", async () => {
  let sync: FakeSync | null = null;
  const broken = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  const live = () => sync as FakeSync;
  try {
    const [ana, ron] = [await broken.newPerson("annotator"), await broken.newPerson("reviewer")];
    const own = await openBench(broken, TEXT);
    await own.mark(ana, { m1: "will send troops", m2: "may help" });
    const accept = (id: string, annotation: string) => ({
      id,
      on: onMark(ana, annotation),
      verdict: "accepted",
    });
    live().broken = true;
    expect(await own.one(ron, accept("v1", "m1"))).toMatchObject({
      status: 503,
      body: { code: "unavailable" },
    });
    expect((await own.room()).verdicts.size).toBe(0);
    live().broken = false;
    await own.give(ron, [accept("v2", "m2")]);
    expect([...(await own.room()).verdicts.keys()].sort()).toEqual(["v1", "v2"]);
    await own.give(ron, [accept("v1", "m1")]);
    expect(await own.acts(ron)).toHaveLength(2);
    live().broken = true;
    expect(await own.post(ron, "/verdicts/v1/withdraw")).toMatchObject({ status: 503 });
    live().broken = false;
    await showUnshown(broken.running.services);
    expect([...(await own.room()).verdicts.keys()]).toEqual(["v2"]);
  } finally {
    await broken.close();
  }
});
