import { createAccounts } from "../auth/accounts.ts";
import { lazyLibrary } from "../auth/lazy-library.ts";
import { keptSecret } from "../auth/secret.ts";
import type { Services } from "../command/services.ts";
import { openTables } from "../database/connect.ts";
import { prepareDataDir } from "../database/data-dir.ts";

/** Where the workspace is, as the server's own settings say it. */
export type Place = {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly authSecret: string | null;
};

/**
 * Runs `work` on the workspace's people. A server may be running on them at the same time: both go
 * through the database, and the server keeps nothing of it in memory.
 */
export async function withAccounts<T>(
  place: Place,
  work: (services: Pick<Services, "database" | "accounts" | "now">) => Promise<T>,
): Promise<T> {
  prepareDataDir(place.dataDir);
  const database = await openTables(place);
  try {
    const library = lazyLibrary({
      db: database.db,
      secret: place.authSecret ?? keptSecret(place.dataDir),
      baseUrl: "http://localhost",
      secure: false,
    });
    return await work({ database, accounts: createAccounts(library), now: Date.now });
  } finally {
    await database.close();
  }
}
