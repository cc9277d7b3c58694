import path from "node:path";
import type { Logger } from "pino";
import type { Place } from "./database/database.ts";
import { StartFailure } from "./database/failure.ts";
import { StoreUnavailable, type UpdateLog } from "./store/log.ts";

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
