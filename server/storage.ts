import path from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { StartFailure } from "./database/failure.ts";
import { migrate } from "./database/migrate.ts";
import type { Database } from "./database/database.ts";
import { openDatabase } from "./database/open.ts";
import { StoreUnavailable, type UpdateLog } from "./store/log.ts";

type Place = Pick<Config, "dataDir" | "databaseUrl">;

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

/** The update log. Rejects with StartFailure when it cannot be opened. */
export async function openLog({ dataDir, databaseUrl }: Place, logger: Logger): Promise<UpdateLog> {
  if (databaseUrl !== null) {
    throw new StartFailure(
      "DATABASE_URL is set, but this version of Gloss keeps everything in DATA_DIR. Remove DATABASE_URL.",
    );
  }
  const { LOG_FILE, openSqliteLog } = await import("./store/sqlite/log.ts");
  try {
    return await openSqliteLog({
      file: path.join(dataDir, LOG_FILE),
      report: (message) => logger.warn({ message }, "update log"),
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new StartFailure(
      `The log in ${dataDir} cannot be opened: ${error.message}. Free or repair the disk, or restore a backup.`,
    );
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
