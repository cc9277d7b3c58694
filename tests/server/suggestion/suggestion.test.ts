import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MOST_OPEN } from "#shared/model/suggestion.ts";
import { can, ROLES, type Role } from "#shared/model/role.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { type Bench, openBench, WORDS } from "./suggesting.ts";

let world: World;
let bench: Bench;
let ana: Someone;
let ed: Someone;
beforeAll(async () => {
  world = await startWorld();
  ana = await world.newPerson("annotator", "Ana");
  ed = await world.newPerson("editor", "Ed");
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  bench = await openBench(world);
});

const claim = (name: string) => ({ claim: `claim-of-${name}` });
const only = async () => (await bench.room())[0];

test("[SUG-1] a suggestion is recorded under the name the server knows, with the words as they stand, and edits nothing", async () => {
  const { status, body } = await bench.suggest(ana, "s1", { by: { id: ed.id } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    id: `${bench.prefix}s1`,
    place: { kind: "over", range: { quote: { exact: "will pay" } } },
    text: "shall pay",
    by: { id: ana.id, name: "Ana" },
    status: "open",
    decided: null,
    applied: null,
  });
  expect(await only()).toMatchObject({ id: "s1", version: 1 });
  expect((await bench.list()).body).toMatchObject({ items: [{ id: `${bench.prefix}s1` }] });
  expect(await bench.text()).toBe(WORDS);
});

test("[SUG-1] an insertion names the characters at its sides, a deletion puts nothing in place", async () => {
  const target = { kind: "offsets", start: 10, end: 10, exact: "" };
  const { body } = await bench.suggest(ana, "s1", { target, text: "surely " });
  expect(body).toMatchObject({
    place: { kind: "between", before: { quote: { exact: " " } }, after: { quote: { exact: "w" } } },
  });
  const first = await bench.suggest(ana, "s2", { target: { ...target, start: 0, end: 0 }, text: "So " });
  expect(first.body).toMatchObject({ place: { before: null, after: { quote: { exact: "T" } } } });
  expect((await bench.suggest(ana, "s3", { text: "" })).body).toMatchObject({ text: "" });
});

test("[SUG-1] by the identities of characters it finds them wherever they have moved, and refuses words that are others", async () => {
  const runs = await bench.runs(10, 18);
  const before = await bench.runs(9, 10);
  await bench.type(0, "Today: ");
  const over = { kind: "over", runs, exact: "will pay" };
  expect((await bench.suggest(ana, "s1", { target: over })).body).toMatchObject({
    place: { range: { hint: 17, quote: { exact: "will pay" } } },
  });
  const between = { kind: "between", before, after: null };
  expect((await bench.suggest(ana, "s2", { target: between, text: "x" })).status).toBe(201);
  await bench.type(22, "never ");
  const late = await bench.suggest(ana, "s3", { target: over });
  expect(late).toMatchObject({ status: 409, body: { code: "quote-mismatch" } });
  const unknown = { kind: "over", runs: [[99, 0, 3]], exact: "pay" };
  expect(await bench.suggest(ana, "s4", { target: unknown })).toMatchObject({ status: 409 });
  expect((await bench.room()).map(({ id }) => id)).toEqual(["s1", "s2"]);
});

test("[SUG-1] what reaches over a paragraph, says nothing new or is too long is refused with a sentence", async () => {
  const target = { kind: "offsets", start: 14, end: 25, exact: " pay.\nOther" };
  const refused = (refusal: string) => ({ status: 409, body: { code: "suggestion-refused", refusal } });
  expect(await bench.suggest(ana, "s1", { target })).toMatchObject(refused("several-paragraphs"));
  expect(await bench.suggest(ana, "s1", { text: "will pay" })).toMatchObject(refused("nothing-new"));
  expect(await bench.suggest(ana, "s1", { text: "x".repeat(4_001) })).toMatchObject({ status: 422 });
  expect(await bench.room()).toEqual([]);
});

test("[SUG-2] the same request again changes nothing, and an id that is somebody else's is refused", async () => {
  await bench.suggest(ana, "s1");
  expect((await bench.suggest(ana, "s1", { text: "other" })).body).toMatchObject({ text: "shall pay" });
  const taken = { status: 409, body: { refusal: "id-taken" } };
  expect(await bench.suggest(ed, "s1")).toMatchObject(taken);
  const other = await openBench(world, bench.prefix);
  expect(await other.suggest(ana, "s1")).toMatchObject(taken);
  expect(await bench.room()).toHaveLength(1);
});

const ACTS = ["suggest", "accept", "reject", "withdraw", "applied", "release"] as const;
const STATES = ["open", "accepted", "applied", "rejected", "withdrawn"] as const;

/** What an act by somebody other than the author answers, rights apart; null: it is done. */
const ANSWERS: Record<(typeof ACTS)[number], Record<(typeof STATES)[number], string | null>> = {
  suggest: { open: null, accepted: null, applied: null, rejected: null, withdrawn: null },
  accept: {
    open: null,
    accepted: "being-accepted",
    applied: "decided",
    rejected: "decided",
    withdrawn: "decided",
  },
  reject: {
    open: null,
    accepted: "being-accepted",
    applied: "decided",
    rejected: "decided",
    withdrawn: "decided",
  },
  withdraw: {
    open: "not-yours",
    accepted: "not-yours",
    applied: "not-yours",
    rejected: "not-yours",
    withdrawn: "not-yours",
  },
  applied: {
    open: "not-accepted",
    accepted: "not-accepted",
    applied: "not-accepted",
    rejected: "not-accepted",
    withdrawn: "not-accepted",
  },
  release: {
    open: null,
    accepted: "not-accepted",
    applied: "not-accepted",
    rejected: "not-accepted",
    withdrawn: "not-accepted",
  },
};

async function bring(id: string, state: (typeof STATES)[number]): Promise<void> {
  await bench.suggest(ana, id);
  if (state === "accepted" || state === "applied") await bench.act(ed, id, "accept", claim("ed"));
  if (state === "applied") await bench.act(ed, id, "applied", claim("ed"));
  if (state === "rejected") await bench.act(ed, id, "reject", { reason: "No." });
  if (state === "withdrawn") await bench.act(ana, id, "withdraw");
}

test.each(ROLES)(
  "[SUG-3] a role may do to each state what the table says: %s",
  async (role: Role) => {
    const who = await world.person(role);
    for (const act of ACTS) {
      for (const state of STATES) {
        const id = `${role}-${act}-${state}`;
        await bring(id, state);
        const before = (await bench.room()).find((one) => one.id === id);
        const { status, body } =
          act === "suggest"
            ? await bench.suggest(who, `${id}-new`)
            : await bench.act(
                who,
                id,
                act,
                act === "reject" ? {} : act === "withdraw" ? undefined : claim("me"),
              );
        const may = can(who, act === "suggest" || act === "withdraw" ? "comment.write" : "text.write");
        const answer = ANSWERS[act][state];
        if (!may) expect({ status, body }, id).toMatchObject({ status: 403, body: { code: "forbidden" } });
        else if (answer !== null)
          expect({ status, body }, id).toMatchObject({ status: 409, body: { refusal: answer } });
        else expect(status, id).toBe(act === "suggest" ? 201 : 200);
        if (may && answer === null) continue;
        expect((await bench.room()).find((one) => one.id === id)).toEqual(before);
      }
    }
  },
  60_000,
);

test("[SUG-3] while the article is archived nothing is suggested, decided or withdrawn", async () => {
  await bench.suggest(ana, "s1");
  await bench.act(ed, "s1", "accept", claim("ed"));
  await bench.suggest(ana, "s2");
  const owner = await world.person("owner");
  await world.ask("PATCH", `/articles/${bench.article}`, { as: owner, body: { archived: true } });
  const archived = { status: 409, body: { code: "archived" } };
  expect(await bench.suggest(ana, "s3")).toMatchObject(archived);
  expect(await bench.act(ana, "s2", "withdraw")).toMatchObject(archived);
  expect(await bench.act(owner, "s2", "accept", claim("owner"))).toMatchObject(archived);
  expect(await bench.act(owner, "s2", "reject", {})).toMatchObject(archived);
  expect(await bench.act(ed, "s1", "applied", claim("ed"))).toMatchObject(archived);
  expect((await bench.list()).status).toBe(200);
});

test("[SUG-4] of many who accept at once one wins, also when a request comes twice", async () => {
  await bench.suggest(ana, "s1");
  const owner = await world.person("owner");
  const names = ["a", "b", "c", "d", "a"];
  const answers = await Promise.all(
    names.map((name, nth) => bench.act(nth % 2 ? owner : ed, "s1", "accept", claim(name))),
  );
  const won = names.filter((_, nth) => answers[nth]?.status === 200);
  expect(new Set(won).size).toBe(1);
  const lost = answers.filter(({ status }) => status !== 200);
  for (const { body } of lost)
    expect(body).toMatchObject({ code: "suggestion-refused", refusal: "being-accepted" });
  expect((await only())?.status).toBe("accepted");
  expect(JSON.stringify(await only())).not.toContain("claim-of-");
});

test("[SUG-5] the edit is reported once and by whom; one that could not be made leaves the suggestion open", async () => {
  await bench.suggest(ana, "s1");
  await bench.act(ed, "s1", "accept", claim("ed"));
  expect((await bench.act(ed, "s1", "release", claim("ed"))).body).toMatchObject({
    status: "open",
    decided: null,
  });
  await bench.act(ed, "s1", "accept", claim("again"));
  expect((await bench.act(ed, "s1", "applied", claim("ed"))).status).toBe(409);
  const done = await bench.act(ed, "s1", "applied", claim("again"));
  expect(done.body).toMatchObject({ status: "accepted", applied: { by: { id: ed.id, name: "Ed" } } });
  const { version } = (await only()) ?? {};
  expect((await bench.act(ed, "s1", "applied", claim("again"))).body).toEqual(done.body);
  expect((await only())?.version).toBe(version);
  expect((await bench.act(ed, "s1", "accept", claim("again"))).body).toEqual(done.body);
});

test("[SUG-2] what was done is written down in order, and never changed", async () => {
  await bench.suggest(ana, "s-log");
  await bench.act(ed, "s-log", "accept", claim("ed"));
  await bench.act(ed, "s-log", "release", claim("ed"));
  await bench.act(ed, "s-log", "reject", { reason: "No." });
  const acts = await world.running.services.database.db
    .selectFrom("text_suggestion_act")
    .select(["version", "act", "actor"])
    .where("suggestion_id", "=", `${bench.prefix}s-log`)
    .orderBy("version")
    .execute();
  expect(acts).toEqual([
    { version: 1, act: "suggest", actor: ana.id },
    { version: 2, act: "accept", actor: ed.id },
    { version: 3, act: "release", actor: ed.id },
    { version: 4, act: "reject", actor: ed.id },
  ]);
});

test("[SUG-1] an article takes so many open suggestions and no more", async () => {
  await bench.suggest(ana, "s1");
  const { db } = world.running.services.database;
  const row = await db
    .selectFrom("text_suggestion")
    .selectAll()
    .where("article_id", "=", bench.article)
    .executeTakeFirstOrThrow();
  const rows = Array.from({ length: MOST_OPEN - 1 }, (_, nth) => ({ ...row, id: `many-${nth}` }));
  for (let at = 0; at < rows.length; at += 100) {
    await db
      .insertInto("text_suggestion")
      .values(rows.slice(at, at + 100))
      .execute();
  }
  const full = { status: 409, body: { refusal: "too-many" } };
  expect(await bench.suggest(ana, "one-more")).toMatchObject(full);
  await bench.act(ana, "s1", "withdraw");
  expect((await bench.suggest(ana, "one-more")).status).toBe(201);
});

test("[SUG-2] an unknown suggestion and one of another article are not found", async () => {
  await bench.suggest(ana, "s-mine");
  const other = await openBench(world, bench.prefix);
  expect(await other.act(ed, "s-mine", "accept", claim("ed"))).toMatchObject({ status: 404 });
  expect(await bench.act(ed, "nothing", "reject", {})).toMatchObject({ status: 404 });
});
