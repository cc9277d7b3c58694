import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomName } from "#shared/doc/rooms.ts";
import { articleFragment, plainText, walkDocument } from "#shared/doc/walk.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");

let world: World;
let sync: FakeSync;
let owner: Someone;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  owner = await world.person("owner");
});
afterAll(() => world.close());

type Item = {
  readonly id: string;
  readonly title: string;
  readonly words: number;
  readonly updatedAt: number;
};
const list = async (query = "") => {
  const { body } = await world.ask("GET", `/articles${query}`, { as: owner });
  return body as { items: Item[]; next: string | null };
};
const textOf = (article: string) =>
  sync.hub.read(
    roomName({ kind: "text", article }),
    (doc) => plainText(walkDocument(articleFragment(doc))).text,
  );
const factsOf = (article: string) =>
  sync.hub.read(roomName({ kind: "review", article }), (doc) => doc.getMap("article").toJSON());
const create = (body: object) => world.ask("POST", "/articles", { as: owner, body });
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id;

test("[START-6] a new workspace has the seed article, with its text unchanged, and the codebook", async () => {
  const { items } = await list();
  expect(items).toMatchObject([
    { title: "Paris summit: security guarantees for Ukraine", words: expect.any(Number) },
  ]);
  const file = readFileSync(path.join(root, "seeds/articles/summit-paris-2026-01-07.txt"), "utf8");
  expect(await textOf(world.article)).toBe(file.trimEnd().replaceAll(/\n+/g, "\n"));
  expect((await world.ask("GET", "/codebook", { as: owner })).body).toMatchObject({ id: "commitments" });
});

test("[HTTP-15] an article from text, Markdown and HTML", async () => {
  const facts = {
    source: "Wire",
    publisher: "An agency",
    published: "2026-01-07",
    url: "https://example.org/a",
  };
  const made = await create({ title: " A title ", content: "One line.\nTwo lines.", ...facts });
  expect(made.status).toBe(201);
  const id = idOf(made);
  expect(await textOf(id)).toBe("One line.\nTwo lines.");
  expect((await world.ask("GET", `/articles/${id}`, { as: owner })).body).toMatchObject({
    id,
    title: "A title",
    ...facts,
    words: 4,
    marks: 0,
    people: [],
    archivedAt: null,
    blind: false,
    epoch: 1,
  });
  expect(await factsOf(id)).toEqual({ title: "A title", ...facts, archived: false, blind: false });
  const markdown = await create({ title: "M", format: "markdown", content: "# Head\n\n*Words* here" });
  expect(await textOf(idOf(markdown))).toBe("Head\nWords here");
  const html = "<h1>Head</h1><script>alert(1)</script><p>Words <b>here</b></p>";
  expect(await textOf(idOf(await create({ title: "H", format: "html", content: html })))).toBe(
    "Head\nWords here",
  );
});

test("[HTTP-15] what has no text is no article and leaves nothing", async () => {
  const before = await list();
  const docs = sync.docs.size;
  expect((await create({ title: "T", content: " \n\n " })).body).toMatchObject({ code: "invalid-content" });
  const script = { title: "T", format: "html", content: "<script>alert(1)</script>" };
  expect((await create(script)).body).toMatchObject({ code: "invalid-content" });
  expect(await list()).toEqual(before);
  expect(sync.docs.size).toBe(docs);
});

const upload = (name: string, bytes: Uint8Array<ArrayBuffer>, title = "") =>
  world.ask("POST", `/articles/upload?name=${encodeURIComponent(name)}${title}`, { as: owner, bytes });

test("[HTTP-15] an article from a file, its encoding found", async () => {
  const words = "Élysée: a café, déjà vu, naïve";
  const utf16 = Uint8Array.from(Buffer.from(`\uFEFF${words}`, "utf16le"));
  const answer = await upload("report.txt", utf16);
  expect(answer).toMatchObject({ status: 201, body: { encoding: "utf-16le" } });
  expect(await textOf(idOf(answer))).toBe(words);
  const titled = await upload("report.md", new TextEncoder().encode("# Of itself\n\nText."), "&title=Given");
  expect(titled.body).toMatchObject({ title: "Given" });
  const untitled = await upload("report.md", new TextEncoder().encode("# Of itself\n\nText."));
  expect(untitled.body).toMatchObject({ title: "Of itself", encoding: "utf-8" });
});

test("[HTTP-15] a file that is no text is refused with what to do instead", async () => {
  const pdf = await upload("report.pdf", new TextEncoder().encode("%PDF-1.7 ..."));
  expect(pdf).toMatchObject({ status: 415, body: { code: "unsupported-file" } });
});

test("[HTTP-15] samples are listed and become articles", async () => {
  const { body } = await world.ask("GET", "/samples", { as: owner });
  const { items } = body as { items: { id: string; title: string; words: number }[] };
  expect(items.length).toBeGreaterThanOrEqual(4);
  for (const sample of items) {
    expect(sample.words).toBeGreaterThan(300);
    expect(sample).not.toHaveProperty("content");
    const made = await world.ask("POST", `/samples/${sample.id}`, { as: owner });
    expect(made.status).toBe(201);
    expect((await world.ask("GET", `/articles/${idOf(made)}`, { as: owner })).body).toMatchObject({
      title: sample.title,
    });
  }
  expect((await world.ask("POST", "/samples/nothing", { as: owner })).status).toBe(404);
});

test("[HTTP-16] what is changed reaches the room, and what is left out stays", async () => {
  const id = idOf(await create({ title: "Before", content: "Words.", source: "Wire" }));
  sync.rights.length = 0;
  const patch = (body: object) => world.ask("PATCH", `/articles/${id}`, { as: owner, body });
  expect((await patch({ title: "After" })).body).toMatchObject({ title: "After", source: "Wire" });
  expect(await factsOf(id)).toMatchObject({ title: "After", source: "Wire", archived: false });
  expect(sync.rights).toEqual([]);
  expect((await patch({ archived: true })).body).toMatchObject({
    title: "After",
    archivedAt: expect.any(Number),
  });
  expect(await factsOf(id)).toMatchObject({ title: "After", archived: true });
  expect(sync.rights).toEqual([{ article: id }]);
  expect((await list()).items.map((item) => item.id)).not.toContain(id);
  expect((await list("?archived=true")).items.map((item) => item.id)).toEqual([id]);
  expect((await patch({ archived: false })).body).toMatchObject({ archivedAt: null });
  expect((await patch({ source: "" })).body).toMatchObject({ title: "After", source: "" });
});

test("[HTTP-16] a change that changes nothing is not one", async () => {
  const id = idOf(await create({ title: "Same", content: "Words." }));
  const before = await world.ask("GET", `/articles/${id}`, { as: owner });
  await world.ask("PATCH", `/articles/${id}`, { as: owner, body: { title: "Same" } });
  expect((await world.ask("GET", `/articles/${id}`, { as: owner })).body).toEqual(before.body);
});

test("[HTTP-14] pages show each article once, the last changed first", async () => {
  const all = (await list()).items;
  expect(all.map((item) => item.updatedAt)).toEqual(
    all.map((item) => item.updatedAt).toSorted((a, b) => b - a),
  );
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(
      `?limit=3${next === null ? "" : `&cursor=${next}`}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.items.map((item) => item.id));
    next = page.next;
  } while (next !== null);
  expect(seen).toEqual(all.map((item) => item.id));
});

test("[HTTP-14] articles changed in the same millisecond are not lost between pages", async () => {
  const { db } = world.running.services.database;
  await db.updateTable("article").set({ updated_at: 1 }).execute();
  const all = (await list()).items.map((item) => item.id);
  const first = await list("?limit=2");
  const second = await list(`?limit=200&cursor=${first.next}`);
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(all);
});

test("[HTTP-17] words, marks and the last change follow what was committed", async () => {
  const id = idOf(await create({ title: "Counted", content: "One two three." }));
  const someone = await world.newPerson("annotator");
  await world.running.flushCounts();
  const { db } = world.running.services.database;
  await db.updateTable("article").set({ updated_at: 1 }).where("id", "=", id).execute();
  const mark = (as: Someone, end: number, exact: string) =>
    world.ask("POST", `/articles/${id}/annotations`, {
      as,
      body: { annotations: [{ tags: ["binding"], ranges: [{ start: 0, end, exact }] }] },
    });
  await mark(someone, 3, "One");
  await mark(someone, 7, "One two");
  await mark(owner, 3, "One");
  await sync.hub.write(roomName({ kind: "text", article: id }), null, (doc) => {
    articleFragment(doc).delete(0, 1);
  });
  await world.running.flushCounts();
  const { body } = await world.ask("GET", `/articles/${id}`, { as: owner });
  expect(body).toMatchObject({ words: 0, marks: 3 });
  expect((body as Item).updatedAt).toBeGreaterThan(1);
});

test("[HTTP-17] people who have it open are shown", async () => {
  const here = [{ id: owner.id, name: owner.name, color: "#000000" }];
  sync.here.set(world.article, here);
  expect((await world.ask("GET", `/articles/${world.article}`, { as: owner })).body).toMatchObject({
    people: here,
  });
});
