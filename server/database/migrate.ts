import { Migrator, type Migration } from "kysely";
import { withLock } from "./lock.ts";
import { up as ground } from "./migrations/001-ground.ts";
import { up as threads } from "./migrations/002-threads.ts";
import { up as review } from "./migrations/003-review.ts";
import { up as codebook } from "./migrations/004-codebook.ts";
import { up as blind } from "./migrations/005-blind.ts";
import { up as rulings } from "./migrations/007-rulings.ts";
import { up as suggestions } from "./migrations/006-suggestions.ts";
import type { Database, Place } from "./database.ts";

/** In order of their names; a published one is never changed. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "001-ground": { up: ground },
  "002-threads": { up: threads },
  "003-review": { up: review },
  "004-codebook": { up: codebook },
  "005-blind": { up: blind },
  "006-suggestions": { up: suggestions },
  "007-rulings": { up: rulings },
};

/**
 * Brings the tables up to date. Processes that start together take turns: PostgreSQL has a lock for
 * it, SQLite gets one of ours.
 */
export async function migrate(database: Database, place: Place): Promise<void> {
  const run = () => toLatest(database);
  return database.kind === "sqlite" ? withLock(place.dataDir, "migrate", 30_000, run) : run();
}

async function toLatest(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableName: "migration",
    migrationLockTableName: "migration_lock",
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
