import pg from "pg";
import { StoreUnavailable } from "../log.ts";

/** PostgreSQL's type number for bigint, which the driver would give as text. Numbers here stay below 2^53. */
const BIGINT = 20;

/** Any number of our own; held while the tables are made, since two nodes may start at once. */
const MAKING_TABLES = 0x61_05_5b;

/** Rises when the tables change; tables of a later version are not used. */
const VERSION = 1;

/** The same tables as the SQLite log's (see server/store/sqlite/schema.ts); the last number stands with the room. */
const TABLES = `
CREATE TABLE IF NOT EXISTS log_version (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), version int NOT NULL);
CREATE TABLE IF NOT EXISTS log_room (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  last_seq bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS log_entry (
  room bigint NOT NULL, first bigint NOT NULL, last bigint NOT NULL,
  sum bigint NOT NULL, page bytea NOT NULL,
  PRIMARY KEY (room, first)
);
CREATE TABLE IF NOT EXISTS log_archive (
  room bigint NOT NULL, first bigint NOT NULL, last bigint NOT NULL,
  sum bigint NOT NULL, block bytea NOT NULL,
  PRIMARY KEY (room, first)
);
CREATE TABLE IF NOT EXISTS log_snapshot (
  room bigint PRIMARY KEY, up_to bigint NOT NULL,
  sum bigint NOT NULL, state bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS log_owner (
  room bigint NOT NULL, client bigint NOT NULL, user_id text NOT NULL,
  PRIMARY KEY (room, client)
);
CREATE TABLE IF NOT EXISTS log_probe (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), at timestamptz NOT NULL);
-- Pages and states are packed by those who write them where that is worth it.
ALTER TABLE log_archive ALTER COLUMN block SET STORAGE EXTERNAL;
`;

/**
 * Connections for the log. Each commits to disk before it answers, whatever the server's default, and
 * waits for nothing longer than a few seconds.
 */
export function openPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === BIGINT ? Number : pg.types.getTypeParser(type, format),
    },
  });
  // An idle connection that breaks is replaced at the next query, which then tells of any trouble.
  pool.on("error", () => undefined);
  // One that breaks in use fails its query; without a listener it would end the process as well.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Settings of every connection; sent with the first query on it. */
export const SESSION =
  "SET synchronous_commit = on; SET statement_timeout = '20s'; SET lock_timeout = '2s'; " +
  "SET idle_in_transaction_session_timeout = '20s'";

/** Makes the tables when they are not there. Throws StoreUnavailable when they are of a later version. */
export async function makeTables(client: pg.ClientBase): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [MAKING_TABLES]);
    await client.query(TABLES);
    const { rows } = await client.query<{ version: number }>("SELECT version FROM log_version");
    const version = rows[0]?.version ?? 0;
    if (version > VERSION) {
      throw new StoreUnavailable("The log was written by a later version of Gloss; use that version");
    }
    if (version === 0) await client.query("INSERT INTO log_version (version) VALUES ($1)", [VERSION]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
