import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Database, Place } from "./database.ts";
import { StartFailure } from "./failure.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open.ts";

/** The tables, up to date. Rejects with StartFailure when they cannot be opened. */
export async function openTables(place: Place): Promise<Database> {
  let database: Database | null = null;
  try {
    database = await openDatabase(place);
    await sql`select 1`.execute(database.db);
  } catch (error) {
    await database?.close();
    throw unreachable(error, place);
  }
  try {
    await migrate(database, place);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** How long to wait for the database to notice that the process which served it is gone, in milliseconds. */
const PATIENCE = 3_000;

/** Takes the right to serve. Rejects with StartFailure when another process has it. */
export async function claimTables(database: Database): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await database.claim())) {
    if (Date.now() >= end) {
      throw new StartFailure(
        "Another Gloss already serves the database of DATABASE_URL. Use that one, stop it first, or set DATABASE_URL to another database.",
      );
    }
    await wait(100);
  }
}

function unreachable(error: unknown, { dataDir, databaseUrl }: Place): StartFailure {
  const reason =
    error instanceof Error ? ("code" in error ? String(error.code) : error.message) : "no answer";
  return new StartFailure(
    databaseUrl === null
      ? `The database in ${dataDir} cannot be opened (${reason}). Free or repair the disk, or restore a backup.`
      : `The database of DATABASE_URL cannot be used (${reason}). Start it, and check its address, user and password.`,
  );
}
