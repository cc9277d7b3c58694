import type { Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** The database beside the update log: people, articles, what was handed out. */
export type Database = {
  readonly db: Db;
  readonly kind: "sqlite" | "postgres";
  /**
   * Runs `work` in a transaction beside which no other of these runs, in this process or another, so
   * that what it reads still holds when it writes. Work inside must use `tx` only.
   */
  exclusive<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Takes the right to serve what is in this database, which one process has at a time; false when
   * another has it. It ends with `close` and with the process.
   */
  claim(): Promise<boolean>;
  close(): Promise<void>;
};

/** Where the tables live: a PostgreSQL address, or null for a file in `dataDir`. */
export type Place = { readonly dataDir: string; readonly databaseUrl: string | null };
