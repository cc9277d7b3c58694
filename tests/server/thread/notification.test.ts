import { afterAll, beforeAll, expect, test } from "vitest";
import { notify } from "../../../server/command/notification.ts";
import type { NotificationShape } from "#shared/wire/threads.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { idOf, newTalk, type Talk } from "./talk.ts";

let world: World;
let ana: Someone;
let ben: Someone;
let cleo: Someone;
let talk: Talk;
beforeAll(async () => {
  world = await startWorld();
  ana = await world.newPerson("annotator", "Ana Ruiz");
  ben = await world.newPerson("annotator", "Ben Okafor");
  cleo = await world.newPerson("annotator", "Cleo Marsh");
  talk = await newTalk(world, ben);
});
afterAll(() => world.close());

type List = { items: NotificationShape[]; unread: number; next: string | null };
const list = async (as: Someone, query = "") =>
  (await world.ask("GET", `/notifications${query}`, { as })).body as List;
const kinds = async (as: Someone) => (await list(as)).items.map(({ kind, detail }) => [kind, detail]);

/** Counts the words that a person's open pages are told. */
function hearing(person: Someone): { heard: number; stop: () => void } {
  const ear = { heard: 0, stop: () => {} };
  ear.stop = world.running.services.signals.listen(person.id, () => (ear.heard += 1));
  return ear;
}

test("[NTF-1] a mention, a discussion at my mark and an answer each reach whom they concern, and their pages at once", async () => {
  const [bens, anas] = [hearing(ben), hearing(ana)];
  const id = idOf(await talk.start(ana, "What does @Cleo Marsh say?"));
  expect(await kinds(ben)).toEqual([["thread", "What does @Cleo Marsh say?"]]);
  expect(await kinds(cleo)).toEqual([["mention", "What does @Cleo Marsh say?"]]);
  expect(await kinds(ana)).toEqual([]);
  expect([bens.heard, anas.heard]).toEqual([1, 0]);
  await talk.reply(cleo, id, "It binds.");
  expect(await kinds(ana)).toEqual([["reply", "It binds."]]);
  expect((await list(ben)).items[0]).toMatchObject({
    kind: "reply",
    actor: { id: cleo.id, name: "Cleo Marsh" },
    article: { id: talk.article, title: "An article" },
    thread: id,
    mark: { author: ben.id, id: talk.mark.mark },
    readAt: null,
  });
  expect([bens.heard, anas.heard]).toEqual([2, 1]);
  bens.stop();
  anas.stop();
});

test("[NTF-2] nobody is told the same thing twice, and not who is no member any more", async () => {
  const { services } = world.running;
  const gone = await world.newPerson("annotator", "Dora");
  await world.ask("DELETE", `/members/${gone.id}`, { as: await world.person("owner") });
  const notice = {
    kind: "verdict" as const,
    to: [ben.id, gone.id, cleo.id],
    by: cleo.id,
    article: talk.article,
    about: "verdict/v1",
    mark: { author: ben.id, id: talk.mark.mark },
    detail: "accepted",
  };
  await notify(services, notice);
  await notify(services, notice, notice);
  expect((await kinds(ben)).filter(([kind]) => kind === "verdict")).toEqual([["verdict", "accepted"]]);
  expect((await kinds(cleo)).filter(([kind]) => kind === "verdict")).toEqual([]);
  const { db } = services.database;
  const rows = await db.selectFrom("notification").select("id").where("user_id", "=", gone.id).execute();
  expect(rows).toEqual([]);
});

test("[NTF-2] an edit tells those it mentions anew; a deleted message takes back what it told", async () => {
  const id = idOf(await talk.start(cleo, "Anybody?"));
  const path = `/articles/${talk.article}/threads/${id}/messages/${(await talk.thread(id)).messages[0]?.id}`;
  await world.ask("PATCH", path, { as: cleo, body: { text: "Anybody? @Ana Ruiz" } });
  expect((await kinds(ana))[0]).toEqual(["mention", "Anybody? @Ana Ruiz"]);
  const before = (await list(ana)).unread;
  const ear = hearing(ana);
  await world.ask("DELETE", path, { as: cleo });
  expect((await list(ana)).unread).toBe(before - 1);
  expect(JSON.stringify(await list(ana))).not.toContain("Anybody");
  expect(ear.heard).toBe(1);
  ear.stop();
});

test("[NTF-3] reading a discussion reads what told of it, as far as was read", async () => {
  const id = idOf(await talk.start(ana, "One @Cleo Marsh"));
  await talk.reply(ana, id, "Two @Cleo Marsh");
  const before = (await list(cleo)).unread;
  const read = (upTo: number) =>
    world.ask("POST", `/articles/${talk.article}/threads/${id}/read`, { as: cleo, body: { upTo } });
  const ear = hearing(cleo);
  await read(1);
  expect((await list(cleo)).unread).toBe(before - 1);
  await read(2);
  await read(2);
  expect((await list(cleo)).unread).toBe(before - 2);
  expect(ear.heard).toBe(2);
  ear.stop();
});

test("[NTF-3] notifications are marked as read one by one or all, only one's own", async () => {
  const id = idOf(await talk.start(ana, "Yours @Ben Okafor and @Cleo Marsh"));
  await talk.reply(ana, id, "More @Ben Okafor");
  const { items, unread } = await list(ben);
  const [newest] = items;
  const read = (as: Someone, ids: unknown) => world.ask("POST", "/notifications/read", { as, body: { ids } });
  expect((await read(cleo, [newest?.id])).status).toBe(200);
  expect((await list(ben)).unread).toBe(unread);
  expect((await read(ben, [newest?.id])).body).toEqual({ unread: unread - 1 });
  expect((await list(ben)).items[0]?.readAt).toEqual(expect.any(Number));
  const others = (await list(cleo)).unread;
  expect((await read(ben, "all")).body).toEqual({ unread: 0 });
  expect((await list(cleo)).unread).toBe(others);
});

test("[NTF-4] the list comes in pages, the newest first, each notification once", async () => {
  const all = (await list(ben, "?limit=100")).items.map((one) => one.id);
  expect(all.length).toBeGreaterThan(4);
  const paged: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const page: List = await list(ben, `?limit=2${next === "" ? "" : `&cursor=${next}`}`);
    paged.push(...page.items.map((one) => one.id));
    next = page.next;
  }
  expect(paged).toEqual(all);
  expect((await world.ask("GET", "/notifications?cursor=x", { as: ben })).body).toMatchObject({
    code: "bad-request",
  });
});
