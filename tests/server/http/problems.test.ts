import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem, PROBLEM_CODES } from "#shared/model/problem.ts";
import { explain } from "../../../server/errors.ts";
import { StoreCorrupt, StoreUnavailable } from "../../../server/store/log.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");

let world: World;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
});
afterAll(() => world.close());

test("[HTTP-2] every code is documented with its status, and no other", () => {
  const document = readFileSync(path.join(root, "docs", "SPEC.md"), "utf8");
  const rows = [...document.matchAll(/^\| `([a-z-]+)` \| (\d+) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(rows).toEqual(PROBLEM_CODES.map((code) => [code, new Problem(code).status]));
});

test("[HTTP-2] every code is used by the server", () => {
  const files = readdirSync(path.join(root, "server"), { recursive: true, withFileTypes: true });
  const source = files
    .filter((file) => file.name.endsWith(".ts"))
    .map((file) => readFileSync(path.join(file.parentPath, file.name), "utf8"))
    .join("\n");
  expect(PROBLEM_CODES.filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});

test("[HTTP-2] a failure is a problem document", async () => {
  const { status, body, headers } = await world.ask("GET", "/me");
  expect(status).toBe(401);
  expect(headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(body).toEqual({
    type: "urn:gloss:problem:not-signed-in",
    title: "not signed in",
    status: 401,
    code: "not-signed-in",
    detail: "Sign in first.",
  });
});

test("[HTTP-2] a bug is answered as internal, without what it said", () => {
  expect(explain(new Error("the password of Ann"))).toMatchObject({
    bug: true,
    problem: { code: "internal" },
  });
  expect(explain("thrown text")).toMatchObject({ bug: true, problem: { code: "internal" } });
});

test("[HTTP-13] a store that cannot be written is unavailable, and only damage is logged", () => {
  expect(explain(new StoreUnavailable("full"))).toMatchObject({
    bug: false,
    problem: { code: "unavailable" },
  });
  expect(explain(new StoreCorrupt("row 7"))).toMatchObject({ bug: true, problem: { code: "unavailable" } });
});

test.each(["SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_BUSY", "57P01", "08006", "53300", "ECONNREFUSED"])(
  "[HTTP-13] a database that answers %s is unavailable, and that is logged",
  (code) => {
    const error = Object.assign(new Error("it fails"), { code });
    for (const thrown of [error, new Error("outer", { cause: error })]) {
      expect(explain(thrown)).toMatchObject({ bug: true, problem: { code: "unavailable" } });
    }
  },
);

test("[HTTP-3] an address that is none is a problem below /api, also without the version", async () => {
  for (const address of ["/api/v1/nothing", "/api/v2/me", "/api", "/api/v1/ARTICLES"]) {
    const response = await fetch(world.url + address);
    expect({ address, status: response.status }).toEqual({ address, status: 404 });
    expect(await response.json()).toMatchObject({ code: "not-found" });
  }
});

test("[HTTP-3] a method that is none is answered with those there are", async () => {
  const { status, body, headers } = await world.ask("DELETE", "/articles/some");
  expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, PATCH" });
  expect(body).toMatchObject({ code: "method-not-allowed" });
});

test("[HTTP-3] a malformed address is a bad request", async () => {
  const { status, body } = await world.ask("GET", "/articles/%E0%A4%A");
  expect({ status, body }).toMatchObject({ status: 400, body: { code: "bad-request" } });
});

test("[HTTP-4] wrong parameters are named", async () => {
  const as = await world.person("viewer");
  const { status, body } = await world.ask("GET", "/articles?limit=0&archived=maybe", { as });
  expect({ status, body }).toMatchObject({ status: 400, body: { code: "bad-request" } });
  expect((body as { fields: { path: string }[] }).fields.map((field) => field.path)).toEqual([
    "archived",
    "limit",
  ]);
  const twice = await world.ask("GET", "/articles?limit=1&limit=2", { as });
  expect(twice.body).toMatchObject({ code: "bad-request", fields: [{ path: "limit" }] });
  const cursor = await world.ask("GET", "/articles?cursor=nonsense", { as });
  expect(cursor.body).toMatchObject({ code: "bad-request", fields: [{ path: "cursor" }] });
});

test("[HTTP-4] a wrong body is named field by field", async () => {
  const as = await world.person("owner");
  const { status, body } = await world.ask("POST", "/articles", { as, body: { title: " ", url: "ftp://x" } });
  expect({ status, body }).toMatchObject({ status: 422, body: { code: "invalid-content" } });
  expect((body as { fields: { path: string }[] }).fields.map((field) => field.path)).toEqual([
    "title",
    "content",
    "url",
  ]);
});

test("[HTTP-5] what is no JSON is a bad request", async () => {
  const as = await world.person("owner");
  const headers = { "content-type": "application/json" };
  const send = (text: string, type = headers) =>
    world.ask("POST", "/articles", { as, bytes: new TextEncoder().encode(text), headers: type });
  expect((await send("{")).body).toMatchObject({ code: "bad-request" });
  expect((await send("{}", { "content-type": "text/plain" })).body).toMatchObject({ code: "bad-request" });
  expect((await world.ask("POST", "/articles", { as })).status).toBe(400);
});

test("[HTTP-5] bodies have a size each endpoint needs and no more", async () => {
  const as = await world.person("owner");
  const padded = (size: number) => ({ name: "x".repeat(size) });
  expect((await world.ask("POST", "/tokens", { as, body: padded(1024 * 1024) })).body).toMatchObject({
    code: "too-large",
    status: 413,
  });
  // Below its limit a body is read, and then judged by its content.
  expect((await world.ask("POST", "/tokens", { as, body: padded(1000 * 1024) })).status).toBe(422);
  const article = { title: "T", content: "a word ".repeat(300_000) };
  expect((await world.ask("POST", "/articles", { as, body: article })).status).toBe(201);
  const huge = { ...article, content: "x".repeat(20 * 1024 * 1024) };
  expect((await world.ask("POST", "/articles", { as, body: huge })).body).toMatchObject({
    code: "too-large",
  });
  const bytes = new Uint8Array(20 * 1024 * 1024 + 1);
  const upload = await world.ask("POST", "/articles/upload?name=a.txt", { as, bytes });
  expect(upload.body).toMatchObject({ code: "too-large" });
});

test("[HTTP-5] a short body of millions of values, or of none but brackets, is too large before it is parsed", async () => {
  const as = await world.person("annotator");
  const headers = { "content-type": "application/json" };
  const send = async (tags: string) => {
    const text = `{"annotations":[{"tags":${tags},"ranges":[]}]}`;
    const bytes = new TextEncoder().encode(text);
    return (await world.ask("POST", `/articles/${world.article}/annotations`, { as, bytes, headers })).body;
  };
  const ones = (count: number) => `[${"1,".repeat(count - 1)}1]`;
  expect(await send(ones(10_001))).toMatchObject({ code: "too-large" });
  expect(await send(`[${Array.from({ length: 60 }, () => ones(9_999)).join(",")}]`)).toMatchObject({
    code: "too-large",
  });
  expect(await send("[".repeat(100) + "]".repeat(100))).toMatchObject({ code: "too-large" });
  // What stands in a text is no value.
  expect(await send(`["${'[{,\\"'.repeat(20_000)}"]`)).toMatchObject({ code: "invalid-content" });
  expect(await send(ones(10_000))).toMatchObject({ code: "invalid-content" });
});

test("[HTTP-4] so many mistakes that nobody could name them are still the caller's", async () => {
  const as = await world.person("annotator");
  const annotations = Array.from({ length: 9_000 }, () => ({ tags: Array.from({ length: 40 }, () => 1) }));
  const { body } = await world.ask("POST", `/articles/${world.article}/annotations`, {
    as,
    body: { annotations },
  });
  expect(body).toMatchObject({ status: 422, code: "invalid-content" });
});

test("[HTTP-5] JSON in another encoding than UTF-8 is a bad request", async () => {
  const as = await world.person("owner");
  const bytes = new Uint8Array(Buffer.from('{"name":"x"}', "utf16le"));
  const headers = { "content-type": "application/json; charset=utf-16" };
  expect((await world.ask("POST", "/tokens", { as, bytes, headers })).body).toMatchObject({
    code: "bad-request",
  });
});

test("[HTTP-4] names hold nothing that turns or breaks a line, and are not blank to the eye", async () => {
  const as = await world.newPerson("editor");
  const rename = async (name: string) => (await world.ask("PATCH", "/me", { as, body: { name } })).body;
  expect(await rename(" A\u0000\n\u202EB\u2066 ")).toMatchObject({ name: "A B" });
  expect(await rename("\u200B\u202E")).toMatchObject({ code: "invalid-content", fields: [{ path: "name" }] });
  for (const address of ["/articles/%00", "/articles/%00/snapshot", "/join/%00"]) {
    expect((await world.ask("GET", address, { as })).body).toMatchObject({ code: "bad-request" });
  }
  const cursor = Buffer.from(JSON.stringify([1, "\0"])).toString("base64url");
  expect((await world.ask("GET", `/articles?cursor=${cursor}`, { as })).body).toMatchObject({
    code: "bad-request",
  });
  const bytes = new TextEncoder().encode("Some words.");
  const upload = await world.ask("POST", "/articles/upload?name=a.txt&title=%00X%0AY", { as, bytes });
  expect(upload.body).toMatchObject({ title: "X Y" });
});
