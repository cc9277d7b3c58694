import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, startPostgres, whyNoPostgres } from "../../contract/postgres-server.ts";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { openRulings, QUOTE, type Rulings, threadIn } from "./ruling-story.ts";
import { newTalk } from "./talk.ts";

/** The same with its tables in PostgreSQL; what does not depend on the database is tested once. */
describe.skipIf(whyNoPostgres() !== null)("with PostgreSQL", () => {
  let postgres: PostgresServer;
  let world: World;
  let rulings: Rulings;
  let ana: Someone;
  let rita: Someone;
  let owner: Someone;
  beforeAll(async () => {
    postgres = await startPostgres();
    world = await startWorld({
      sync: (options) => new FakeSync(options),
      env: { DATABASE_URL: await postgres.makeDatabase() },
    });
    rulings = openRulings(world);
    ana = await world.newPerson("annotator", "Ana");
    rita = await world.newPerson("reviewer", "Rita");
    owner = await world.person("owner");
  }, 60_000);
  afterAll(async () => {
    await world.close();
    postgres.stop();
  });

  test("[RUL-2, RUL-4, RUL-5] a ruling is kept once, waits, becomes an example once and is taken back", async () => {
    const talk = await newTalk(world, ana);
    const thread = await rulings.begin(talk, ana);
    await Promise.all([1, 2, 3].map(() => rulings.rule(talk, thread, rita)));
    expect(await rulings.waiting(owner)).toMatchObject([{ thread, ruling: { after: 1 } }]);
    const add = () => world.ask("POST", `/codebook/rulings/r-${thread}/example`, { as: owner });
    await Promise.all([add(), add()]);
    expect(await rulings.examples(owner)).toEqual([`yes ${QUOTE} ${thread}`]);
    expect(await rulings.against(rita, "no")).toMatchObject([
      { article: { id: talk.article }, like: "same" },
    ]);
    const back = await rulings.takeBack(talk, thread, owner, `r-${thread}`);
    expect(threadIn(back)).toMatchObject({
      resolved: null,
      rulings: [{ takenBack: { by: { id: owner.id } } }],
    });
    expect(await rulings.examples(owner)).toEqual([]);
  });
});
