import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

const TEXT = "France will send troops soon.\nGermany may help later.";

let world: World;
let bench: Bench;
let author: Someone;
let rita: Someone;
beforeAll(async () => {
  world = await startWorld();
  author = await world.person("annotator");
  rita = await world.newPerson("reviewer", "Rita");
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world, TEXT);
  await bench.mark(author, { m1: "will send troops" });
});

const suggest = (id: string, suggestion: object) => ({
  id,
  on: onMark(author, "m1"),
  verdict: "suggested",
  suggestion,
});
const range = (exact: string) => {
  const start = TEXT.indexOf(exact);
  return { start, end: start + exact.length, exact };
};
const answer = (as: Someone, verdict: string, body: object) =>
  bench.post(as, `/verdicts/${verdict}/answer`, { id: "a1", ...body });
const refusal = (code: string) => ({ status: 409, body: { code: "verdict-refused", refusal: code } });
const verdict = async (id: string) => (await bench.room()).verdicts.get(id);

test("[REV-27] an answer in words is seen by all, once, and asks the reviewer again", async () => {
  await bench.give(rita, [{ id: "v1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule" }]);
  expect(await answer(author, "v1", { act: "answer", words: " " })).toMatchObject(refusal("words-missing"));
  const first = await answer(author, "v1", { act: "answer", words: "Rule 3 allows it." });
  expect(first).toMatchObject({ status: 200, body: { verdict: { answer: { act: "answered" } } } });
  expect((await answer(author, "v1", { act: "answer", words: "Rule 3 allows it." })).body).toEqual(
    first.body,
  );
  expect(await answer(author, "v1", { id: "a2", act: "keep" })).toMatchObject(refusal("answered"));
  expect(await verdict("v1")).toMatchObject({ answer: { act: "answered", words: "Rule 3 allows it." } });
  expect(await bench.post(rita, "/verdicts/v1/withdraw")).toMatchObject(refusal("answered"));
  const { body } = await world.ask("GET", "/notifications", { as: rita });
  expect(JSON.stringify(body)).toContain("Answered: Rule 3 allows it.");
});

test("[REV-3] nobody answers for the author, and nothing is applied or answered that does not ask", async () => {
  await bench.give(rita, [{ id: "v1", on: onMark(author, "m1"), verdict: "rejected", reason: "rule" }]);
  for (const as of [rita, await world.person("owner"), await world.newPerson("annotator")]) {
    expect(await answer(as, "v1", { act: "keep" })).toMatchObject(refusal("not-author"));
  }
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject(refusal("nothing-to-apply"));
  expect(await answer(author, "v1", { act: "keep" })).toMatchObject({
    body: { verdict: { answer: { act: "kept" } } },
  });
  await bench.give(rita, [{ id: "v2", on: onMark(author, "m1"), verdict: "accepted" }]);
  expect(await answer(author, "v2", { id: "a2", act: "keep" })).toMatchObject(refusal("nothing-to-answer"));
  expect(await answer(author, "v1", { id: "a3", act: "keep" })).toMatchObject(refusal("superseded"));
});

test("[REV-28] a suggestion is applied in the author's layer: tags, words and fields, the rest as it was", async () => {
  await bench.change(author, "m1", { note: "mine", fields: { actor: ["France"], strength: "declared" } });
  const before = await bench.annotation(author, "m1");
  await bench.give(rita, [
    suggest("v1", {
      tags: ["binding", "conditional"],
      ranges: [range("will send troops soon")],
      fields: { strength: "", condition: "a ceasefire" },
    }),
  ]);
  await bench.type("France", " surely");
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject({
    status: 200,
    body: { verdict: { answer: { act: "applied", judged: { text: "will send troops soon" } } } },
  });
  const after = await bench.annotation(author, "m1");
  expect(after).toMatchObject({
    tags: ["binding", "conditional"],
    fields: { actor: ["France"], condition: "a ceasefire" },
    note: "mine",
    createdAt: before?.createdAt,
  });
  expect(after?.fields).not.toHaveProperty("strength");
  const { layers } = await bench.snapshot(rita);
  const mark = layers.flatMap(({ annotations }) => annotations).find(({ id }) => id === "m1");
  expect(mark).toMatchObject({ state: "whole", ranges: [{ exact: "will send troops soon" }] });
  expect(await verdict("v1")).toMatchObject({
    answer: { act: "applied", judged: { tags: ["binding", "conditional"] } },
  });
});

test("[REV-28] a mark that the author's own screen has made as suggested is left as it is", async () => {
  await bench.give(rita, [suggest("v1", { tags: ["conditional"] })]);
  await bench.change(author, "m1", { tags: ["conditional"], updatedAt: 77 });
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject({ status: 200 });
  expect((await bench.annotation(author, "m1"))?.updatedAt).toBe(77);
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject({ status: 200 });
  expect((await bench.acts(rita)).filter(({ act }) => act === "apply")).toHaveLength(1);
});

test("[REV-28] what is gone cannot be applied, and stays suggested", async () => {
  await bench.give(rita, [suggest("v1", { ranges: [range("later")] })]);
  await bench.cut("later");
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject(refusal("no-such-text"));
  await bench.remove(author, "m1");
  expect(await answer(author, "v1", { act: "apply" })).toMatchObject(refusal("no-such-mark"));
  expect((await verdict("v1"))?.answer).toBeNull();
});

test("[REV-28] a mark that is missing is made by applying, once, in the author's layer alone", async () => {
  const paragraph = { kind: "paragraph", layer: author.id, range: range("Germany may help later.") };
  const suggestion = { tags: ["conditional"], ranges: [range("may help")], fields: { actor: ["Germany"] } };
  await bench.give(rita, [{ id: "v1", on: paragraph, verdict: "missing", words: "Germany!", suggestion }]);
  await bench.give(rita, [
    { id: "v2", on: { ...paragraph, range: range("later") }, verdict: "missing", words: "When?" },
  ]);
  expect([...(await bench.room()).verdicts.keys()]).toEqual(["v1", "v2"]);
  for (let tries = 0; tries < 2; tries += 1) {
    expect(await answer(author, "v1", { act: "apply" })).toMatchObject({ status: 200 });
  }
  expect(await bench.annotation(author, "a1")).toMatchObject({
    tags: ["conditional"],
    fields: { actor: ["Germany"] },
  });
  const { layers } = await bench.snapshot(rita);
  expect(layers.map(({ user, annotations }) => [user.id, annotations.length])).toEqual([[author.id, 2]]);
  expect(await answer(author, "v2", { id: "a2", act: "apply" })).toMatchObject(refusal("nothing-to-apply"));
});
