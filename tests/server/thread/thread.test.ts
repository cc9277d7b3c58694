import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { readThreads, threadMap } from "#shared/doc/threads.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { MOST_MESSAGES, MOST_TEXT } from "#shared/model/thread.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { idOf, newTalk, type Talk } from "./talk.ts";

let world: World;
let ana: Someone;
let ben: Someone;
let owner: Someone;
let talk: Talk;
beforeAll(async () => {
  world = await startWorld();
  ana = await world.newPerson("annotator", "Ana Ruiz");
  ben = await world.newPerson("annotator", "Ben Okafor");
  owner = await world.person("owner");
  talk = await newTalk(world, ben);
});
afterAll(() => world.close());

const inRoom = () =>
  world.running.services.live.read(roomName({ kind: "review", article: talk.article }), readThreads);

test("[THR-1] a discussion at a mark stands in the database and in the review room, under names the server gave", async () => {
  const answer = await talk.start(ana, "Is this @Ben Okafor's reading?\u0000");
  expect(answer).toMatchObject({
    status: 201,
    body: {
      anchor: { ...talk.mark, quote: "will pay" },
      createdBy: { id: ana.id, name: "Ana Ruiz" },
      resolved: null,
      messages: [
        {
          nth: 1,
          author: { id: ana.id },
          text: "Is this @Ben Okafor's reading?",
          mentions: [{ user: ben.id, start: 8, end: 19 }],
          editedAt: null,
          deleted: null,
        },
      ],
    },
  });
  const { threads, unreadable } = await inRoom();
  expect(unreadable).toBe(0);
  const shown = threads.find(({ id }) => id === idOf(answer));
  expect(shown?.messages.map(({ text }) => text)).toEqual(["Is this @Ben Okafor's reading?"]);
  expect(await talk.thread(idOf(answer))).toMatchObject({ id: idOf(answer) });
});

test("[THR-1] a discussion at words keeps which characters they are, and follows them", async () => {
  const target = { kind: "text", ranges: [{ start: 20, end: 26, exact: "Others" }] };
  const { body } = await talk.start(ana, "Who?", { target });
  expect(body).toMatchObject({
    anchor: { kind: "text", ranges: [{ quote: { exact: "Others" }, hint: 20 }] },
  });
  const { threads } = await talk.snapshot();
  expect(threads.find(({ quote }) => quote === "Others")).toMatchObject({
    mark: null,
    state: "whole",
    ranges: [{ start: 20, end: 26, exact: "Others", state: "whole" }],
    messages: [{ text: "Who?" }],
  });
});

test("[THR-1] other words at the place, no words, no such mark: nothing is started", async () => {
  const at = (start: number, end: number, exact: string) => ({
    target: { kind: "text", ranges: [{ start, end, exact }] },
  });
  expect((await talk.start(ana, "Who?", at(20, 26, "Nobody"))).body).toMatchObject({
    code: "quote-mismatch",
    mismatches: [{ found: "Others", expected: "Nobody" }],
  });
  expect((await talk.start(ana, "Who?", at(20, 20, ""))).status).toBe(422);
  for (const target of [
    { ...talk.mark, mark: "nothing" },
    { ...talk.mark, author: "nobody" },
    { ...talk.mark, author: `${ben.id}/review` },
  ]) {
    expect((await talk.start(ana, "Who?", { target })).body).toMatchObject({ code: "not-found" });
  }
});

test("[THR-2] asking the same again changes nothing, and an id of somebody else is refused", async () => {
  const message = { id: "same-m", text: "Once" };
  const again = { id: "same-t", message };
  const first = await talk.start(ana, "", again);
  expect(first.status).toBe(201);
  expect((await talk.start(ana, "", again)).body).toEqual(first.body);
  expect((await talk.start(ben, "", again)).body).toMatchObject({
    code: "invalid-content",
    fields: [{ path: "id" }],
  });
  const answer = await talk.reply(ben, "same-t", "Twice?", "same-r");
  expect((await talk.reply(ben, "same-t", "Twice?", "same-r")).body).toEqual(answer.body);
  expect((await talk.reply(ana, "same-t", "Mine", "same-r")).status).toBe(422);
  expect((await talk.thread("same-t")).messages.map(({ text, nth }) => [nth, text])).toEqual([
    [1, "Once"],
    [2, "Twice?"],
  ]);
});

test("[THR-2] many who answer at once are all heard, in one order for everybody", async () => {
  const id = idOf(await talk.start(ana, "All together"));
  await Promise.all(Array.from({ length: 20 }, (_, nth) => talk.reply(nth % 2 ? ana : ben, id, `nr ${nth}`)));
  const stored = await talk.thread(id);
  expect(stored.messages.map(({ nth }) => nth)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
  const shown = (await inRoom()).threads.find((one) => one.id === id);
  expect(shown?.messages.map((one) => one.id)).toEqual(stored.messages.map((one) => one.id));
});

test("[THR-4] one's own message is edited and deleted with a trace, another's is not; an owner deletes with theirs", async () => {
  const id = idOf(await talk.start(ana, "Frist"));
  const { messages } = await talk.thread(id);
  const [first] = messages;
  const path = `/articles/${talk.article}/threads/${id}/messages/${first?.id}`;
  const patch = (as: Someone, text: string) => world.ask("PATCH", path, { as, body: { text } });
  expect((await patch(ben, "Mine")).body).toMatchObject({ code: "forbidden" });
  expect((await patch(owner, "Mine")).body).toMatchObject({ code: "forbidden" });
  expect((await patch(ana, "Frist")).body).toMatchObject({ messages: [{ editedAt: null }] });
  expect((await patch(ana, "First")).body).toMatchObject({
    messages: [{ text: "First", editedAt: expect.any(Number) }],
  });
  expect((await world.ask("DELETE", path, { as: ben })).body).toMatchObject({ code: "forbidden" });
  const reply = await talk.reply(ben, id, "An answer");
  const [, answer] = (reply.body as { messages: { id: string }[] }).messages;
  const gone = await world.ask("DELETE", `/articles/${talk.article}/threads/${id}/messages/${answer?.id}`, {
    as: owner,
  });
  expect(gone.body).toMatchObject({
    messages: [{}, { text: "", mentions: [], deleted: { by: { id: owner.id }, at: expect.any(Number) } }],
  });
  expect((await world.ask("DELETE", path, { as: ana })).status).toBe(200);
  expect((await patch(ana, "Back")).body).toMatchObject({ code: "not-found" });
  const shown = (await inRoom()).threads.find((one) => one.id === id);
  expect(shown?.messages.map(({ text, deleted }) => [text, deleted?.by.id])).toEqual([
    ["", ana.id],
    ["", owner.id],
  ]);
});

test("[THR-10] who resolved it and when is shown; it is reopened by asking, or by an answer", async () => {
  const id = idOf(await talk.start(ana, "Settled?"));
  const resolve = (resolved: boolean) =>
    world.ask("PATCH", `/articles/${talk.article}/threads/${id}`, { as: ben, body: { resolved } });
  const done = await resolve(true);
  expect(done.body).toMatchObject({ resolved: { by: { id: ben.id }, at: expect.any(Number) } });
  expect((await resolve(true)).body).toEqual(done.body);
  expect((await resolve(false)).body).toMatchObject({ resolved: null });
  await resolve(true);
  expect((await talk.reply(ana, id, "Not yet")).body).toMatchObject({ resolved: null });
  const shown = (await inRoom()).threads.find((one) => one.id === id);
  expect(shown?.resolved).toBeNull();
});

test("[THR-9] how far I have read is kept for me alone, and never goes back", async () => {
  const id = idOf(await talk.start(ana, "Read me"));
  await talk.reply(ana, id, "And me");
  const path = `/articles/${talk.article}/threads/${id}/read`;
  const reads = async (as: Someone) => {
    const { body } = await world.ask("GET", `/articles/${talk.article}/thread-reads`, { as });
    return (body as { items: { thread: string; upTo: number }[] }).items.find((one) => one.thread === id);
  };
  expect(await reads(ana)).toEqual({ thread: id, upTo: 2 });
  expect(await reads(ben)).toBeUndefined();
  const read = (upTo: number) => world.ask("POST", path, { as: ben, body: { upTo } });
  expect((await read(99)).status).toBe(204);
  await read(1);
  expect(await reads(ben)).toEqual({ thread: id, upTo: 2 });
});

test("[THR-11] a message too long or empty, too many mentions, a full discussion: each is refused with its reason", async () => {
  const long = await talk.start(ana, "x".repeat(MOST_TEXT + 1));
  expect(long.body).toMatchObject({
    code: "invalid-content",
    fields: [{ path: "message.text", message: "At most 4,000 characters." }],
  });
  expect((await talk.start(ana, " \u200b\n")).body).toMatchObject({
    fields: [{ message: "Write something." }],
  });
  const crowd = await Promise.all(
    Array.from({ length: 21 }, (_, nth) => world.newPerson("viewer", `Guest${nth}x`)),
  );
  const everybody = await talk.start(ana, crowd.map(({ name }) => `@${name}`).join(" "));
  expect(everybody.body).toMatchObject({ fields: [{ message: "A message mentions 20 people at most." }] });
  const id = idOf(await talk.start(ana, "Full"));
  const { db } = world.running.services.database;
  await db.updateTable("thread").set({ messages: MOST_MESSAGES }).where("id", "=", id).execute();
  expect((await talk.reply(ben, id, "One more")).body).toMatchObject({
    code: "too-large",
    detail: "A discussion takes 200 messages. Start another one.",
  });
});

test("[THR-4] an archived article takes no messages; viewers read and do not write", async () => {
  const other = await newTalk(world, ben);
  const id = idOf(await other.start(ana, "Before"));
  const viewer = await world.person("viewer");
  expect((await other.reply(viewer, id, "Me too")).body).toMatchObject({ code: "forbidden" });
  await world.ask("PATCH", `/articles/${other.article}`, { as: owner, body: { archived: true } });
  expect((await other.reply(ana, id, "After")).body).toMatchObject({ code: "archived" });
  expect((await other.start(ana, "After")).body).toMatchObject({ code: "archived" });
  expect((await other.thread(id)).messages).toHaveLength(1);
});

test("[THR-12] a discussion whose mark or words are gone is detached and keeps what it quoted", async () => {
  const other = await newTalk(world, ben);
  const target = { kind: "text", ranges: [{ start: 20, end: 26, exact: "Others" }] };
  await other.start(ana, "At words", { target });
  await other.start(ana, "At a mark");
  const { live } = world.running.services;
  await live.write(roomName({ kind: "layer", article: other.article, user: ben.id }), ben.id, (doc) =>
    doc.getMap("annotations").delete(other.mark.mark),
  );
  await live.write(roomName({ kind: "text", article: other.article }), null, (doc) => {
    const block = doc.getXmlFragment("prosemirror").get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error("no paragraph");
    const words = block.get(0);
    if (!(words instanceof Y.XmlText)) throw new Error("no words");
    words.delete(19, 10);
  });
  const { threads } = await other.snapshot();
  expect(threads.map(({ quote, state, ranges }) => [quote, state, ranges.length])).toEqual([
    ["Others", "detached", 0],
    ["will pay", "detached", 0],
  ]);
});

test("[THR-13] a discussion that could not be shown is shown once the live documents can be written, also after a restart", async () => {
  const { services } = world.running;
  const id = idOf(await talk.start(ana, "Seen"));
  const { db } = services.database;
  await services.live.write(roomName({ kind: "review", article: talk.article }), null, (doc) => {
    const keys = Array.from(threadMap(doc).keys()).filter((key) => key.startsWith(id));
    for (const key of keys) threadMap(doc).delete(key);
  });
  await db.updateTable("thread").set({ shown: 0 }).where("id", "=", id).execute();
  await services.threadMirror.showAll();
  expect((await inRoom()).threads.find((one) => one.id === id)?.messages).toHaveLength(1);
  const left = await db.selectFrom("thread").select("id").whereRef("shown", "<", "version").execute();
  expect(left).toEqual([]);
  await world.restart();
  expect((await inRoom()).threads.find((one) => one.id === id)?.messages).toHaveLength(1);
});
