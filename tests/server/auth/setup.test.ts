import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, toCookieHeader, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
});
afterEach(() => world.close());

const token = () => new URL(world.running.link).searchParams.get("token") ?? "";
const owner = (nth: number) => ({
  token: token(),
  name: `Owner ${nth}`,
  email: `owner${nth}@example.org`,
  password: "a long password",
});
const setup = (body: unknown) => world.ask("POST", "/setup", { body });

test("[ACC-1] the owner link makes the first owner, signs them in and shows the first article", async () => {
  expect((await world.ask("GET", `/setup?token=${token()}`)).body).toEqual({
    needed: true,
    tokenValid: true,
  });
  const { status, body, headers } = await setup(owner(1));
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { me: { name: "Owner 1", email: "owner1@example.org", role: "owner" }, articleId: world.article },
  });
  const cookie = toCookieHeader(headers.getSetCookie());
  expect((await world.ask("GET", "/me", { headers: { cookie } })).body).toMatchObject({ role: "owner" });
  expect((await world.ask("GET", `/setup?token=${token()}`)).body).toEqual({
    needed: false,
    tokenValid: false,
  });
});

test("[ACC-1] of many who open it at once one is owner, and the others leave nothing behind", async () => {
  const answers = await Promise.all([1, 2, 3, 4, 5].map((nth) => setup(owner(nth))));
  expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body)).toEqual(
    Array.from({ length: 4 }, () => expect.objectContaining({ code: "setup-done" })),
  );
  const people = await world.running.services.database.db.selectFrom("person").select("role").execute();
  expect(people).toEqual([{ role: "owner" }]);
});

test("[ACC-1] a second try is told that there is an owner", async () => {
  await setup(owner(1));
  expect((await setup(owner(2))).body).toMatchObject({ code: "setup-done" });
});

test("[ACC-2] a wrong link makes nobody owner", async () => {
  for (const wrong of ["", "x", `${token()}x`]) {
    const { body } = await setup({ ...owner(1), token: wrong });
    expect(body).toMatchObject({ code: "forbidden" });
  }
  expect((await world.ask("GET", "/setup?token=x")).body).toEqual({ needed: true, tokenValid: false });
  expect(await world.running.services.database.db.selectFrom("person").select("id").execute()).toEqual([]);
});

test("[START-3] the link is the same until there is an owner, then the plain address", async () => {
  const first = world.running.link;
  await world.restart();
  expect(world.running.link).toBe(first);
  await setup(owner(1));
  await world.restart();
  expect(world.running.link).toBe(world.url);
});
