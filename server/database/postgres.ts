import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Any number of our own; names the lock that `exclusive` holds for its transaction. */
const EXCLUSIVE = 0x61_05_5a;

/** PostgreSQL's type number for bigint, which the driver would give as text. */
const BIGINT = 20;

export function openPostgres(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === BIGINT ? Number : pg.types.getTypeParser(type, format),
    },
  });
  // An idle connection that breaks is replaced at the next query, which then tells of any trouble.
  pool.on("error", () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    kind: "postgres",
    exclusive: (work) =>
      db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(${EXCLUSIVE})`.execute(tx);
        return work(tx);
      }),
    close: () => db.destroy(),
  };
}
