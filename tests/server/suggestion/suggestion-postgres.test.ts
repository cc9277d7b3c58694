import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, startPostgres, whyNoPostgres } from "../../contract/postgres-server.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";
import { openBench } from "./suggesting.ts";

/** The same with its tables in PostgreSQL; what does not depend on the database is tested once. */
describe.skipIf(whyNoPostgres() !== null)("with PostgreSQL", () => {
  let postgres: PostgresServer;
  let world: World;
  beforeAll(async () => {
    postgres = await startPostgres();
    world = await startWorld({
      sync: (options) => new FakeSync(options),
      env: { DATABASE_URL: await postgres.makeDatabase() },
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    postgres.stop();
  });

  test("[SUG-2, SUG-4, SUG-8] a suggestion is kept once, of many who accept one wins, and it stands in the room", async () => {
    const bench = await openBench(world);
    const ana = await world.newPerson("annotator", "Ana");
    const ed = await world.newPerson("editor", "Ed");
    await Promise.all([1, 2, 3].map(() => bench.suggest(ana, "s1")));
    const answers = await Promise.all(
      ["a", "b", "c"].map((name) => bench.act(ed, "s1", "accept", { claim: `claim-of-${name}` })),
    );
    const won = answers.findIndex(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const claim = { claim: `claim-of-${["a", "b", "c"][won]}` };
    expect((await bench.act(ed, "s1", "applied", claim)).status).toBe(200);
    expect(await bench.room()).toMatchObject([
      { id: "s1", status: "accepted", version: 3, applied: { by: { id: ed.id } } },
    ]);
    const [{ at, decided } = { at: null, decided: null }] = await bench.room();
    expect([typeof at, typeof decided?.at]).toEqual(["number", "number"]);
  });
});
