import { afterAll, beforeAll, expect, test } from "vitest";
import { join as joinBy } from "../../../server/command/join.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, toCookieHeader, type Someone, type World } from "../world.ts";

let world: World;
let sync: FakeSync;
let owner: Someone;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
  owner = await world.person("owner");
});
afterAll(() => world.close());

type Made = { readonly id: string; readonly code: string; readonly url: string; readonly uses: number };

async function invite(body: object, as: Someone = owner): Promise<Made> {
  const answer = await world.ask("POST", "/invites", { as, body });
  expect(answer.status).toBe(201);
  return answer.body as Made;
}
const join = (code: string, name = "Guest") => world.ask("POST", `/join/${code}`, { body: { name } });
const look = (code: string) => world.ask("GET", `/join/${code}`);
async function usesOf(id: string): Promise<number | undefined> {
  const { body } = await world.ask("GET", "/invites", { as: owner });
  return (body as { items: Made[] }).items.find((one) => one.id === id)?.uses;
}
const peopleCalled = (name: string) =>
  world.running.services.database.db.selectFrom("person").select("id").where("name", "=", name).execute();

test("[ACC-8] an invitation leads a guest by name into the article where the host is", async () => {
  sync.here.set(world.article, [{ id: owner.id, name: owner.name, color: "#000000" }]);
  const { code } = await invite({ role: "annotator", articleId: world.article });
  expect((await look(code)).body).toEqual({
    workspace: "Gloss",
    host: owner.name,
    role: "annotator",
    article: { id: world.article, title: "Paris summit: security guarantees for Ukraine" },
    here: 1,
  });
  const { status, body, headers } = await join(code, "  Grace ");
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { me: { name: "Grace", email: null, role: "annotator" }, articleId: world.article },
  });
  const cookie = toCookieHeader(headers.getSetCookie());
  expect((await world.ask("GET", "/me", { headers: { cookie } })).body).toMatchObject({ name: "Grace" });
});

test("[ACC-8] a guest gives a name", async () => {
  const { code, id } = await invite({ role: "viewer" });
  const { body } = await world.ask("POST", `/join/${code}`, { body: {} });
  expect(body).toMatchObject({ code: "invalid-content", fields: [{ path: "name" }] });
  const color = await world.ask("POST", `/join/${code}`, { body: { name: "A", color: "red" } });
  expect(color.body).toMatchObject({ code: "invalid-content", fields: [{ path: "color" }] });
  expect(await usesOf(id)).toBe(0);
});

test("[ACC-9] twenty who join at once with an invitation for five are five", async () => {
  const { code, id } = await invite({ role: "viewer", maxUses: 5 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => join(code, "Crowd")));
  const joined = answers.filter(({ status }) => status === 201);
  expect(joined).toHaveLength(5);
  for (const { status, body } of answers.filter((answer) => !joined.includes(answer))) {
    expect({ status, body }).toMatchObject({ status: 410, body: { code: "invite-used-up" } });
  }
  expect(await usesOf(id)).toBe(5);
  expect(await peopleCalled("Crowd")).toHaveLength(5);
});

test("[ACC-9] also when all have read the same count before any of them is counted", async () => {
  const { code, id } = await invite({ role: "viewer", maxUses: 3 });
  const { services } = world.running;
  const tries = Array.from({ length: 10 }, () => joinBy(services, null, { code, name: "Same moment" }));
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(await usesOf(id)).toBe(3);
  expect(await peopleCalled("Same moment")).toHaveLength(3);
});

test("[ACC-9] a use that came to nothing is given back", async () => {
  const { code, id } = await invite({ role: "viewer", maxUses: 1 });
  const { services } = world.running;
  const accounts = { ...services.accounts, create: () => Promise.reject(new Error("no")) };
  await expect(joinBy({ ...services, accounts }, null, { code, name: "N" })).rejects.toThrow("no");
  expect(await usesOf(id)).toBe(0);
  expect((await join(code)).status).toBe(201);
});

test("[ACC-10] an unknown invitation is invalid", async () => {
  for (const answer of [await look("nothing"), await join("nothing")]) {
    expect(answer).toMatchObject({ status: 404, body: { code: "invite-invalid" } });
  }
});

test("[ACC-10] a revoked invitation is invalid, and who joined stays", async () => {
  const { code, id } = await invite({ role: "viewer" });
  const before = await join(code, "Before");
  expect((await world.ask("DELETE", `/invites/${id}`, { as: owner })).status).toBe(204);
  for (const answer of [await look(code), await join(code, "After")]) {
    expect(answer).toMatchObject({ status: 404, body: { code: "invite-invalid" } });
  }
  const cookie = toCookieHeader(before.headers.getSetCookie());
  expect((await world.ask("GET", "/me", { headers: { cookie } })).status).toBe(200);
  expect(await peopleCalled("After")).toEqual([]);
});

test("[ACC-10] an expired invitation says so", async () => {
  const { code, id } = await invite({ role: "viewer", expiresIn: 1 });
  await world.running.services.database.db
    .updateTable("invite")
    .set({ expires_at: Date.now() - 1 })
    .where("id", "=", id)
    .execute();
  for (const answer of [await look(code), await join(code, "Late")]) {
    expect(answer).toMatchObject({ status: 410, body: { code: "invite-expired" } });
  }
  expect(await peopleCalled("Late")).toEqual([]);
});

test("[ACC-10] an invitation for an article that is none is not made", async () => {
  const body = { role: "viewer", articleId: "nothing" };
  expect((await world.ask("POST", "/invites", { as: owner, body })).body).toMatchObject({
    code: "invalid-content",
    fields: [{ path: "articleId" }],
  });
});

test("[ACC-11] an invitation of somebody who is owner no more is worth nothing", async () => {
  const second = await world.newPerson("owner");
  const { code } = await invite({ role: "owner" }, second);
  await world.ask("PATCH", `/members/${second.id}`, { as: owner, body: { role: "viewer" } });
  expect((await join(code, "Back door")).body).toMatchObject({ code: "invite-invalid" });
  await world.ask("PATCH", `/members/${second.id}`, { as: owner, body: { role: "owner" } });
  expect((await look(code)).status).toBe(200);
  await world.ask("DELETE", `/members/${second.id}`, { as: owner });
  expect((await join(code, "Back door")).body).toMatchObject({ code: "invite-invalid" });
  expect(await peopleCalled("Back door")).toEqual([]);
});

test("[ACC-12] who is signed in gains a higher role, and their connections are judged anew", async () => {
  const someone = await world.newPerson("viewer");
  const { code, id } = await invite({ role: "editor" });
  sync.rights.length = 0;
  const raised = await world.ask("POST", `/join/${code}`, { as: someone, body: {} });
  expect(raised.body).toMatchObject({ me: { id: someone.id, role: "editor" } });
  expect(raised.headers.getSetCookie()).toEqual([]);
  expect(sync.rights).toEqual([{ user: someone.id }]);
  expect(await usesOf(id)).toBe(1);
});

test("[ACC-12] who has the role or a higher one keeps it and uses nothing up, also when it is used up", async () => {
  const someone = await world.newPerson("reviewer");
  const { code, id } = await invite({ role: "annotator", articleId: world.article, maxUses: 1 });
  await join(code, "The one");
  const again = await world.ask("POST", `/join/${code}`, { as: someone, body: {} });
  expect(again).toMatchObject({
    status: 201,
    body: { me: { id: someone.id, role: "reviewer" }, articleId: world.article },
  });
  expect((await world.ask("GET", `/join/${code}`, { as: someone })).status).toBe(200);
  expect(await usesOf(id)).toBe(1);
});

test("[ACC-13] a guest with e-mail and password is the same person and can sign in", async () => {
  const { code } = await invite({ role: "annotator" });
  const joined = await join(code, "Gina");
  const { id } = (joined.body as { me: { id: string } }).me;
  const headers = { cookie: toCookieHeader(joined.headers.getSetCookie()) };
  const body = { email: "Gina@Example.org", password: "a long password" };
  expect((await world.ask("POST", "/me/credentials", { headers, body })).body).toMatchObject({
    id,
    name: "Gina",
    email: "gina@example.org",
    role: "annotator",
  });
  const signedIn = await world.ask("POST", "/session", { body });
  expect(signedIn.body).toMatchObject({ id, name: "Gina" });
  const second = await world.ask("POST", "/me/credentials", { headers, body: { ...body, email: "b@c.org" } });
  expect(second.body).toMatchObject({ code: "bad-request" });
});

test("[ACC-13] a guest cannot take an address of the kind that stands for having none", async () => {
  const { code } = await invite({ role: "annotator" });
  const joined = await join(code, "Nobody");
  const headers = { cookie: toCookieHeader(joined.headers.getSetCookie()) };
  const body = { email: "x@guest.invalid", password: "a long password" };
  expect((await world.ask("POST", "/me/credentials", { headers, body })).body).toMatchObject({
    code: "invalid-content",
    fields: [{ path: "email" }],
  });
});

test("[ACC-14] an e-mail belongs to one account, and the guest whose wish it was stays a guest", async () => {
  const { code } = await invite({ role: "annotator" });
  const joined = await join(code, "Double");
  const headers = { cookie: toCookieHeader(joined.headers.getSetCookie()) };
  const body = { email: owner.email.toUpperCase(), password: "a long password" };
  expect((await world.ask("POST", "/me/credentials", { headers, body })).body).toMatchObject({
    code: "email-taken",
    status: 409,
  });
  expect((await world.ask("GET", "/me", { headers })).body).toMatchObject({ email: null });
  expect((await world.ask("POST", "/session", { body })).status).toBe(401);
  const other = { ...body, email: "double@example.org" };
  expect((await world.ask("POST", "/me/credentials", { headers, body: other })).status).toBe(200);
  expect((await world.ask("POST", "/session", { body: other })).status).toBe(201);
});

test("[HTTP-21] the link carries the address that the inviter came by", async () => {
  const { code, url } = await invite({ role: "viewer" });
  expect(url).toBe(`${world.url}/j/${code}`);
});
