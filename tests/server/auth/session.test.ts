import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthenticator } from "../../../server/auth/authenticate.ts";
import { listen } from "../../../server/listen.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, toCookieHeader, type World } from "../world.ts";

let world: World;
let sync: FakeSync;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
});
afterAll(() => world.close());

const signIn = (email: string, password: string) =>
  world.ask("POST", "/session", { body: { email, password } });

test("[ACC-3] the session cookie is out of reach of scripts and other sites", async () => {
  const someone = await world.person("viewer");
  const { status, body, headers } = await signIn(someone.email, someone.password);
  expect({ status, body }).toMatchObject({ status: 201, body: { id: someone.id } });
  const [cookie = ""] = headers.getSetCookie();
  expect(cookie).toMatch(/^gloss\.session_token=[^;]+; .*HttpOnly/);
  expect(cookie).toContain("SameSite=Lax");
  expect(cookie).not.toContain("Secure");
});

test("[ACC-3] behind https the cookie travels over https alone", async () => {
  const secure = await startWorld({
    sync: (options) => new FakeSync(options),
    env: { PUBLIC_URL: "https://gloss.example.org" },
  });
  try {
    const someone = await secure.person("viewer");
    const body = { email: someone.email, password: someone.password };
    const { headers } = await secure.ask("POST", "/session", { body });
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-gloss\.session_token=.*; Secure/);
    const again = { headers: { cookie: toCookieHeader([cookie]) } };
    expect((await secure.ask("GET", "/me", again)).status).toBe(200);
    expect((await fetch(`${secure.url}/api/v1/me`)).headers.get("strict-transport-security")).toMatch(
      /max-age/,
    );
  } finally {
    await secure.close();
  }
});

test("[ACC-4] a forged or changed cookie is nobody's", async () => {
  const { cookie } = await world.person("viewer");
  const ask = (value: string) => world.ask("GET", "/me", { headers: { cookie: value } });
  expect((await ask(cookie)).status).toBe(200);
  const [name = "", value = ""] = cookie.split("=");
  const [token = "", signature = ""] = decodeURIComponent(value).split(".");
  for (const forged of [token, `${token}.`, `${token}x.${signature}`, `x${token}.${signature}`, ""]) {
    expect((await ask(`${name}=${encodeURIComponent(forged)}`)).status).toBe(401);
  }
});

test("[ACC-22] a session is prolonged by being used, and one that was not used ends", async () => {
  const { cookie } = await world.newPerson("viewer");
  const { db } = world.running.services.database;
  const ask = () => world.ask("GET", "/me", { headers: { cookie } });
  expect((await ask()).headers.getSetCookie()).toEqual([]);
  const day = 24 * 60 * 60 * 1000;
  const token = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
  const endIn = (days: number) =>
    db
      .updateTable("session")
      .set({ expires_at: new Date(Date.now() + days * day).toISOString() })
      .where("token", "=", token)
      .execute();
  await endIn(80);
  const used = await ask();
  expect(used.headers.getSetCookie()).toEqual([expect.stringContaining("Max-Age=7776000")]);
  const { expires_at } = await db
    .selectFrom("session")
    .select("expires_at")
    .where("token", "=", token)
    .executeTakeFirstOrThrow();
  expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 89 * day);
  await endIn(-1);
  expect((await ask()).status).toBe(401);
});

test("[ACC-5] e-mail counts in any case, and no answer tells which of the two was wrong", async () => {
  const { email, password } = await world.person("viewer");
  expect((await signIn(` ${email.toUpperCase()} `, password)).status).toBe(201);
  const wrongPassword = await signIn(email, `${password}x`);
  const unknown = await signIn("nobody@example.org", password);
  expect(wrongPassword.body).toMatchObject({ code: "wrong-credentials" });
  expect(unknown.body).toEqual(wrongPassword.body);
  expect(wrongPassword.headers.getSetCookie()).toEqual([]);
});

test("[ACC-6] signing out ends the session on the server and what rested on it", async () => {
  const { cookie } = await world.newPerson("viewer");
  sync.rights.length = 0;
  const out = await world.ask("DELETE", "/session", { headers: { cookie } });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()[0]).toMatch(/session_token=; Max-Age=0/);
  expect((await world.ask("GET", "/me", { headers: { cookie } })).status).toBe(401);
  expect(sync.rights).toEqual([{ credential: expect.any(String) }]);
});

test("[ACC-7] neither passwords nor tokens lie in the database", async () => {
  const { password, token } = await world.newPerson("viewer");
  const { db } = world.running.services.database;
  const files = ["gloss.db", "gloss.db-wal"].map((name) =>
    readFileSync(`${world.dataDir}/${name}`, "latin1"),
  );
  for (const secret of [password, token]) expect(files.some((text) => text.includes(secret))).toBe(false);
  const hashes = await db.selectFrom("account").select("password").execute();
  expect(new Set(hashes.map((row) => row.password)).size).toBe(hashes.length);
});

test("[ACC-19] a token works until it is revoked, and a wrong one is nobody's", async () => {
  const someone = await world.newPerson("annotator");
  const made = await world.ask("POST", "/tokens", { as: someone, body: { name: "script" } });
  const { id, token } = made.body as { id: string; token: string };
  expect((await world.ask("GET", "/me", { as: { token } })).body).toMatchObject({ id: someone.id });
  expect((await world.ask("GET", "/tokens", { as: someone })).body).toMatchObject({
    items: expect.arrayContaining([
      { id, name: "script", createdAt: expect.any(Number), lastUsedAt: expect.any(Number) },
    ]),
  });
  for (const wrong of [`${token}x`, token.slice(0, -1), "x"]) {
    expect((await world.ask("GET", "/me", { as: { token: wrong } })).status).toBe(401);
  }
  sync.rights.length = 0;
  expect((await world.ask("DELETE", `/tokens/${id}`, { as: someone })).status).toBe(204);
  expect(sync.rights).toEqual([{ credential: id }]);
  expect((await world.ask("GET", "/me", { as: { token } })).status).toBe(401);
});

test("[ACC-23] a new password ends every other session, and only who knows the one before gives it", async () => {
  const someone = await world.newPerson("editor");
  const { email, password, cookie } = someone;
  const other = toCookieHeader((await signIn(email, password)).headers.getSetCookie());
  const change = (body: { current: string; password: string }, headers: Record<string, string>) =>
    world.ask("POST", "/me/password", { body, headers });
  const wrong = await change({ current: `${password}x`, password: "a longer one" }, { cookie });
  expect(wrong).toMatchObject({ status: 401, body: { code: "wrong-credentials" } });
  const short = await change({ current: password, password: "short" }, { cookie });
  expect(short).toMatchObject({ status: 422 });
  sync.rights.length = 0;
  const changed = await change({ current: password, password: "a longer one" }, { cookie });
  expect(changed).toMatchObject({ status: 200, body: { id: someone.id } });
  expect(sync.rights).toEqual([{ user: someone.id }]);
  const mine = toCookieHeader(changed.headers.getSetCookie());
  const ask = async (value: string) => (await world.ask("GET", "/me", { headers: { cookie: value } })).status;
  expect([await ask(mine), await ask(cookie), await ask(other)]).toEqual([200, 401, 401]);
  expect((await signIn(email, password)).status).toBe(401);
  expect((await signIn(email, "a longer one")).status).toBe(201);
});

test("[ACC-23] a token changes no password", async () => {
  const someone = await world.newPerson("editor");
  const body = { current: someone.password, password: "a longer one" };
  expect((await world.ask("POST", "/me/password", { as: someone, body })).status).toBe(400);
});

test("[ACC-19] a wrong token is not made good by a cookie", async () => {
  const { cookie } = await world.person("viewer");
  expect((await world.ask("GET", "/me", { as: { token: "x" }, headers: { cookie } })).status).toBe(401);
});

test("[ACC-21] a token in the address counts for a websocket and not for a request", async () => {
  const someone = await world.person("editor");
  expect((await world.ask("GET", `/me?token=${someone.token}`)).status).toBe(401);
  const { database, accounts } = world.running.services;
  const { upgrade } = createAuthenticator({ db: database.db, accounts, now: Date.now });
  const server = createServer((request, response) => {
    void upgrade(request).then((principal) => response.end(JSON.stringify(principal)));
  });
  const port = await listen(server, { host: "127.0.0.1", port: 0 });
  const ask = async (query: string, headers: Record<string, string> = {}) =>
    (await fetch(`http://127.0.0.1:${port}/sync/room${query}`, { headers })).json();
  try {
    expect(await ask(`?token=${someone.token}`)).toMatchObject({
      id: someone.id,
      role: "editor",
      via: "token",
    });
    expect(await ask("?token=x")).toBeNull();
    expect(await ask("")).toBeNull();
    expect(await ask("", { authorization: `Bearer ${someone.token}` })).toMatchObject({ id: someone.id });
    expect(await ask("", { cookie: someone.cookie })).toMatchObject({
      id: someone.id,
      via: "session",
      expiresAt: expect.any(Number),
    });
  } finally {
    server.close();
  }
});

test("[HTTP-13] people come in and read while nothing can be written, not even that they were here", async () => {
  const someone = await world.newPerson("editor");
  const { db } = world.running.services.database;
  await sql`PRAGMA query_only = ON`.execute(db);
  try {
    expect((await world.ask("GET", `/articles/${world.article}`, { as: someone })).status).toBe(200);
    const headers = { cookie: someone.cookie };
    expect((await world.ask("GET", "/me", { headers })).body).toMatchObject({ id: someone.id });
    const patch = await world.ask("PATCH", "/me", { as: someone, body: { name: "Other" } });
    expect(patch.body).toMatchObject({ code: "unavailable" });
  } finally {
    await sql`PRAGMA query_only = OFF`.execute(db);
  }
});
