import path from "node:path";
import type { Logger } from "pino";
import type { Place } from "./database/database.ts";
import { StartFailure } from "./database/failure.ts";
import { StoreUnavailable, type UpdateLog } from "./store/log.ts";

/** The update log. Rejects with StartFailure when it cannot be opened. */
export async function openLog(place: Place, logger: Logger): Promise<UpdateLog> {
  const report = (message: string): void => logger.warn({ message }, "update log");
  try {
    return await openAt(place, report);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new StartFailure(
      place.databaseUrl === null
        ? `The log in ${place.dataDir} cannot be opened: ${error.message}. Free or repair the disk, or restore a backup.`
        : `The log in the database of DATABASE_URL cannot be opened: ${error.message}. Check that its user may make tables.`,
    );
  }
}

async function openAt(
  { dataDir, databaseUrl }: Place,
  report: (message: string) => void,
): Promise<UpdateLog> {
  if (databaseUrl !== null) {
    const { openPostgresLog } = await import("./store/postgres/log.ts");
    return openPostgresLog({ databaseUrl, report });
  }
  const { LOG_FILE, openSqliteLog } = await import("./store/sqlite/log.ts");
  return openSqliteLog({ file: path.join(dataDir, LOG_FILE), report });
}
