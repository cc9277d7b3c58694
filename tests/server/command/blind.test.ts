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
