import { afterAll, beforeAll, expect, test } from "vitest";
import { roomName } from "#shared/doc/rooms.ts";
import { readThreads } from "#shared/doc/threads.ts";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { openRulings, QUOTE, type Rulings, threadIn } from "./ruling-story.ts";
import { newTalk, type Talk } from "./talk.ts";

let world: World;
let sync: FakeSync;
let rulings: Rulings;
let ana: Someone;
let ben: Someone;
let rita: Someone;
let otto: Someone;
let owner: Someone;
let talk: Talk;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  rulings = openRulings(world);
  ana = await world.newPerson("annotator", "Ana Ruiz");
  ben = await world.newPerson("annotator", "Ben Okafor");
  rita = await world.newPerson("reviewer", "Rita");
  otto = await world.newPerson("reviewer", "Otto");
  owner = await world.person("owner");
  talk = await newTalk(world, ben);
});
afterAll(() => world.close());

/** Draft and codebook as at the beginning, so that no test sees another's examples. */
async function forgetDraft(): Promise<void> {
  const { revision } = await rulings.draft(owner);
  await world.ask("DELETE", `/codebook/draft?revision=${revision}`, { as: owner });
}
const inRoom = async (thread: string) => {
  const room = roomName({ kind: "review", article: talk.article });
  return (await sync.hub.read(room, readThreads)).threads.find(({ id }) => id === thread);
};

test("[RUL-1, RUL-4] an owner's ruling resolves the discussion, is in the draft with its rule, and everybody in it is told: in one act", async () => {
  const thread = await rulings.begin(talk, ana);
  await talk.reply(rita, thread, "I think so.");
  const answer = await rulings.rule(talk, thread, owner, { rule: "Will binds." });
  expect(answer).toMatchObject({
    status: 201,
    body: {
      resolved: { by: { id: owner.id } },
      rulings: [
        {
          tag: "binding",
          answer: "yes",
          quote: QUOTE,
          why: "Will is a promise.",
          by: { id: owner.id },
          after: 2,
          drafted: { by: { id: owner.id } },
          takenBack: null,
        },
      ],
    },
  });
  expect(await inRoom(thread)).toMatchObject({ rulings: threadIn(answer).rulings, resolved: {} });
  expect((await talk.snapshot()).threads.find(({ id }) => id === thread)).toMatchObject({
    rulings: [{ tag: "binding" }],
  });
  expect(await rulings.examples(owner)).toEqual([`yes ${QUOTE} ${thread}`]);
  const { codebook } = await rulings.draft(owner);
  const source = { article: talk.article, thread, ruling: `r-${thread}` };
  expect(codebook.rules.at(-1)).toMatchObject({ text: "Will binds.", source });
  for (const person of [ana, ben, rita]) {
    expect(await rulings.told(person)).toEqual([`${thread} ruling Is Binding: Will is a promise.`]);
  }
  expect(await rulings.told(owner)).toEqual([]);
  await world.ask("POST", `/articles/${talk.article}/threads/${thread}/read`, { as: ana, body: { upTo: 2 } });
  expect(await rulings.told(ana)).toEqual([`${thread} ruling Is Binding: Will is a promise. (read)`]);
  await forgetDraft();
});

test("[RUL-2] the same request again makes nothing double; a second ruling waits until the first is taken back", async () => {
  const thread = await rulings.begin(talk, ana);
  const id = `r-${thread}`;
  const answers = await Promise.all([1, 2, 3].map(() => rulings.rule(talk, thread, owner)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(threadIn(await rulings.rule(talk, thread, owner)).rulings).toHaveLength(1);
  expect(await rulings.examples(owner)).toHaveLength(1);
  expect((await rulings.told(ana)).filter((line) => line.startsWith(thread))).toHaveLength(1);
  expect(await rulings.rule(talk, thread, rita)).toMatchObject({ status: 422 });
  expect(await rulings.rule(talk, thread, rita, { id: "second" })).toMatchObject({
    status: 409,
    body: { code: "already-ruled" },
  });
  await rulings.takeBack(talk, thread, owner, id);
  const again = await rulings.rule(talk, thread, owner, { id: "second", answer: "no" });
  expect(threadIn(again).rulings?.map(({ answer }) => answer)).toEqual(["yes", "no"]);
  expect(await rulings.examples(owner)).toEqual([`no ${QUOTE} ${thread}`]);
  await forgetDraft();
});

test("[RUL-1] reasoning and words are required, the tag must be one, and what the draft says otherwise is refused with nothing saved", async () => {
  const thread = await rulings.begin(talk, ana);
  for (const more of [{ why: " " }, { quote: "\u200b" }, { tag: "nothing" }, { answer: "maybe" }]) {
    expect(
      (await rulings.rule(talk, thread, owner, more)).status,
      JSON.stringify(more),
    ).toBeGreaterThanOrEqual(400);
  }
  expect(await rulings.rule(talk, thread, rita, { tag: "nothing" })).toMatchObject({ status: 422 });
  const example = { tag: "binding", answer: "no", quote: "Will pay." };
  await world.ask("POST", "/codebook/draft/examples", { as: owner, body: example });
  expect(await rulings.rule(talk, thread, owner)).toMatchObject({
    status: 422,
    body: { code: "invalid-content" },
  });
  const left = await talk.thread(thread);
  expect(left.resolved).toBeNull();
  expect(left.rulings).toBeUndefined();
  await forgetDraft();
});

test("[RUL-4] a reviewer's ruling waits for an owner, who adds it as an example once", async () => {
  const thread = await rulings.begin(talk, ana);
  const ruled = await rulings.rule(talk, thread, rita, { answer: "no" });
  expect(threadIn(ruled)).toMatchObject({ resolved: { by: { id: rita.id } }, rulings: [{ drafted: null }] });
  expect(await rulings.examples(owner)).toEqual([]);
  expect(await rulings.told(owner)).toContain(`${thread} ruling Is not Binding: Will is a promise.`);
  expect(await rulings.waiting(owner)).toMatchObject([
    { thread, article: { id: talk.article }, ruling: { id: `r-${thread}`, by: { id: rita.id } } },
  ]);
  const add = (as: Someone) => world.ask("POST", `/codebook/rulings/r-${thread}/example`, { as });
  expect(await add(rita)).toMatchObject({ status: 403 });
  expect((await Promise.all([add(owner), add(owner)])).map(({ status }) => status)).toEqual([204, 204]);
  expect(await rulings.examples(owner)).toEqual([`no ${QUOTE} ${thread}`]);
  expect(await rulings.waiting(owner)).toEqual([]);
  expect(await inRoom(thread)).toMatchObject({ rulings: [{ drafted: { by: { id: owner.id } } }] });
  expect(await rulings.takeBack(talk, thread, rita, `r-${thread}`)).toMatchObject({ status: 403 });
  await forgetDraft();
});

test("[RUL-5] a ruling that is taken back stays in the trace, opens the discussion, leaves the draft, and is told", async () => {
  const thread = await rulings.begin(talk, ana);
  await rulings.rule(talk, thread, owner, { rule: "Will binds." });
  const back = await rulings.takeBack(talk, thread, owner, `r-${thread}`);
  expect(threadIn(back)).toMatchObject({
    resolved: null,
    rulings: [{ why: "Will is a promise.", takenBack: { by: { id: owner.id } } }],
  });
  expect(await inRoom(thread)).toMatchObject({ resolved: null, rulings: [{ takenBack: {} }] });
  expect(await rulings.examples(owner)).toEqual([]);
  expect((await rulings.draft(owner)).codebook.rules.some(({ source }) => source)).toBe(false);
  expect(await rulings.told(ana)).toContain(`${thread} ruling-back Will is a promise.`);
  const { revision } = await rulings.draft(owner);
  expect(await rulings.takeBack(talk, thread, owner, `r-${thread}`)).toMatchObject({ status: 200 });
  expect((await rulings.draft(owner)).revision).toBe(revision);
  expect((await rulings.told(ana)).filter((line) => line.startsWith(`${thread} ruling-back`))).toHaveLength(
    1,
  );
  expect(await rulings.rule(talk, thread, owner)).toMatchObject({ body: { rulings: [{ takenBack: {} }] } });

  const other = await rulings.begin(talk, ana);
  await rulings.rule(talk, other, rita);
  expect(await rulings.takeBack(talk, other, otto, `r-${other}`)).toMatchObject({ status: 403 });
  expect(await rulings.takeBack(talk, other, rita, `r-${other}`)).toMatchObject({ status: 200 });
  expect(await rulings.waiting(owner)).toEqual([]);
  expect(await world.ask("POST", `/codebook/rulings/r-${other}/example`, { as: owner })).toMatchObject({
    status: 404,
  });
  await forgetDraft();
});

test("[RUL-5] an example that was published stays when its ruling is taken back", async () => {
  const thread = await rulings.begin(talk, ana);
  await rulings.rule(talk, thread, owner);
  const { revision } = await rulings.draft(owner);
  const published = await world.ask("POST", "/codebook/versions", {
    as: owner,
    body: { revision, version: "9.1.0" },
  });
  expect(published.status).toBe(201);
  const example = { tag: "binding", answer: "no", quote: "something else" };
  await world.ask("POST", "/codebook/draft/examples", { as: owner, body: example });
  await rulings.takeBack(talk, thread, owner, `r-${thread}`);
  expect(await rulings.examples(owner)).toEqual([`yes ${QUOTE} ${thread}`]);
  await forgetDraft();
});

test("[RUL-1] who may not adjudicate does not rule, and in an archived article nobody does", async () => {
  const thread = await rulings.begin(talk, ana);
  for (const role of ["viewer", "annotator", "editor"] as const) {
    expect(await rulings.rule(talk, thread, await world.person(role))).toMatchObject({ status: 403 });
  }
  expect(await rulings.rule(talk, "nothing", owner)).toMatchObject({ status: 404 });
  const old = await newTalk(world, ben);
  const there = await rulings.begin(old, ana);
  await world.ask("PATCH", `/articles/${old.article}`, { as: owner, body: { archived: true } });
  expect(await rulings.rule(old, there, owner)).toMatchObject({ status: 409, body: { code: "archived" } });
});

test("[RUL-3] the marks that a ruling would change are named with author, article and words, and none is changed", async () => {
  const other = await newTalk(world, ana);
  const yes = await rulings.against(await world.person("viewer"), "yes");
  expect(yes).toEqual([]);
  const no = await rulings.against(await world.person("viewer"), "no", "“Will  pay”");
  expect(no).toContainEqual({
    id: other.mark.mark,
    article: { id: other.article, title: "An article" },
    author: { id: ana.id, name: "Ana Ruiz", color: "#1D4ED8" },
    quote: "will pay",
    tags: ["binding"],
    like: "same",
  });
  expect(no.map(({ author }) => author.id)).toContain(ben.id);
  const { layers } = await other.snapshot();
  expect(layers.flatMap(({ annotations }) => annotations.map(({ tags }) => tags))).toEqual([["binding"]]);
});

test("[RUL-3] marks in archived articles rest, so no ruling would change them", async () => {
  const old = await newTalk(world, ana);
  await world.ask("PATCH", `/articles/${old.article}`, { as: owner, body: { archived: true } });
  const articles = (await rulings.against(owner, "no")).map(({ article }) => article.id);
  expect(articles).not.toContain(old.article);
});

test("[RUL-6] in a blind article marks and rulings of hidden layers are shown to nobody who may not see the layer", async () => {
  const hidden = await newTalk(world, ben);
  const thread = await rulings.begin(hidden, ana);
  await hidden.reply(rita, thread, "Hm.");
  await world.ask("PATCH", `/articles/${hidden.article}`, { as: owner, body: { blind: true } });
  const articles = async (as: Someone) => (await rulings.against(as, "no")).map(({ article }) => article.id);
  expect(await articles(rita)).toContain(hidden.article);
  expect(await articles(ben)).toContain(hidden.article);
  expect(await articles(ana)).not.toContain(hidden.article);
  expect((await rulings.rule(hidden, thread, rita)).status).toBe(201);
  expect((await rulings.told(ana)).some((line) => line.startsWith(thread))).toBe(false);
  expect((await rulings.told(ben)).some((line) => line.startsWith(thread))).toBe(true);
  const room = roomName({ kind: "review", article: hidden.article });
  expect((await sync.hub.read(room, readThreads)).threads).toEqual([]);
  const layer = roomName({ kind: "layer-review", article: hidden.article, user: ben.id });
  expect((await sync.hub.read(layer, readThreads)).threads).toMatchObject([{ id: thread, rulings: [{}] }]);
});
