import { afterAll, beforeAll, expect, test } from "vitest";
import { readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Plan } from "#shared/codebook/plan-step.ts";
import type { CodebookAct, CodebookDraft, CodebookImpact, CodebookVersion } from "#shared/wire/codebook.ts";
import { carryOn } from "../../../server/command/codebook-act.ts";
import { startWorld, type Someone, type World } from "../world.ts";

const TEXT = "We will help. We may pay if parliament agrees. We hope to build hubs by 2035.";

let world: World;
let owner: Someone;
let other: Someone;
let ana: Someone;
let ben: Someone;
let article: string;

beforeAll(async () => {
  world = await startWorld();
  owner = await world.person("owner");
  other = await world.newPerson("owner", "Olga");
  ana = await world.newPerson("annotator", "Ana");
  ben = await world.newPerson("annotator", "Ben");
  article = await world.newArticle(TEXT);
});
afterAll(() => world.close());

const ask = async <T>(method: string, path: string, body?: unknown, as: Someone = owner): Promise<T> => {
  const answer = await world.ask(method, path, { as, ...(body === undefined ? {} : { body }) });
  if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
};
const refused = async (method: string, path: string, body?: unknown, as: Someone = owner) => {
  const answer = await world.ask(method, path, { as, ...(body === undefined ? {} : { body }) });
  return answer.body as {
    code: string;
    detail: string;
    fields?: { path: string }[];
    [extra: string]: unknown;
  };
};
const draft = () => ask<CodebookDraft>("GET", "/codebook/draft");
const current = () => ask<Codebook>("GET", "/codebook");

/** Saves a change of the draft. */
async function edit(change: (codebook: Codebook) => void, plan: Plan = []): Promise<number> {
  const { revision, codebook } = await draft();
  change(codebook);
  return (await ask<{ revision: number }>("POST", "/codebook/draft", { revision, codebook, plan })).revision;
}

async function publish(version: string): Promise<CodebookAct> {
  const { revision } = await draft();
  const act = await ask<CodebookAct>("POST", "/codebook/versions", {
    revision,
    version,
    note: `for ${version}`,
  });
  return await settled(act.id);
}

async function settled(id: string): Promise<CodebookAct> {
  await carryOn(world.running.services, id);
  return await ask<CodebookAct>("GET", `/codebook/acts/${id}`);
}

const takeBack = async (id: string) => {
  await ask<CodebookAct>("POST", `/codebook/acts/${id}/undo`);
  return await settled(id);
};

type Given = {
  id: string;
  words: string;
  tags: string[];
  fields?: Record<string, string | string[]>;
  links?: { type: string; to: string }[];
};
const mark = (as: Someone, ...marks: Given[]) =>
  ask(
    "POST",
    `/articles/${article}/annotations`,
    {
      annotations: marks.map(({ words, ...rest }) => {
        const start = TEXT.indexOf(words);
        return { ...rest, ranges: [{ start, end: start + words.length, exact: words }] };
      }),
    },
    as,
  );
const marksOf = (user: Someone, id = article) =>
  world.running.services.live.read(roomName({ kind: "layer", article: id, user: user.id }), (doc) =>
    Object.fromEntries(readLayer(doc).annotations),
  );

const OWNERS_ONLY = [
  ["GET", "/codebook/draft"],
  ["POST", "/codebook/draft"],
  ["DELETE", "/codebook/draft?revision=0"],
  ["POST", "/codebook/draft/examples"],
  ["GET", "/codebook/impact"],
  ["GET", "/codebook/impact/marks?kind=tag"],
  ["POST", "/codebook/versions"],
  ["GET", "/codebook/acts"],
  ["GET", "/codebook/acts/x"],
  ["POST", "/codebook/acts/x/undo"],
] as const;

test.each(OWNERS_ONLY)("[CDB-14] only owners ask %s %s", async (method, path) => {
  for (const role of ["viewer", "annotator", "editor", "reviewer"] as const) {
    const as = await world.person(role);
    expect((await world.ask(method, path, { as, ...(method === "POST" ? { body: {} } : {}) })).status).toBe(
      403,
    );
  }
});

test("[CDB-14] the draft is the codebook in force until somebody begins it, and may be unfinished", async () => {
  const before = await draft();
  expect(before).toMatchObject({ revision: 0, begun: false, base: "commitments@1.0.0", savedBy: null });
  await edit((codebook) => codebook.tags.push({ ...codebook.tags[0]!, id: "", label: "", key: "" }));
  expect(await draft()).toMatchObject({ revision: 1, begun: true, savedBy: { name: owner.name } });
  expect((await current()).tags).toHaveLength(10);
});

test("[CDB-14] a save on an outdated revision is refused with who saved, and nothing is lost", async () => {
  const { revision, codebook } = await draft();
  codebook.title = "Theirs";
  await ask("POST", "/codebook/draft", { revision, codebook, plan: [] }, other);
  codebook.title = "Mine";
  const answer = await refused("POST", "/codebook/draft", { revision, codebook, plan: [] });
  expect(answer).toMatchObject({ code: "draft-outdated", revision: revision + 1, savedBy: { name: "Olga" } });
  expect(answer.detail).toContain("Olga");
  expect((await draft()).codebook.title).toBe("Theirs");
  expect(await refused("DELETE", `/codebook/draft?revision=${revision}`)).toMatchObject({
    code: "draft-outdated",
  });
});

test("[CDB-14] of two saves at the same moment one holds", async () => {
  const { revision, codebook } = await draft();
  const answers = await Promise.all(
    [owner, other].map((as) =>
      world.ask("POST", "/codebook/draft", {
        as,
        body: { revision, codebook: { ...codebook, title: as.name } },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([200, 409]);
});

test("[CDB-14] a discarded draft is gone, and whoever still has it open notices", async () => {
  const { revision, codebook } = await draft();
  expect((await world.ask("DELETE", `/codebook/draft?revision=${revision}`, { as: owner })).status).toBe(204);
  expect(await draft()).toMatchObject({ begun: false, revision: revision + 1 });
  expect(await refused("POST", "/codebook/draft", { revision, codebook })).toMatchObject({
    code: "draft-outdated",
  });
});

test("[CDB-20] an example goes into the draft beside whatever stands there, once", async () => {
  const example = { tag: "binding", answer: "no", quote: "We may pay", why: "may" };
  await ask("POST", "/codebook/draft/examples", example);
  const { codebook, begun } = await draft();
  expect(begun).toBe(true);
  expect(codebook.tags[0]?.negative.at(-1)).toEqual({ quote: "We may pay", why: "may" });
  expect(await refused("POST", "/codebook/draft/examples", example)).toMatchObject({
    code: "invalid-content",
  });
  expect(await refused("POST", "/codebook/draft/examples", { ...example, tag: "gone" })).toMatchObject({
    code: "invalid-content",
  });
});

test("[CDB-15] a draft that is not finished is not published, and its faults are named", async () => {
  const revision = await edit((codebook) => (codebook.tags[1]!.key = "b"));
  const answer = await refused("POST", "/codebook/versions", { revision, version: "1.1.0" });
  expect(answer).toMatchObject({ code: "invalid-content", fields: [{ path: "tags.1.key" }] });
  expect(
    await refused("POST", "/codebook/versions", { revision: revision - 1, version: "1.1.0" }),
  ).toMatchObject({
    code: "draft-outdated",
  });
  const lost = await edit(
    (codebook) => (codebook.tags[1]!.key = "c"),
    [{ kind: "tag", tag: "hedge", into: "gone" }],
  );
  expect(await refused("POST", "/codebook/versions", { revision: lost, version: "1.1.0" })).toMatchObject({
    fields: [{ path: "plan" }],
  });
  const ready = await edit(() => undefined);
  expect(await refused("POST", "/codebook/versions", { revision: ready, version: "1.0.0" })).toMatchObject({
    fields: [{ path: "version" }],
  });
});

test("[CDB-15] a published version is in force, never changes, and all versions stay readable", async () => {
  const first = await current();
  await edit((codebook) => (codebook.summary = "Shorter."));
  const act = await publish("1.1.0");
  expect(act).toMatchObject({
    status: "done",
    codebook: "commitments@1.1.0",
    before: "commitments@1.0.0",
    undoable: true,
  });
  expect(await current()).toMatchObject({ version: "1.1.0", summary: "Shorter." });
  const viewer = await world.person("viewer");
  const { items } = await ask<{ items: CodebookVersion[] }>("GET", "/codebook/versions", undefined, viewer);
  expect(items.map(({ ref, inForce }) => [ref, inForce])).toEqual([
    ["commitments@1.1.0", true],
    ["commitments@1.0.0", false],
  ]);
  expect(items[0]).toMatchObject({ publishedBy: { name: owner.name }, note: "for 1.1.0" });
  expect(await ask("GET", "/codebook/versions/commitments@1.0.0", undefined, viewer)).toEqual(first);
  expect(await draft()).toMatchObject({ begun: false });
  expect((await world.ask("GET", "/codebook/versions/commitments@9", { as: viewer })).status).toBe(404);
});

test("[CDB-23] a file with what it must have becomes the draft, with defaults for the rest", async () => {
  const { revision } = await draft();
  const tag = {
    id: "claim",
    label: "Claim",
    key: "c",
    color: "#0072B2",
    pattern: "solid",
    group: "g",
    definition: "A claim.",
    light: { background: "#B8D8E9", line: "#0072B2", text: "#1A1A1A" },
    dark: { background: "#0E3A56", line: "#0072B2", text: "#F2F2F2" },
  };
  const codebook = {
    schema: "codebook/1",
    id: "claims",
    version: "1",
    language: "en",
    title: "Claims",
    summary: "",
    tagMode: { default: "exclusive" },
    groups: [{ id: "g", label: "Claims" }],
    tags: [tag],
  };
  await ask("POST", "/codebook/draft", { revision, codebook });
  expect((await draft()).codebook).toMatchObject({
    id: "claims",
    attributes: [],
    tags: [{ enabled: true, positive: [] }],
  });
  expect(
    await refused("POST", "/codebook/draft", { revision: revision + 1, codebook: { ...codebook, tags: [] } }),
  ).toMatchObject({ code: "invalid-content" });
  await ask("DELETE", `/codebook/draft?revision=${revision + 1}`);
});

const removeHedgeAndIntention = (codebook: Codebook) => {
  codebook.tags = codebook.tags.filter(({ id }) => !["hedge", "intention"].includes(id));
  const used = (ids: string[]) => ids.filter((id) => !["hedge", "intention"].includes(id));
  for (const one of codebook.attributes) one.appliesTo = used(one.appliesTo);
  codebook.relations = codebook.relations.filter(({ id }) => id !== "hedged-by" && id !== "opposes");
  for (const one of codebook.relations) {
    one.from = used(one.from);
    one.to = used(one.to);
  }
  codebook.checks = codebook.checks.filter(({ id }) => id !== "intention-and-binding");
  const strength = codebook.attributes.find(({ id }) => id === "strength");
  if (strength) strength.options = strength.options.filter(({ id }) => id !== "tentative");
};
const PLAN: Plan = [
  { kind: "tag", tag: "intention", into: "binding" },
  { kind: "split", tag: "hedge", field: null, values: {}, marks: {}, rest: "condition" },
  { kind: "retype", field: "strength", values: { tentative: "declared" } },
  { kind: "link", link: "hedged-by", into: "has-condition" },
];

test("[CDB-16] before publishing it is counted and listed what does not fit over all articles", async () => {
  await mark(
    ana,
    { id: "h", words: "may", tags: ["hedge"] },
    {
      id: "a1",
      words: "We may pay",
      tags: ["conditional", "intention"],
      fields: { strength: "tentative" },
      links: [{ type: "hedged-by", to: "h" }],
    },
    { id: "a2", words: "We will help", tags: ["binding"], fields: { strength: "declared" } },
  );
  await mark(ben, { id: "b1", words: "We hope to build hubs", tags: ["intention"] });
  await edit(removeHedgeAndIntention, PLAN);
  const impact = await ask<CodebookImpact>("GET", "/codebook/impact");
  expect(impact).toMatchObject({ marks: 4, articles: 1, planned: 3, left: 0 });
  const rows = impact.rows.map(
    ({ kind, subject, marks, already }) => `${kind} ${subject} ${marks} ${already}`,
  );
  expect(rows.toSorted()).toEqual([
    "link hedged-by 1 0",
    "tag hedge 1 0",
    "tag intention 2 0",
    "value strength 1 0",
  ]);
  expect(impact.rows.find(({ kind }) => kind === "value")?.values).toEqual([
    { value: "tentative", marks: 1 },
  ]);
  const list = await ask<{ items: unknown[]; total: number }>(
    "GET",
    "/codebook/impact/marks?kind=tag&subject=intention&limit=1",
  );
  expect(list).toMatchObject({
    total: 2,
    items: [
      {
        article: { id: article },
        author: { name: expect.any(String) },
        quote: expect.stringContaining("We"),
      },
    ],
  });
  // Nothing has been changed by looking.
  expect((await marksOf(ben))["b1"]?.tags).toEqual(["intention"]);
});

test("[CDB-17] publishing changes everybody's marks as planned: authors stay, and who did it is written down", async () => {
  const before = { ana: await marksOf(ana), ben: await marksOf(ben) };
  const act = await publish("2.0.0");
  expect(act).toMatchObject({ status: "done", total: 3, done: 3, by: { id: owner.id }, plan: PLAN });
  const after = { ana: await marksOf(ana), ben: await marksOf(ben) };
  expect(after.ben["b1"]).toMatchObject({ tags: ["binding"], codebook: "commitments@2.0.0" });
  expect(after.ana["a1"]).toMatchObject({
    tags: ["binding", "conditional"],
    fields: { strength: "declared" },
    links: [{ type: "has-condition", to: "h" }],
    createdAt: before.ana["a1"]?.createdAt,
    target: before.ana["a1"]?.target,
  });
  expect(after.ana["h"]?.tags).toEqual(["condition"]);
  // What no step names keeps even its version.
  expect(after.ana["a2"]).toEqual(before.ana["a2"]);
  expect(await ask("GET", "/codebook/impact")).toMatchObject({ rows: [] });

  // Ana works on: the undo leaves that alone.
  const room = roomName({ kind: "layer", article, user: ana.id });
  await world.running.services.live.write(room, ana.id, (doc) => {
    const changed = { ...readLayer(doc).annotations.get("a1")!, note: "mine", fields: { strength: "legal" } };
    doc.getMap("annotations").set("a1", changed);
  });
  expect(await refused("POST", "/codebook/acts/nothing/undo")).toMatchObject({ code: "not-found" });
  const back = await takeBack(act.id);
  expect(back).toMatchObject({ status: "undone", undoneBy: { id: owner.id }, done: 3, undoable: false });
  expect(await current()).toMatchObject({ version: "1.1.0" });
  expect(await marksOf(ben)).toEqual(before.ben);
  const now = await marksOf(ana);
  expect(now["h"]).toEqual(before.ana["h"]);
  expect(now["a1"]).toMatchObject({
    tags: ["conditional", "intention"],
    links: [{ type: "hedged-by", to: "h" }],
    fields: { strength: "legal" },
    note: "mine",
    codebook: "commitments@1.1.0",
  });
  // What was published is the draft again, with its plan; the version is in the list and not in force.
  expect(await draft()).toMatchObject({ begun: true, base: "commitments@1.1.0", plan: PLAN });
  const { items } = await ask<{ items: CodebookVersion[] }>("GET", "/codebook/versions");
  expect(items.map(({ ref, inForce }) => `${ref} ${inForce}`)).toContain("commitments@2.0.0 false");
});

test("[CDB-17] only the latest publication is taken back, and acts are listed with who did them", async () => {
  const earlier = (await ask<{ items: CodebookAct[] }>("GET", "/codebook/acts")).items.at(-1);
  expect(earlier).toMatchObject({ codebook: "commitments@1.1.0", undoable: true });
  await edit((codebook) => (codebook.title = "Promises"));
  const later = await publish("3.0.0");
  expect(await refused("POST", `/codebook/acts/${earlier?.id}/undo`)).toMatchObject({ code: "not-latest" });
  await takeBack(later.id);
  const { items } = await ask<{ items: CodebookAct[] }>("GET", "/codebook/acts");
  expect(items.map(({ codebook, status, undoable }) => `${codebook} ${status} ${undoable}`)).toEqual([
    "commitments@3.0.0 undone false",
    "commitments@2.0.0 undone false",
    "commitments@1.1.0 done true",
  ]);
  expect(await refused("POST", `/codebook/acts/${later.id}/undo`)).toMatchObject({ code: "not-latest" });
});

test("[CDB-17] archived articles follow too", async () => {
  await ask("PATCH", `/articles/${article}`, { archived: true });
  const { revision } = await draft();
  await ask("DELETE", `/codebook/draft?revision=${revision}`);
  await edit(removeHedgeAndIntention, PLAN);
  const act = await publish("4.0.0");
  expect((await marksOf(ben))["b1"]?.tags).toEqual(["binding"]);
  await takeBack(act.id);
  expect((await marksOf(ben))["b1"]?.tags).toEqual(["intention"]);
  await ask("PATCH", `/articles/${article}`, { archived: false });
});

test("[CDB-19] every article's review room names the codebook in force", async () => {
  const named = () =>
    world.running.services.live.read(roomName({ kind: "review", article }), (doc) =>
      doc.getMap("article").get("codebook"),
    );
  const act = await publish("5.0.0");
  expect(await named()).toBe("commitments@5.0.0");
  await takeBack(act.id);
  expect(await named()).toBe("commitments@1.1.0");
});
