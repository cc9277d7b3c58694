import type { Database, Place } from "./database.ts";

/** Opens the database as it is; see migrate.ts for bringing its tables up to date. */
export async function openDatabase(place: Place): Promise<Database> {
  if (place.databaseUrl === null) {
    const { openSqlite } = await import("./sqlite.ts");
    return openSqlite(place.dataDir);
  }
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(place.databaseUrl);
}
