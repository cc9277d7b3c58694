import { afterAll, beforeAll, expect, test } from "vitest";
import { RATES, type Rates } from "../../../server/http/rate-limit.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

const tight: Rates = {
  setupByAddress: { points: 3, seconds: 60 },
  signInByAddress: { points: 12, seconds: 60 },
  signInByEmail: { points: 3, seconds: 60 },
  joinByAddress: { points: 4, seconds: 60 },
  lookByAddress: { points: 5, seconds: 60 },
  credentialsByAddress: { points: 2, seconds: 60 },
};

let world: World;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options), rates: tight });
});
afterAll(() => world.close());

/** How many of these tries get through before the first that does not. */
async function passed(most: number, one: () => ReturnType<World["ask"]>): Promise<number> {
  for (let tries = 0; tries < most; tries++) {
    const { status, body, headers } = await one();
    if (status !== 429) continue;
    expect(body).toMatchObject({ code: "rate-limited" });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    return tries;
  }
  return most;
}

const signIn = (email: string, password: string) =>
  world.ask("POST", "/session", { body: { email, password } });

test("[HTTP-7] a password is tried a few times, and the right one then waits too", async () => {
  const { email, password } = await world.newPerson("viewer");
  expect(await passed(9, () => signIn(email, "a wrong one"))).toBe(3);
  expect((await signIn(email, password)).status).toBe(429);
});

test("[HTTP-7] a right password forgives the slips before it, and others are not held up", async () => {
  const { email, password } = await world.newPerson("viewer");
  await signIn(email, "a wrong one");
  await signIn(email, "a wrong one");
  expect((await signIn(email, password)).status).toBe(201);
  expect((await signIn(email, "a wrong one")).status).toBe(401);
});

test("[HTTP-7] one address tries only so many e-mails", async () => {
  let nth = 0;
  expect(await passed(30, () => signIn(`nobody${nth++}@example.org`, "x"))).toBeLessThan(12);
});

const owner = { token: "x", name: "N", email: "n@example.org", password: "0123456789" };
const limited = [
  { name: "setup", rate: tight.setupByAddress, method: "POST", path: "/setup", body: owner },
  { name: "join", rate: tight.joinByAddress, method: "POST", path: "/join/x", body: { name: "N" } },
  { name: "getJoin", rate: tight.lookByAddress, method: "GET", path: "/join/x", body: undefined },
];
test.each(limited)("[HTTP-7] $name is limited", async ({ rate, method, path, body }) => {
  expect(await passed(9, () => world.ask(method, path, { body }))).toBe(rate.points);
});

test("[HTTP-7] who claims to come from elsewhere is counted all the same", async () => {
  const { email } = await world.newPerson("viewer");
  let nth = 0;
  const tries = await passed(9, () =>
    world.ask("POST", "/session", {
      body: { email, password: "a wrong one" },
      headers: { "x-forwarded-for": `203.0.113.${++nth}` },
    }),
  );
  expect(tries).toBeLessThanOrEqual(3);
});

test("[HTTP-7] looking at an invitation that is there does not count", async () => {
  const other = await startWorld({ sync: (options) => new FakeSync(options), rates: tight });
  try {
    const as = await other.person("owner");
    const { body } = await other.ask("POST", "/invites", { as, body: { role: "viewer" } });
    const { code } = body as { code: string };
    for (let nth = 0; nth < 2 * tight.lookByAddress.points; nth++) {
      expect((await other.ask("GET", `/join/${code}`)).status).toBe(200);
    }
  } finally {
    await other.close();
  }
});

test("[HTTP-7] by default a full meeting room can join from one address", () => {
  expect(RATES.joinByAddress.points).toBeGreaterThanOrEqual(200);
  expect(RATES.signInByEmail.points).toBeLessThanOrEqual(10);
});
