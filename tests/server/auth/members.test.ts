import { afterAll, beforeAll, expect, test } from "vitest";
import { roomName } from "#shared/doc/rooms.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";

let world: World;
let sync: FakeSync;
let owner: Someone;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  owner = await world.person("owner");
});
afterAll(() => world.close());

const mark = (as: Someone) =>
  world.ask("POST", `/articles/${world.article}/annotations`, {
    as,
    body: { annotations: [{ tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "PARIS" }] }] },
  });
const roster = () =>
  sync.hub.read(roomName({ kind: "review", article: world.article }), (doc) => doc.getMap("roster").toJSON());
const remove = (id: string, as = owner) => world.ask("DELETE", `/members/${id}`, { as });

test("[ACC-15] a removed member is nobody at once, and what they made stays under their name", async () => {
  const someone = await world.newPerson("editor", "Remy");
  expect((await mark(someone)).status).toBe(201);
  sync.rights.length = 0;
  expect((await remove(someone.id)).status).toBe(204);
  expect(sync.rights).toEqual([{ user: someone.id }]);
  expect((await world.ask("GET", "/me", { as: someone })).status).toBe(401);
  expect((await world.ask("GET", "/me", { headers: { cookie: someone.cookie } })).status).toBe(401);
  const { email, password } = someone;
  expect((await world.ask("POST", "/session", { body: { email, password } })).status).toBe(401);
  const { db } = world.running.services.database;
  for (const table of ["session", "account", "token"] as const) {
    expect(await db.selectFrom(table).select("id").where("user_id", "=", someone.id).execute()).toEqual([]);
  }
  const { body: members } = await world.ask("GET", "/members", { as: owner });
  expect(JSON.stringify(members)).not.toContain(someone.id);
  expect(await roster()).toMatchObject({ [someone.id]: { name: "Remy" } });
  const { body: snapshot } = await world.ask("GET", `/articles/${world.article}/snapshot`, { as: owner });
  expect(snapshot).toMatchObject({
    layers: [{ user: { id: someone.id, name: "Remy" }, annotations: [{ tags: ["binding"] }] }],
  });
  expect((await remove(someone.id)).body).toMatchObject({ code: "not-found" });
});

test("[ACC-14] the e-mail of a removed member can be used again", async () => {
  const someone = await world.newPerson("viewer");
  await remove(someone.id);
  const { accounts } = world.running.services;
  const { email, password } = someone;
  await accounts.create({ name: "New", role: "viewer", color: "#000000", credentials: { email, password } });
  expect((await world.ask("POST", "/session", { body: { email, password } })).body).toMatchObject({
    name: "New",
  });
});

test("[ACC-16] the last owner stays owner", async () => {
  expect((await remove(owner.id)).body).toMatchObject({ code: "last-owner", status: 409 });
  const less = await world.ask("PATCH", `/members/${owner.id}`, { as: owner, body: { role: "reviewer" } });
  expect(less.body).toMatchObject({ code: "last-owner" });
  const same = await world.ask("PATCH", `/members/${owner.id}`, { as: owner, body: { role: "owner" } });
  expect(same.body).toMatchObject({ id: owner.id, role: "owner" });
});

test("[ACC-16] two owners who take each other's role at once leave one", async () => {
  const other = await startWorld({ sync: (options) => new FakeSync(options) });
  try {
    const [one, two] = [await other.newPerson("owner"), await other.newPerson("owner")];
    const take = (as: Someone, from: Someone) =>
      other.ask("PATCH", `/members/${from.id}`, { as, body: { role: "viewer" } });
    const answers = await Promise.all([
      take(one, two),
      take(two, one),
      other.ask("DELETE", `/members/${one.id}`, { as: one }),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const { db } = other.running.services.database;
    const owners = await db
      .selectFrom("person")
      .select("id")
      .where("role", "=", "owner")
      .where("removed_at", "is", null)
      .execute();
    expect(owners).toHaveLength(1);
  } finally {
    await other.close();
  }
});

test("[ACC-17] a new name and colour reach the roster of every article with a layer of theirs", async () => {
  const someone = await world.newPerson("annotator", "Old");
  await mark(someone);
  expect(await roster()).toMatchObject({ [someone.id]: { name: "Old", color: "#1D4ED8" } });
  sync.rights.length = 0;
  const body = { name: "New", color: "#0F766E" };
  expect((await world.ask("PATCH", "/me", { as: someone, body })).body).toMatchObject(body);
  expect(await roster()).toMatchObject({ [someone.id]: body });
  expect(sync.rights).toEqual([{ user: someone.id }]);
  await world.ask("PATCH", "/me", { as: someone, body: { name: "Newer" } });
  expect(await roster()).toMatchObject({ [someone.id]: { name: "Newer", color: "#0F766E" } });
});

test("[ACC-17] what is not changed is told to nobody", async () => {
  const someone = await world.newPerson("annotator");
  sync.rights.length = 0;
  await world.ask("PATCH", "/me", { as: someone, body: { name: someone.name } });
  expect(sync.rights).toEqual([]);
});

test("[ACC-18] other people's e-mail addresses are for owners", async () => {
  const viewer = await world.person("viewer");
  const emails = async (as: Someone) => {
    const { body } = await world.ask("GET", "/members", { as });
    return (body as { items: { id: string; email: string | null }[] }).items
      .filter(({ email }) => email !== null)
      .map(({ id }) => id);
  };
  expect(await emails(viewer)).toEqual([viewer.id]);
  expect(await emails(owner)).toEqual(expect.arrayContaining([viewer.id, owner.id]));
});
