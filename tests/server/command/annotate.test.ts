import { afterAll, beforeAll, expect, test } from "vitest";
import { readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";

const text = "Following a ceasefire, the UK will act.\nWe will “help” 🇺🇦 Kyiv.";
const range = (exact: string, nth = 0) => {
  let start = text.indexOf(exact);
  for (; nth > 0; nth--) start = text.indexOf(exact, start + 1);
  return { start, end: start + exact.length, exact };
};

let world: World;
let sync: FakeSync;
let someone: Someone;
let article: string;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  someone = await world.person("annotator");
  article = await world.newArticle(text);
});
afterAll(() => world.close());

const add = (annotations: unknown, as: Someone = someone) =>
  world.ask("POST", `/articles/${article}/annotations`, { as, body: { annotations } });
const layer = (user: string) =>
  sync.hub.read(roomName({ kind: "layer", article, user }), (doc) => readLayer(doc));
const snapshot = async () => {
  const { body } = await world.ask("GET", `/articles/${article}/snapshot`, { as: someone });
  return body as { layers: { user: { id: string }; annotations: { id: string; ranges: unknown[] }[] }[] };
};

test("[HTTP-19] annotations stand in the caller's own layer, at the words they quote", async () => {
  const { status, body } = await add([
    {
      id: "c1",
      tags: ["condition"],
      ranges: [range("Following a ceasefire")],
    },
    {
      id: "m1",
      tags: ["binding", "conditional"],
      ranges: [range("Following a ceasefire, the UK will act")],
      fields: { condition: "a ceasefire", actor: ["United Kingdom"], strength: "declared" },
      links: [{ type: "has-condition", to: "c1" }],
      note: "a promise",
    },
    { tags: ["binding"], ranges: [range("We will"), range("🇺🇦 Kyiv")] },
  ]);
  expect({ status, body }).toEqual({ status: 201, body: { ids: ["c1", "m1", expect.any(String)] } });
  const { annotations, unreadable } = await layer(someone.id);
  expect(unreadable).toEqual([]);
  expect(annotations.get("m1")).toMatchObject({
    tags: ["binding", "conditional"],
    codebook: "commitments@1.0.0",
    fields: { condition: "a ceasefire", actor: ["United Kingdom"], strength: "declared" },
    note: "a promise",
    target: {
      kind: "text",
      ranges: [{ hint: 0, quote: { exact: "Following a ceasefire, the UK will act" } }],
    },
  });
});

test("[HTTP-18] the snapshot holds text, blocks, codebook and everybody's marks in their places", async () => {
  const { body } = await world.ask("GET", `/articles/${article}/snapshot`, {
    as: await world.person("viewer"),
  });
  expect(body).toMatchObject({
    article: { id: article, title: "An article", archived: false },
    text,
    blocks: [
      { start: 0, end: text.indexOf("\n"), kind: "paragraph" },
      { start: text.indexOf("\n") + 1, end: text.length, kind: "paragraph" },
    ],
    codebook: { id: "commitments" },
    verdicts: [],
    threads: [],
    gold: [],
  });
  const { layers } = await snapshot();
  expect(layers.map(({ user }) => user.id)).toEqual([someone.id]);
  const annotations = layers[0]?.annotations ?? [];
  expect(annotations.map((annotation) => annotation.ranges)).toEqual([
    [{ ...range("Following a ceasefire, the UK will act"), state: "whole" }],
    [{ ...range("Following a ceasefire"), state: "whole" }],
    [
      { ...range("We will"), state: "whole" },
      { ...range("🇺🇦 Kyiv"), state: "whole" },
    ],
  ]);
  expect((await world.ask("GET", "/articles/nothing/snapshot", { as: someone })).status).toBe(404);
});

test("[HTTP-19] where other words stand nothing is written and the words are told", async () => {
  const before = (await layer(someone.id)).annotations.size;
  const { status, body } = await add([
    { tags: ["binding"], ranges: [range("We will")] },
    { tags: ["binding"], ranges: [{ start: 0, end: 9, exact: "Previously" }] },
    { tags: ["binding"], ranges: [{ start: 9_000, end: 9_001, exact: "x" }] },
  ]);
  expect({ status, body }).toMatchObject({
    status: 409,
    body: {
      code: "quote-mismatch",
      mismatches: [
        { annotation: 1, range: 0, start: 0, end: 9, expected: "Previously", found: "Following" },
        { annotation: 2, range: 0, found: "" },
      ],
    },
  });
  expect((await layer(someone.id)).annotations.size).toBe(before);
});

const bad: readonly [what: string, annotation: object, path: string][] = [
  ["a tag that is none", { tags: ["promise"] }, "tags.0"],
  ["a tag that is switched off", { tags: ["refusal"] }, "tags.0"],
  ["a tag twice", { tags: ["binding", "binding"] }, "tags.1"],
  ["a field that is none", { fields: { mood: "grim" } }, "fields.mood"],
  ["a field of other tags", { fields: { condition: "x" } }, "fields.condition"],
  ["an option that is none", { fields: { strength: "iron" } }, "fields.strength"],
  ["a list where one text is wanted", { fields: { strength: ["legal"] } }, "fields.strength"],
  ["an option that is none in a list", { fields: { actionType: ["law", "war"] } }, "fields.actionType"],
  ["a link that is none", { links: [{ type: "near", to: "c1" }] }, "links.0.type"],
  ["a link to nothing", { links: [{ type: "has-actor", to: "nothing" }] }, "links.0.to"],
  ["a link to a mark it may not lead to", { links: [{ type: "has-actor", to: "c1" }] }, "links.0"],
  ["a link from a mark it may not begin at", { links: [{ type: "has-condition", to: "c1" }] }, "links.0"],
  ["a link to itself", { id: "self", links: [{ type: "elaborates", to: "self" }] }, "links.0.to"],
  ["an id that is taken", { id: "c1" }, "id"],
  ["a range that ends before it starts", { ranges: [{ start: 5, end: 5, exact: "" }] }, "ranges.0"],
  ["a range with no character", { ranges: [range("\n")] }, "ranges.0"],
  ["a note too long", { note: "x".repeat(8_001) }, "note"],
  ["a field too long", { fields: { action: "x".repeat(4_001) } }, "fields.action"],
];

test.each(bad)("[HTTP-20] %s is refused with its place", async (_what, change, path) => {
  const before = (await layer(someone.id)).annotations.size;
  const good = { tags: ["binding"], ranges: [range("We will")] };
  const { status, body } = await add([good, { ...good, ...change }]);
  expect({ status, body }).toMatchObject({ status: 422, body: { code: "invalid-content" } });
  expect((body as { fields: { path: string }[] }).fields.map((field) => field.path)).toEqual([
    `annotations.1.${path}`,
  ]);
  expect((await layer(someone.id)).annotations.size).toBe(before);
});

test("[HTTP-20] an id twice in one request is refused", async () => {
  const one = { id: "twin", tags: ["binding"], ranges: [range("We will")] };
  expect((await add([one, one])).body).toMatchObject({ fields: [{ path: "annotations.1.id" }] });
});

test("[HTTP-20] one text where the codebook wants a list is a list of one", async () => {
  const one = { id: "single", tags: ["binding"], ranges: [range("We will")], fields: { actor: "NATO" } };
  expect((await add([one])).status).toBe(201);
  expect((await layer(someone.id)).annotations.get("single")?.fields).toEqual({ actor: ["NATO"] });
});

test("[HTTP-19] each caller writes into their own layer, the owner included", async () => {
  const owner = await world.person("owner");
  const before = await layer(someone.id);
  const { body } = await add([{ tags: ["binding"], ranges: [range("We will")] }], owner);
  const [id = ""] = (body as { ids: string[] }).ids;
  expect((await layer(owner.id)).annotations.has(id)).toBe(true);
  expect((await layer(someone.id)).annotations).toEqual(before.annotations);
  expect((await snapshot()).layers.map(({ user }) => user.id)).toEqual([someone.id, owner.id]);
});

test("[HTTP-19] a layer takes no more than its limit, and then nothing of a request", async () => {
  const small = await startWorld({
    sync: (options) => new FakeSync(options),
    env: { LIMIT_LAYER_ANNOTATIONS: "2" },
  });
  try {
    const as = await small.person("annotator");
    const one = { tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "PARIS" }] };
    const path = `/articles/${small.article}/annotations`;
    const three = { annotations: [one, one, one] };
    expect((await small.ask("POST", path, { as, body: three })).body).toMatchObject({ code: "too-large" });
    expect((await small.ask("POST", path, { as, body: { annotations: [one, one] } })).status).toBe(201);
    expect((await small.ask("POST", path, { as, body: { annotations: [one] } })).status).toBe(413);
  } finally {
    await small.close();
  }
});

test("[QCK-10] the API takes marks on the article as a whole, and either ranges or none", async () => {
  const { status, body } = await add([{ id: "d1", tags: ["hedge"], document: true, note: "on the whole" }]);
  expect({ status, body }).toEqual({ status: 201, body: { ids: ["d1"] } });
  expect((await layer(someone.id)).annotations.get("d1")).toMatchObject({ target: { kind: "document" } });
  const mine = (await snapshot()).layers.find(({ user }) => user.id === someone.id);
  expect(mine?.annotations.find(({ id }) => id === "d1")).toMatchObject({ document: true, ranges: [] });
  expect((await add([{ tags: ["hedge"] }])).status).toBe(422);
  expect((await add([{ tags: ["hedge"], document: true, ranges: [range("We will")] }])).status).toBe(422);
});

test("[QCK-16] the snapshot says what date fields mean, counted from the article's date, and keeps the words", async () => {
  await world.ask("PATCH", `/articles/${article}`, {
    as: await world.person("owner"),
    body: { published: "2026-01-07" },
  });
  const deadlines = ["within 30 days", "by 2035", "in due course"];
  const { body } = await add(
    deadlines.map((deadline) => ({ tags: ["binding"], document: true, fields: { deadline } })),
  );
  const { ids } = body as { ids: string[] };
  const mine = (await snapshot()).layers.find(({ user }) => user.id === someone.id)?.annotations;
  const found = ids.map((id) => mine?.find((one) => one.id === id));
  expect(found).toMatchObject([
    { fields: { deadline: "within 30 days" }, dates: { deadline: { from: "2026-01-07", to: "2026-02-06" } } },
    { fields: { deadline: "by 2035" }, dates: { deadline: { from: null, to: "2035-12-31" } } },
    { fields: { deadline: "in due course" } },
  ]);
  expect(found[2]).not.toHaveProperty("dates");
  expect((await layer(someone.id)).annotations.get(ids[0] ?? "")?.fields).toEqual({
    deadline: "within 30 days",
  });
});
