import type { Database, Place } from "./database.ts";
import { StartFailure } from "./failure.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open.ts";

/** The tables, up to date. Rejects with StartFailure when they cannot be opened. */
export async function openTables(place: Place): Promise<Database> {
  let database: Database | null = null;
  try {
    database = await openDatabase(place);
    await migrate(database, place);
    return database;
  } catch (error) {
    await database?.close();
    throw explain(error, place);
  }
}

function explain(error: unknown, { dataDir, databaseUrl }: Place): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (databaseUrl !== null && /^(E[A-Z]+|28\w{3}|3D000)$/.test(code)) {
    return new StartFailure(
      `The database of DATABASE_URL cannot be reached (${code}). Start it and check its address, user and password.`,
    );
  }
  if (databaseUrl === null && code.startsWith("SQLITE_")) {
    return new StartFailure(
      `The database in ${dataDir} cannot be opened (${code}). Free or repair the disk, or restore a backup.`,
    );
  }
  return error;
}
