import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

let world: World;
let sync: FakeSync;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
});
afterAll(() => world.close());

function policy(headers: Headers): Map<string, string> {
  const directives = (headers.get("content-security-policy") ?? "").split(";");
  return new Map(
    directives.map((directive): [string, string] => {
      const [name = "", ...values] = directive.trim().split(" ");
      return [name, values.join(" ")];
    }),
  );
}

test("[HTTP-9] pages run only our scripts, connect only to us and stand in no frame", async () => {
  for (const address of ["/", "/articles/x", "/api/v1/me", "/assets/none.js"]) {
    const { headers } = await fetch(world.url + address);
    const csp = policy(headers);
    expect(csp.get("default-src")).toBe("'self'");
    expect(csp.get("script-src")).toBe("'self'");
    expect(csp.get("connect-src")).toBe(`'self' ${world.ws}`);
    expect(csp.get("object-src")).toBe("'none'");
    expect(csp.get("base-uri")).toBe("'none'");
    expect(csp.get("frame-ancestors")).toBe("'none'");
    expect(csp.has("upgrade-insecure-requests")).toBe(false);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.has("x-powered-by")).toBe(false);
  }
});

test("[HTTP-9] answers of the API are kept by no cache", async () => {
  const { headers } = await world.ask("GET", "/me", { as: await world.person("viewer") });
  expect(headers.get("cache-control")).toBe("no-store");
});

test("[HTTP-11] probes tell life, readiness and figures", async () => {
  const probe = (address: string) => fetch(world.url + address);
  expect(await (await probe("/healthz")).json()).toEqual({ status: "ok" });
  expect(await (await probe("/readyz")).json()).toEqual({ ready: true });
  await world.ask("GET", "/codebook", { as: await world.person("viewer") });
  const metrics = await (await probe("/metrics")).text();
  expect(metrics).toMatch(/^process_cpu_seconds_total /m);
  expect(metrics).toMatch(/gloss_http_request_seconds_count\{endpoint="getCodebook",status="200"\} 1/);
});

test("[HTTP-11] who cannot save is not ready, and says so", async () => {
  sync.broken = true;
  try {
    const response = await fetch(`${world.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false, reason: expect.any(String) });
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  } finally {
    sync.broken = false;
  }
});

test("[HTTP-13] when the store cannot be written nothing is changed", async () => {
  const owner = await world.person("owner");
  const before = await world.ask("GET", "/articles", { as: owner });
  sync.broken = true;
  try {
    const made = await world.ask("POST", "/articles", {
      as: owner,
      body: { title: "T", content: "Some words." },
    });
    expect(made).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(made.headers.get("retry-after")).toBe("5");
    const patch = { as: owner, body: { title: "Other" } };
    expect((await world.ask("PATCH", `/articles/${world.article}`, patch)).status).toBe(503);
  } finally {
    sync.broken = false;
  }
  expect((await world.ask("GET", "/articles", { as: owner })).body).toEqual(before.body);
});
