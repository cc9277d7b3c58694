import { afterAll, beforeAll, expect, test } from "vitest";
import { isForeign } from "../../../server/http/origin.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
});
afterAll(() => world.close());

const PUBLIC = "https://gloss.example.org";
const cases: readonly [expected: boolean, headers: Record<string, string>, publicUrl: string | null][] = [
  [false, { "sec-fetch-site": "same-origin" }, null],
  [false, { "sec-fetch-site": "none" }, null],
  [true, { "sec-fetch-site": "cross-site" }, null],
  [true, { "sec-fetch-site": "same-site", origin: PUBLIC }, PUBLIC],
  [true, { "sec-fetch-site": "nonsense" }, null],
  [false, { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, null],
  [true, { origin: "http://127.0.0.1:3001", host: "127.0.0.1:3000" }, null],
  [true, { origin: "https://evil.example", host: "127.0.0.1:3000" }, null],
  [true, { origin: "null", host: "127.0.0.1:3000" }, null],
  [true, { origin: "", host: "127.0.0.1:3000" }, null],
  [false, { origin: PUBLIC, host: "127.0.0.1:3000" }, PUBLIC],
  [true, { origin: "http://gloss.example.org", host: "127.0.0.1:3000" }, PUBLIC],
  [false, { host: "127.0.0.1:3000" }, null],
];

test.each(cases)("[HTTP-6] foreign: %s for %j with the public address %s", (expected, headers, publicUrl) => {
  expect(isForeign(headers, publicUrl)).toBe(expected);
});

const evil = { origin: "https://evil.example" };

test("[HTTP-6] a page of another site changes nothing with somebody's cookie", async () => {
  const { cookie } = await world.newPerson("owner");
  const tries = [
    ["POST", "/articles", { title: "T", content: "Some words." }],
    ["PATCH", "/me", { name: "Evil" }],
    ["DELETE", "/session", undefined],
    ["POST", "/session", { email: "a@example.org", password: "x" }],
    ["POST", "/join/x", { name: "N" }],
  ] as const;
  for (const [method, path, body] of tries) {
    for (const headers of [
      { cookie, ...evil },
      { cookie, "sec-fetch-site": "cross-site" },
      // As a browser sends along when a proxy in front asks for a password.
      { cookie, ...evil, authorization: "Basic dXNlcjpwYXNz" },
    ]) {
      const answer = await world.ask(method, path, { headers, body });
      expect(answer).toMatchObject({ status: 403, body: { code: "foreign-origin" } });
    }
  }
  expect((await world.ask("GET", "/me", { headers: { cookie } })).body).not.toMatchObject({ name: "Evil" });
});

test("[HTTP-6] our own pages, reading, and programs with a token are not hindered", async () => {
  const someone = await world.newPerson("owner");
  const { cookie } = someone;
  const own = { cookie, origin: world.url };
  const rename = (headers: Record<string, string>, as?: typeof someone) =>
    world.ask("PATCH", "/me", { headers, as, body: { name: "Renamed" } });
  expect((await rename(own)).status).toBe(200);
  expect((await rename({ cookie, "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect((await rename(evil, someone)).status).toBe(200);
  expect((await world.ask("GET", "/me", { headers: { cookie, ...evil } })).status).toBe(200);
});
