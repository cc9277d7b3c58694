import { afterAll, beforeAll, expect, test } from "vitest";
import { roomName } from "#shared/doc/rooms.ts";
import type { Snapshot } from "#shared/model/snapshot.ts";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";

let world: World;
let sync: FakeSync;
let people: Readonly<Record<"ann" | "ben" | "ed" | "rev" | "vic", Someone>>;
let article = "";

beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  const [ann, ben, ed, rev, vic] = await Promise.all([
    world.newPerson("annotator"),
    world.newPerson("annotator"),
    world.newPerson("editor"),
    world.newPerson("reviewer"),
    world.newPerson("viewer"),
  ]);
  people = { ann, ben, ed, rev, vic };
  const body = { title: "Blind", content: "Parties shall report every year." };
  const made = await world.ask("POST", "/articles", { as: ed, body });
  ({ id: article } = made.body as { id: string });
  for (const as of [ann, ben]) {
    const ranges = [{ start: 0, end: 7, exact: "Parties" }];
    const annotations = [{ tags: ["binding"], ranges }];
    await world.ask("POST", `/articles/${article}/annotations`, { as, body: { annotations } });
  }
});
afterAll(() => world.close());

const patch = (as: Someone, blind: boolean) =>
  world.ask("PATCH", `/articles/${article}`, { as, body: { blind } });

async function seenBy(as: Someone): Promise<readonly string[]> {
  const { body } = await world.ask("GET", `/articles/${article}/snapshot`, { as });
  return (body as Snapshot).layers.map(({ user }) => user.id).toSorted();
}

test("[BLD-1] while an article is blind its data holds one's own layer only, and all for who may adjudicate", async () => {
  const { ann, ben, rev, vic } = people;
  const all = [ann.id, ben.id].toSorted();
  expect(await seenBy(vic)).toEqual(all);
  expect((await patch(rev, true)).body).toMatchObject({ blind: true });
  expect([await seenBy(ann), await seenBy(ben), await seenBy(vic), await seenBy(rev)]).toEqual([
    [ann.id],
    [ben.id],
    [],
    all,
  ]);
  expect((await patch(rev, false)).body).toMatchObject({ blind: false });
  expect([await seenBy(ann), await seenBy(vic)]).toEqual([all, all]);
});

test("[BLD-2] who may adjudicate switches it, everybody is judged anew, and open screens are told", async () => {
  const { ed, rev } = people;
  expect(await patch(ed, true)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  sync.rights.length = 0;
  await patch(rev, true);
  expect(sync.rights).toEqual([{ article }]);
  const facts = () =>
    sync.hub.read(roomName({ kind: "review", article }), (doc) => doc.getMap("article").get("blind"));
  expect(await facts()).toBe(true);
  await patch(rev, true);
  expect(sync.rights).toHaveLength(1);
  await patch(rev, false);
  expect([await facts(), sync.rights.length]).toEqual([false, 2]);
});

test("[BLD-3] what is said about a hidden layer is for its author and who may adjudicate, until the reveal", async () => {
  const { ann, ben, ed, rev, vic } = people;
  const { body: all } = await world.ask("GET", `/articles/${article}/snapshot`, { as: rev });
  const layer = (all as Snapshot).layers.find(({ user }) => user.id === ann.id);
  const mark = layer?.annotations[0]?.id ?? "";
  const verdict = {
    id: "v1",
    on: { kind: "mark", layer: ann.id, annotation: mark },
    verdict: "rejected",
    reason: "boundary",
    words: "Ann marks too much",
  };
  const judge = { as: rev, body: { verdicts: [verdict], draft: false } };
  expect(await world.ask("POST", `/articles/${article}/verdicts`, judge)).toMatchObject({ status: 200 });
  const start = (id: string, as: Someone, target: object) =>
    world.ask("POST", `/articles/${article}/threads`, {
      as,
      body: { id, target, message: { id: "m1", text: "Why so long?" } },
    });
  const atMark = { kind: "mark", author: ann.id, mark };
  const atWords = { kind: "text", ranges: [{ start: 8, end: 13, exact: "shall" }] };
  expect([(await start("t1", rev, atMark)).status, (await start("t2", ed, atWords)).status]).toEqual([
    201, 201,
  ]);

  const inRoom = (room: string) =>
    sync.hub.read(room, (doc) => ({
      verdicts: [...doc.getMap("verdicts").keys()],
      judged: doc.getMap("judged").size,
      threads: [...doc.getMap("threads").keys()].filter((key) => !key.includes("/")).toSorted(),
    }));
  const shared = () => inRoom(roomName({ kind: "review", article }));
  const own = () => inRoom(roomName({ kind: "layer-review", article, user: ann.id }));
  const seen = async (as: Someone) => {
    const ask = (path: string) => world.ask("GET", `/articles/${article}/${path}`, { as });
    const verdicts = (await ask("verdicts")).body as { items: { id: string }[] };
    const threads = (await ask("threads")).body as { items: { id: string }[] };
    const data = (await ask("snapshot")).body as Snapshot;
    const acts = (await ask("review/acts")).body as { items: { verdict: string | null }[] };
    return {
      verdicts: verdicts.items.map(({ id }) => id),
      threads: threads.items.map(({ id }) => id).toSorted(),
      data: [...data.verdicts.map(({ id }) => id), ...data.threads.map(({ id }) => id).toSorted()],
      acts: acts.items.flatMap((act) => act.verdict ?? []),
    };
  };
  const everything = {
    verdicts: ["v1"],
    threads: ["t1", "t2"],
    data: ["v1", "t1", "t2"],
    acts: ["v1"],
  };
  const open = { verdicts: [], threads: ["t2"], data: ["t2"], acts: [] };
  expect(await seen(vic)).toEqual(everything);

  await patch(rev, true);
  expect(await shared()).toEqual({ verdicts: [], judged: 0, threads: ["t2"] });
  expect(await own()).toEqual({ verdicts: ["v1"], judged: 1, threads: ["t1"] });
  expect([await seen(ben), await seen(vic), await seen(ed)]).toEqual([open, open, open]);
  expect(await seen(rev)).toEqual(everything);
  expect(await seen(ann)).toEqual({ ...everything, acts: [] });
  const reply = { as: ben, body: { id: "m2", text: "I see." } };
  expect((await world.ask("POST", `/articles/${article}/threads/t1/messages`, reply)).status).toBe(404);
  expect((await start("t3", ben, atMark)).status).toBe(404);
  const withdrawn = { as: rev, body: { verdicts: [{ ...verdict, id: "v2" }], draft: false } };
  await world.ask("POST", `/articles/${article}/verdicts`, withdrawn);
  expect([(await shared()).verdicts, (await own()).verdicts]).toEqual([[], ["v2"]]);

  await patch(rev, false);
  expect(await shared()).toEqual({ verdicts: ["v2"], judged: 1, threads: ["t1", "t2"] });
  expect((await seen(vic)).verdicts).toEqual(["v2"]);
  await patch(rev, true);
  expect([(await shared()).verdicts, (await own()).verdicts]).toEqual([[], ["v2"]]);
  await patch(rev, false);
});
