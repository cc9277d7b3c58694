import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { entriesOf } from "../entries.ts";
import { groupByRoom } from "../group.ts";
import {
  StoreUnavailable,
  type Entry,
  type LogSizes,
  type NewEntry,
  type StoredRoom,
  type UpdateLog,
} from "../log.ts";
import { writeGroups } from "./append.ts";
import { archiveStep, putSnapshot } from "./archive.ts";
import { isBroken, toStoreError } from "./failure.ts";
import { findRoom, readArchive, readOwners, readSnapshot, readTail } from "./rows.ts";
import { makeTables, openPool, SESSION } from "./schema.ts";

export type PostgresLogOptions = {
  readonly databaseUrl: string;
  /** Told of damage that could be worked round. */
  readonly report?: (message: string) => void;
};

/** How often and how long apart a commit whose answer was lost is asked about, in milliseconds. */
const QUESTIONS = 5;
const BETWEEN_QUESTIONS = 200;

/** Opens the update log on PostgreSQL. Rejects with StoreUnavailable when the database cannot be used. */
export async function openPostgresLog(options: PostgresLogOptions): Promise<PostgresLog> {
  const log = new PostgresLog(options);
  try {
    await log.open();
  } catch (error) {
    await log.close();
    throw error;
  }
  return log;
}

/**
 * The update log on PostgreSQL, for several nodes at once: a room's numbers are given under a lock on
 * its row. Made by `openPostgresLog`.
 */
export class PostgresLog implements UpdateLog {
  readonly #pool: pg.Pool;
  readonly #report: (message: string) => void;
  readonly #writer = randomBytes(4).readUInt32LE();
  /** Connections that have their settings. */
  readonly #ready = new WeakSet<pg.PoolClient>();
  #nextBatch = 1;
  /** Appends run one after another, so that they keep their order. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;

  constructor({ databaseUrl, report }: PostgresLogOptions) {
    this.#pool = openPool(databaseUrl);
    this.#report = report ?? ((): void => undefined);
  }

  async open(): Promise<void> {
    await this.#with((client) => makeTables(client));
  }

  async append(entries: readonly NewEntry[]): Promise<readonly number[]> {
    this.#assertOpen();
    if (entries.length === 0) return [];
    const { groups, number } = groupByRoom({ writer: this.#writer, batch: this.#nextBatch++ }, entries);
    const firsts = this.#turn.then(() => this.#commit((client) => writeGroups(client, groups)));
    this.#turn = firsts.catch(() => undefined);
    return number(await firsts);
  }

  async load(room: string): Promise<StoredRoom> {
    this.#assertOpen();
    return this.#reading(room, async (client) => {
      const found = await findRoom(client, room);
      if (!found) return { snapshot: null, tail: [], owners: new Map<number, string>(), lastSeq: 0 };
      const named = { name: room, id: found.id };
      const owners = await readOwners(client, found.id);
      const snapshot = await readSnapshot(client, room, found.id);
      if (snapshot !== "damaged") {
        const upTo = snapshot?.upTo ?? 0;
        const rows = await readTail(client, named, upTo);
        const tail = entriesOf(room, rows).filter(({ seq }) => seq > upTo);
        return { snapshot, tail, owners, lastSeq: found.lastSeq };
      }
      // A snapshot is only a shortcut: without it the room is read from its first entry.
      this.#report(`The snapshot of ${room} is damaged; its entries were read`);
      const archived = await readArchive(client, named, 0, Number.MAX_SAFE_INTEGER);
      const rows = await readTail(client, named, archived.at(-1)?.last ?? 0);
      const tail = entriesOf(room, [...archived, ...rows]);
      return { snapshot: null, tail, owners, lastSeq: found.lastSeq };
    });
  }

  async compact(room: string, upTo: number, state: Uint8Array): Promise<void> {
    this.#assertOpen();
    await this.#commit((client) => putSnapshot(client, room, upTo, state));
    while (await this.#commit((client) => archiveStep(client, room)));
  }

  async history(room: string, afterSeq: number, limit: number): Promise<readonly Entry[]> {
    this.#assertOpen();
    return this.#reading(room, async (client) => {
      const found = await findRoom(client, room);
      if (!found) return [];
      const named = { name: room, id: found.id };
      const archived = await readArchive(client, named, afterSeq, limit);
      const reached = Math.max(afterSeq, archived.at(-1)?.last ?? 0);
      const missing = limit - (reached - afterSeq);
      const rows = missing > 0 ? await readTail(client, named, reached, missing) : [];
      return entriesOf(room, [...archived, ...rows])
        .filter(({ seq }) => seq > afterSeq)
        .slice(0, limit);
    });
  }

  async rooms(after: string, limit: number): Promise<readonly string[]> {
    this.#assertOpen();
    const { rows } = await this.#with((client) =>
      client.query<{ name: string }>("SELECT name FROM log_room WHERE name > $1 ORDER BY name LIMIT $2", [
        after,
        limit,
      ]),
    );
    return rows.map(({ name }) => name);
  }

  async sizes(): Promise<LogSizes> {
    this.#assertOpen();
    const { rows } = await this.#with((client) =>
      client.query<LogSizes>(
        `SELECT count(*) AS rooms, coalesce(sum(last_seq), 0)::bigint AS entries,
           (SELECT sum(pg_total_relation_size(name::regclass))::bigint FROM unnest(ARRAY['log_room',
             'log_entry', 'log_archive', 'log_snapshot', 'log_owner']) AS name) AS bytes
         FROM log_room`,
      ),
    );
    return rows[0] ?? { rooms: 0, entries: 0, bytes: 0 };
  }

  async probe(): Promise<void> {
    this.#assertOpen();
    await this.#commit((client) =>
      client.query(
        "INSERT INTO log_probe (at) VALUES (now()) ON CONFLICT (only_row) DO UPDATE SET at = excluded.at",
      ),
    );
  }

  /** Finishes what was asked before, then closes the connections. */
  close(): Promise<void> {
    this.#closed ??= this.#turn.then(() => this.#pool.end());
    return this.#closed;
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreUnavailable("The update log is closed");
  }

  /** Runs `work` in a transaction that is on disk when this resolves; when it rejects, nothing was written. */
  #commit<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.#with(async (client) => {
      const transaction = await begin(client);
      let result: T;
      try {
        result = await work(client);
      } catch (error) {
        if (!isBroken(error)) await client.query("ROLLBACK");
        throw error;
      }
      try {
        await client.query("COMMIT");
      } catch (error) {
        // The commit may have been done and only its answer lost.
        if (!isBroken(error) || !(await this.#wasCommitted(transaction))) throw error;
      }
      return result;
    });
  }

  /** Asks the database about a transaction until it can say. Rejects with StoreUnavailable when it cannot. */
  async #wasCommitted(transaction: string): Promise<boolean> {
    for (let question = 0; question < QUESTIONS; question++) {
      if (question > 0) await wait(BETWEEN_QUESTIONS);
      try {
        const { rows } = await this.#pool.query<{ status: string | null }>(
          "SELECT pg_xact_status($1::xid8) AS status",
          [transaction],
        );
        const status = rows[0]?.status;
        if (status === "committed") return true;
        if (status === "aborted") return false;
      } catch (error) {
        if (!isBroken(error)) throw error;
      }
    }
    throw new StoreUnavailable(
      "The log: the connection broke, and the database cannot be asked what it wrote",
    );
  }

  /** Runs `look` on one unchanging state of the database. */
  #reading<T>(room: string, look: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.#with(async (client) => {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      try {
        return await look(client);
      } finally {
        await client.query("ROLLBACK");
      }
    }, room);
  }

  async #with<T>(work: (client: pg.PoolClient) => Promise<T>, room?: string): Promise<T> {
    let client: pg.PoolClient | null = null;
    let failure: unknown = null;
    try {
      client = await this.#pool.connect();
      if (!this.#ready.has(client)) await client.query(SESSION);
      this.#ready.add(client);
      return await work(client);
    } catch (error) {
      failure = error;
      throw toStoreError(error, room);
    } finally {
      client?.release(failure !== null && isBroken(failure));
    }
  }
}

/** Begins a transaction and answers with its number. */
async function begin(client: pg.PoolClient): Promise<string> {
  // Two statements in one message; the driver then answers with a list, which its types do not say.
  const answer: unknown = await client.query("BEGIN; SELECT pg_current_xact_id()::text AS id");
  const [, { rows }] = answer as [pg.QueryResult, pg.QueryResult<{ id: string }>];
  const [row] = rows;
  if (!row) throw new Error("the database gave the transaction no number");
  return row.id;
}
