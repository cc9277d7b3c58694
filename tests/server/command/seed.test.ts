import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { seedWorkspace } from "../../../server/command/seed.ts";
import type { Services } from "../../../server/command/services.ts";
import { openTables } from "../../../server/database/connect.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld } from "../world.ts";

const seedsDir = path.join(import.meta.dirname, "..", "..", "..", "seeds");

test("[START-6] several processes that begin together bring everything in once", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "gloss-seed-"));
  const place = { dataDir, databaseUrl: null };
  const databases = await Promise.all([1, 2, 3].map(() => openTables(place)));
  const commits: string[] = [];
  // One log under three processes: what one has seeded the others find.
  const sync = new FakeSync({} as ConstructorParameters<typeof FakeSync>[0]);
  sync.hub.onCommitted((room) => commits.push(room));
  try {
    await Promise.all(
      databases.map((database) =>
        seedWorkspace({
          database,
          live: sync.hub,
          seedsDir,
          now: Date.now,
          logger: pino({ level: "silent" }),
        } as Services),
      ),
    );
    const [{ db } = { db: null }] = databases;
    expect(await db?.selectFrom("article").select("title").execute()).toEqual([
      { title: "Paris summit: security guarantees for Ukraine" },
    ]);
    expect(await db?.selectFrom("codebook").select(["id", "version"]).execute()).toEqual([
      { id: "commitments", version: "1.0.0" },
    ]);
    expect(commits.filter((room) => room.endsWith("/text"))).toHaveLength(1);
  } finally {
    for (const database of databases) await database.close();
    rmSync(dataDir, { recursive: true });
  }
});

test("[START-6] what was brought in and then changed stays changed at the next start", async () => {
  const world = await startWorld({ sync: (options) => new FakeSync(options) });
  try {
    const owner = await world.person("owner");
    await world.ask("PATCH", `/articles/${world.article}`, {
      as: owner,
      body: { title: "Ours", archived: true },
    });
    await world.restart();
    const { body } = await world.ask("GET", "/articles?archived=true", { as: owner });
    expect(body).toMatchObject({ items: [{ title: "Ours" }] });
    expect((await world.ask("GET", "/articles", { as: owner })).body).toMatchObject({ items: [] });
  } finally {
    await world.close();
  }
});
