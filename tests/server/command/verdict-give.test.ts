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
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world, TEXT);
  await bench.mark(author, { m1: "will send troops", m2: "may help" });
});

const on = (annotation: string) => onMark(author, annotation);
const accept = (id: string, annotation = "m1") => ({ id, on: on(annotation), verdict: "accepted" });
const reject = (id: string, annotation = "m1") => ({
  id,
  on: on(annotation),
  verdict: "rejected",
  reason: "boundary",
  words: "Too long.",
});
const ids = async () => [...(await bench.room()).verdicts.keys()].sort();
const refusal = (code: string) => ({ status: 409, body: { code: "verdict-refused", refusal: code } });

test("[REV-20] a verdict is in the review room under its reviewer's name, with what was judged", async () => {
  const [given] = await bench.give(rita, [reject("v1")]);
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
  await world.ask("PATCH", "/me", { as: rita, body: { name: "Rita M." } });
  expect((await bench.room()).people.get(rita.id)?.name).toBe("Rita M.");
});

test("[REV-20] whoever claims another name in a verdict speaks under their own", async () => {
  await bench.give(rita, [{ ...accept("v1"), by: rolf.id, at: 5, judged: { text: "something else" } }]);
  expect((await bench.room()).verdicts.get("v1")).toMatchObject({
    by: rita.id,
    judged: { text: "will send troops" },
  });
});

test("[REV-20] the verdicts that stand are listed in pages, each once", async () => {
  await bench.give(rita, [accept("v1"), reject("v2", "m2")]);
  await bench.give(rolf, [accept("a1"), accept("x1", "m2")]);
  await bench.give(rita, [reject("v3")]);
  const found: string[] = [];
  for (let query = "limit=2"; ;) {
    const { body } = await world.ask("GET", `/articles/${bench.article}/verdicts?${query}`, { as: author });
    const { items, next } = body as { items: { id: string; judged: object }[]; next: string | null };
    expect(items.every(({ judged }) => "text" in judged)).toBe(true);
    found.push(...items.map(({ id }) => id));
    if (next === null) break;
    query = `limit=2&after=${next}`;
  }
  expect(found).toEqual(["a1", "v2", "v3", "x1"]);
});

test("[REV-21] a verdict sent again is not given twice, also when it is sent at once", async () => {
  const [first, ...more] = await Promise.all(
    Array.from({ length: 5 }, () => bench.give(rita, [accept("v1")])),
  );
  for (const again of more) expect(again).toEqual(first);
  expect(await ids()).toEqual(["v1"]);
  expect(await bench.acts(rita)).toHaveLength(1);
});

test("[REV-21] an id belongs to one verdict of one person", async () => {
  await bench.give(rita, [accept("v1")]);
  expect(await bench.one(rolf, accept("v1"))).toMatchObject(refusal("id-taken"));
  expect(await bench.one(rita, accept("v1", "m2"))).toMatchObject(refusal("id-taken"));
  expect(await bench.one(rita, reject("v1"))).toMatchObject(refusal("id-taken"));
  await bench.post(rolf, "/verdicts/v1/reopen", { id: "r1" });
  expect(await bench.one(rita, accept("r1", "m2"))).toMatchObject(refusal("id-taken"));
  expect(await ids()).toEqual(["v1"]);
});

test("[REV-22] a later verdict of the same reviewer takes the place of the earlier, a colleague's stands beside it", async () => {
  await bench.give(rita, [accept("v1")]);
  await bench.give(rolf, [accept("w1")]);
  await bench.give(rita, [reject("v2")]);
  expect(await ids()).toEqual(["v2", "w1"]);
  expect(await bench.one(rita, { ...accept("v3"), on: on("m2") })).toMatchObject({ status: 200 });
  expect(await ids()).toEqual(["v2", "v3", "w1"]);
});

test("[REV-6] an unchanged mark is not accepted again, a changed one is", async () => {
  await bench.give(rita, [accept("v1")]);
  expect(await bench.one(rita, accept("v2"))).toMatchObject(refusal("already-so"));
  await bench.change(author, "m1", { tags: ["conditional"] });
  await bench.give(rita, [accept("v3")]);
  expect((await bench.room()).verdicts.get("v3")?.judged.tags).toEqual(["conditional"]);
});

test("[REV-25] of many verdicts each is taken or refused by itself, in order", async () => {
  const given = await bench.give(rita, [
    accept("v1"),
    accept("v2", "gone"),
    { id: "v3", on: on("m2"), verdict: "rejected" },
    reject("v4", "m2"),
    accept("v5"),
  ]);
  expect(given.map((one) => (one.ok ? one.id : one.refusal))).toEqual([
    "v1",
    "no-such-mark",
    "reason-missing",
    "v4",
    "already-so",
  ]);
  expect(await ids()).toEqual(["v1", "v4"]);
});

test("[REV-25] when none is taken the answer is the problem of the first", async () => {
  const { status, body } = await bench.post(rita, "/verdicts", {
    verdicts: [accept("v1", "gone"), { id: "v2", on: on("m2"), verdict: "rejected" }],
  });
  expect({ status, body }).toMatchObject(refusal("no-such-mark"));
  expect(body).toMatchObject({ detail: expect.stringMatching(/\.$/) });
  expect(await bench.post(rita, "/verdicts", { verdicts: [] })).toMatchObject({ status: 422 });
});

test("[REV-26] a mark that changed while the reviewer looked is not judged", async () => {
  const [first] = await bench.give(rita, [accept("v1")]);
  if (!first?.ok) throw new Error("refused");
  const seen = first.verdict.hash;
  expect(await bench.one(rolf, { ...accept("w1"), seen })).toMatchObject({ status: 200 });
  await bench.type("will send", " more");
  const late = await world.newPerson("reviewer");
  expect(await bench.one(late, { ...accept("x1"), seen })).toMatchObject(refusal("changed-meanwhile"));
  expect(await bench.one(late, accept("x1"))).toMatchObject({ status: 200 });
  expect((await bench.room()).verdicts.get("x1")?.judged.text).toBe("will send more troops");
});

test("[REV-7] a suggestion names tags and fields of the codebook, and words of the article", async () => {
  const suggest = (id: string, suggestion: object) =>
    bench.one(rita, { id, on: on("m1"), verdict: "suggested", suggestion });
  expect(await suggest("s1", { tags: ["nonsense"] })).toMatchObject(refusal("no-such-tag"));
  expect(await suggest("s2", { fields: { nonsense: "x" } })).toMatchObject(refusal("no-such-tag"));
  expect(await suggest("s3", { ranges: [{ start: 0, end: 6, exact: "Latvia" }] })).toMatchObject(
    refusal("no-such-text"),
  );
  const runs = { runs: [[4_000_000_000, 0, 5]], quote: { exact: "x", prefix: "", suffix: "" }, hint: 0 };
  expect(await suggest("s4", { ranges: [runs] })).toMatchObject(refusal("no-such-text"));
  expect(await suggest("s5", { tags: ["binding"] })).toMatchObject(refusal("nothing-new"));
  expect(
    await suggest("s6", { tags: ["conditional"], ranges: [{ start: 7, end: 16, exact: "will send" }] }),
  ).toMatchObject({
    status: 200,
    body: {
      items: [
        { verdict: { suggestion: { tags: ["conditional"], ranges: [{ quote: { exact: "will send" } }] } } },
      ],
    },
  });
});

test("[REV-15] a paragraph is judged once, by offsets or by its characters, through edits elsewhere", async () => {
  const [start, exact] = [TEXT.indexOf("Germany"), "Germany may help later."];
  const paragraph = (layer: string | null, range: object) => ({ kind: "paragraph", layer, range });
  const byOffset = paragraph(author.id, { start, end: start + exact.length, exact });
  const [given] = await bench.give(rita, [{ id: "p1", on: byOffset, verdict: "read" }]);
  if (!given?.ok || given.verdict.on.kind !== "paragraph") throw new Error("refused");
  expect(given.verdict.judged.text).toBe(exact);
  await bench.type("France", " and Spain");
  const { runs, quote, hint } = given.verdict.on.range;
  const byCharacters = paragraph(author.id, { runs, quote, hint });
  expect(await bench.one(rita, { id: "p2", on: byCharacters, verdict: "read" })).toMatchObject(
    refusal("already-so"),
  );
  await bench.give(rita, [{ id: "p3", on: byCharacters, verdict: "complete" }]);
  await bench.give(rita, [{ id: "p4", on: { ...byCharacters, layer: null }, verdict: "read" }]);
  expect(await ids()).toEqual(["p3", "p4"]);
  await bench.type("Germany", " and Poland");
  await bench.give(rita, [{ id: "p5", on: byCharacters, verdict: "complete" }]);
  expect(await ids()).toEqual(["p4", "p5"]);
  const { verdicts } = await bench.snapshot(rita);
  expect(verdicts.find(({ id }) => id === "p5")).toMatchObject({
    reviewer: { id: rita.id, name: "Rita M." },
    judged: { text: "Germany and Poland may help later." },
  });
  expect(verdicts.find(({ id }) => id === "p5")?.ranges).toMatchObject([
    { exact: "Germany and Poland may help later.", state: "whole" },
  ]);
});

test("[REV-15] that nothing is missing holds for the marks that were there, whoever made them", async () => {
  const [start, exact] = [TEXT.indexOf("Germany"), "Germany may help later."];
  const range = { start, end: start + exact.length, exact };
  const complete = (id: string, layer: string | null) =>
    bench.one(rita, { id, on: { kind: "paragraph", layer, range }, verdict: "complete" });
  const colleague = await world.newPerson("annotator");
  expect(await complete("c1", author.id)).toMatchObject({ status: 200 });
  expect(await complete("e1", null)).toMatchObject({ status: 200 });
  expect((await bench.room()).verdicts.get("e1")?.judged.marks?.count).toBe(1);
  // In another paragraph, on the same words by another, changed: what was there is there.
  await bench.mark(author, { m3: "Italy" });
  await bench.change(author, "m2", { tags: ["conditional"] });
  expect(await complete("c2", author.id)).toMatchObject(refusal("already-so"));
  expect(await complete("e2", null)).toMatchObject(refusal("already-so"));
  await bench.mark(colleague, { n1: "help later" });
  expect(await complete("c3", author.id)).toMatchObject(refusal("already-so"));
  expect(await complete("e3", null)).toMatchObject({ status: 200 });
  await bench.remove(author, "m2");
  expect(await complete("c4", author.id)).toMatchObject({ status: 200 });
  expect(await complete("e4", null)).toMatchObject({ status: 200 });
  await bench.mark(author, { m4: "Germany" });
  expect(await complete("c5", author.id)).toMatchObject({ status: 200 });
  expect((await bench.room()).verdicts.get("c5")?.judged.marks?.count).toBe(1);
});

test("[REV-15] what is said of everybody's markup tells nothing of hidden layers", async () => {
  await world.ask("PATCH", `/articles/${bench.article}`, {
    as: await world.person("owner"),
    body: { blind: true },
  });
  const exact = "Germany may help later.";
  const range = { start: TEXT.indexOf(exact), end: TEXT.indexOf(exact) + exact.length, exact };
  const on = { kind: "paragraph", layer: null, range };
  const [given] = await bench.give(rita, [{ id: "b1", on, verdict: "complete" }]);
  expect(given).toMatchObject({ ok: true });
  expect((await bench.room()).verdicts.get("b1")?.judged).not.toHaveProperty("marks");
});

test("[REV-36] a verdict names a discussion of its own article, or is refused", async () => {
  const discuss = (id: string, thread: string) => ({ id, on: on("m1"), verdict: "discussed", thread });
  const start = (at: Bench, id: string) =>
    at.post(rita, "/threads", {
      id,
      target: { kind: "mark", author: author.id, mark: "m1" },
      message: { id: `${id}-1`, text: "Is this a promise?" },
    });
  const elsewhere = await openBench(world, TEXT);
  await elsewhere.mark(author, { m1: "will send troops" });
  expect((await start(elsewhere, "t-elsewhere")).status).toBeLessThan(300);
  expect((await start(bench, "t-here")).status).toBeLessThan(300);
  expect(await bench.one(rita, discuss("v1", "t-nowhere"))).toMatchObject(refusal("no-such-thread"));
  expect(await bench.one(rita, discuss("v2", "t-elsewhere"))).toMatchObject(refusal("no-such-thread"));
  expect(await bench.one(rita, { ...accept("v3"), thread: "t-nowhere" })).toMatchObject(
    refusal("no-such-thread"),
  );
  expect(await ids()).toEqual([]);
  const [given] = await bench.give(rita, [discuss("v4", "t-here")]);
  expect(given).toMatchObject({ ok: true, verdict: { thread: "t-here" } });
});

test("[REV-32] who judged what is told to the author once, and many at once in one notice", async () => {
  await bench.give(rita, [accept("v1"), accept("v2", "m2")]);
  const notices = async () => {
    const { body } = await world.ask("GET", "/notifications", { as: author });
    return (body as { items: { article: unknown; articleId?: string; detail: string }[] }).items.filter(
      (one) => JSON.stringify(one).includes(bench.article),
    );
  };
  expect(await notices()).toEqual([]);
  await bench.give(rita, [reject("v3")]);
  await bench.give(rita, [reject("v3")]);
  expect(await notices()).toMatchObject([{ detail: "Rejected: Wrong words: Too long." }]);
  await bench.give(rolf, [reject("w1"), reject("w2", "m2")]);
  expect(await notices()).toHaveLength(2);
  expect((await notices()).map(({ detail }) => detail)).toContain("2 verdicts on your markup");
});
