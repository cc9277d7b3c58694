import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { showUnshown } from "../../../server/command/review-show.ts";
import { type PostgresServer, startPostgres, whyNoPostgres } from "../../contract/postgres-server.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

/** The same review with its tables in PostgreSQL; what does not depend on the database is tested once. */
describe.skipIf(whyNoPostgres() !== null)("with PostgreSQL", () => {
  let postgres: PostgresServer;
  let world: World;
  let sync: FakeSync;
  let bench: Bench;
  let author: Someone;
  let rita: Someone;
  beforeAll(async () => {
    postgres = await startPostgres();
    world = await startWorld({
      sync: (options) => (sync = new FakeSync(options)),
      env: { DATABASE_URL: await postgres.makeDatabase() },
    });
    author = await world.newPerson("annotator", "Ana");
    rita = await world.newPerson("reviewer", "Rita");
    bench = await openBench(world, "France will send troops.\nGermany may help later.");
    await bench.mark(author, { m1: "will send troops", m2: "may help" });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    postgres.stop();
  });

  const accept = (id: string, annotation = "m1") => ({
    id,
    on: onMark(author, annotation),
    verdict: "accepted",
  });
  const defer = (id: string, annotation = "m1") => ({ ...accept(id, annotation), verdict: "deferred" });
  const ids = async () => [...(await bench.room()).verdicts.keys()].sort();

  test("[REV-21, REV-22] verdicts are kept once, superseded, taken back and logged in order", async () => {
    await Promise.all([1, 2, 3].map(() => bench.give(rita, [accept("v1")])));
    await bench.give(rita, [defer("v2"), accept("v3", "m2")]);
    expect(await ids()).toEqual(["v2", "v3"]);
    expect(await bench.post(rita, "/verdicts/v2/withdraw")).toMatchObject({
      body: { restored: { id: "v1" } },
    });
    expect(await bench.one(rita, accept("v1", "m2"))).toMatchObject({ status: 409 });
    expect(await ids()).toEqual(["v1", "v3"]);
    expect((await bench.acts(author)).map(({ act }) => act)).toEqual([
      "withdraw",
      "accept",
      "defer",
      "accept",
    ]);
  });

  test("[REV-23, REV-24] drafts wait for the end of the review, by the reviewer's own choice", async () => {
    await world.ask("PATCH", "/me/review", { as: rita, body: { publish: "on-finish" } });
    await bench.give(rita, [defer("d1")]);
    expect((await bench.review(author)).drafts).toEqual([]);
    expect((await bench.acts(author)).map(({ id }) => id)).not.toContain("d1");
    const finish = { id: "f1", outcome: "approve", summary: "Good." };
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await bench.post(rita, "/review/finish", finish)).toMatchObject({
        status: 201,
        body: { verdicts: 1 },
      });
    }
    expect(await ids()).toEqual(["d1", "v3"]);
  });

  test("[REV-34] what could not be shown is shown at the next start", async () => {
    sync.broken = true;
    expect(await bench.post(rita, "/verdicts/d1/reopen", { id: "r1" })).toMatchObject({ status: 503 });
    sync.broken = false;
    await showUnshown(world.running.services);
    expect((await bench.room()).verdicts.get("d1")?.reopened).toMatchObject({ by: rita.id });
  });
});
