import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTables } from "../../../server/database/connect.ts";
import { readConfig } from "../../../server/config.ts";
import { start } from "../../../server/start.ts";
import { type PostgresServer, startPostgres, whyNoPostgres } from "../../contract/postgres-server.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";

/** The same workspace with its tables in PostgreSQL; what does not depend on the database is tested once. */
describe.skipIf(whyNoPostgres() !== null)("with PostgreSQL", () => {
  let postgres: PostgresServer;
  let databaseUrl: string;
  let world: World;
  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.makeDatabase();
    world = await startWorld({
      sync: (options) => new FakeSync(options),
      env: { DATABASE_URL: databaseUrl },
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    postgres.stop();
  });

  test("[START-9] several processes bring a new database up to date together", async () => {
    const place = { dataDir: world.dataDir, databaseUrl: await postgres.makeDatabase() };
    const databases = await Promise.all([1, 2, 3].map(() => openTables(place)));
    for (const { db } of databases) expect(await db.selectFrom("person").selectAll().execute()).toEqual([]);
    const [one] = databases;
    await one?.db.insertInto("setting").values({ key: "n", value: "0" }).execute();
    await Promise.all(
      databases.map((database) =>
        database.exclusive(async (tx) => {
          const { value } = await tx.selectFrom("setting").select("value").executeTakeFirstOrThrow();
          await tx
            .updateTable("setting")
            .set({ value: String(Number(value) + 1) })
            .execute();
        }),
      ),
    );
    expect(await one?.db.selectFrom("setting").select("value").execute()).toEqual([{ value: "3" }]);
    for (const database of databases) await database.close();
  });

  test("[ACC-1, ACC-3] the owner link makes one owner with a session", async () => {
    const token = new URL(world.running.link).searchParams.get("token");
    const setup = (nth: number) =>
      world.ask("POST", "/setup", {
        body: { token, name: "Ann", email: `ann${nth}@example.org`, password: "a long password" },
      });
    const answers = await Promise.all([setup(1), setup(2), setup(3)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const winner = answers.find(({ status }) => status === 201);
    const cookie = winner?.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect((await world.ask("GET", "/me", { headers: { cookie } })).body).toMatchObject({ role: "owner" });
  });

  test("[ACC-9] twenty who join at once with an invitation for five are five", async () => {
    const owner = await world.person("owner");
    const { body } = await world.ask("POST", "/invites", { as: owner, body: { role: "viewer", maxUses: 5 } });
    const { code } = body as { code: string };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.ask("POST", `/join/${code}`, { body: { name: "Crowd" } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect((await world.ask("GET", "/invites", { as: owner })).body).toMatchObject({ items: [{ uses: 5 }] });
  });

  test("[ACC-14] an e-mail belongs to one account", async () => {
    const { email, password } = await world.person("viewer");
    const { accounts } = world.running.services;
    const again = accounts.create({
      name: "B",
      role: "viewer",
      color: "#000000",
      credentials: { email, password },
    });
    await expect(again).rejects.toMatchObject({ code: "email-taken" });
  });

  test("[ACC-16] two owners who take each other's role at once leave one", async () => {
    const { db } = world.running.services.database;
    await db.updateTable("person").set({ role: "viewer" }).execute();
    const [one, two] = [await world.newPerson("owner"), await world.newPerson("owner")];
    const take = (as: Someone, from: Someone) =>
      world.ask("PATCH", `/members/${from.id}`, { as, body: { role: "viewer" } });
    await Promise.all([take(one, two), take(two, one)]);
    expect(await db.selectFrom("person").select("id").where("role", "=", "owner").execute()).toHaveLength(1);
  });

  test("[HTTP-14, HTTP-17] the list has its numbers, as numbers", async () => {
    const as = await world.newPerson("editor");
    const annotations = [{ tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "PARIS" }] }];
    await world.ask("POST", `/articles/${world.article}/annotations`, { as, body: { annotations } });
    await world.running.flushCounts();
    expect((await world.ask("GET", "/articles", { as })).body).toMatchObject({
      items: [{ id: world.article, marks: 1, words: expect.any(Number), createdAt: expect.any(Number) }],
    });
    expect((await world.ask("GET", "/members", { as })).body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ joinedAt: expect.any(Number) })]),
    });
  });

  const elsewhere = () => mkdtempSync(path.join(tmpdir(), "gloss-second-"));
  const second = (env: Record<string, string>) => {
    const configured = readConfig({ PORT: "0", ...env }, "/");
    if (!configured.ok) throw new Error(configured.mistakes.join("\n"));
    return start({
      config: configured.config,
      logger: pino({ level: "silent" }),
      say: () => undefined,
      sync: (options) => new FakeSync(options),
    });
  };

  test("[START-5] a second process does not serve the same database", async () => {
    const dataDir = elsewhere();
    await expect(second({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir })).rejects.toMatchObject({
      name: "StartFailure",
      message: expect.stringContaining("already serves the database"),
    });
    rmSync(dataDir, { recursive: true });
  });

  test("[START-4] a database that cannot be used is told in a sentence, without its password", async () => {
    const dataDir = elsewhere();
    const missing = databaseUrl.replace(/gloss@/, "gloss:hush-hush@").replace(/\/gloss_\d+$/, "/nowhere");
    const unreachable = "postgres://gloss:hush-hush@127.0.0.1:1/gloss";
    for (const address of [missing, unreachable]) {
      const failure: unknown = await second({ DATABASE_URL: address, DATA_DIR: dataDir }).catch(
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({
        name: "StartFailure",
        message: expect.stringMatching(/^The database of DATABASE_URL cannot be used \(\w+\)\. Start it/),
      });
      expect(String(failure)).not.toContain("hush-hush");
    }
    rmSync(dataDir, { recursive: true });
  });
});
