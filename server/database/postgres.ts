import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Numbers of our own that name locks: one held for a transaction, one for as long as a process serves. */
const EXCLUSIVE = 0x61_05_70;
const SERVING = 0x61_05_71;

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
  // One that breaks in use fails its query; without a listener it would end the process as well.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let serving: pg.PoolClient | null = null;
  return {
    db,
    kind: "postgres",
    exclusive: (work) =>
      db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(${EXCLUSIVE})`.execute(tx);
        return work(tx);
      }),
    claim: async () => {
      const client = await pool.connect();
      const { rows } = await client.query("select pg_try_advisory_lock($1) as taken", [SERVING]);
      const taken = (rows as { taken: boolean }[])[0]?.taken === true;
      if (taken) serving = client;
      else client.release();
      return taken;
    },
    close: async () => {
      serving?.release(true);
      await db.destroy();
    },
  };
}
