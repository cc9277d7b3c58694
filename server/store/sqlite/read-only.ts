import { existsSync } from "node:fs";
import type { Entry, StoredRoom } from "../log.ts";
import { entriesOf } from "../entries.ts";
import type { Row } from "../block.ts";
import { LogReader } from "./reader.ts";
import { openForReading } from "./schema.ts";

/** The log as it is on disk, for looking at it while a server may be writing. Changes nothing. */
export class ReadOnlyLog {
  readonly #db;
  readonly #reader: LogReader;

  /** Throws SQLite's errors, when there is no such file or it is no database. */
  constructor(file: string) {
    this.#db = openForReading(file);
    try {
      this.#reader = new LogReader(this.#db);
      // One unchanging state from the first look to `close`.
      this.#db.exec("BEGIN");
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  async rooms(after: string, limit: number): Promise<readonly string[]> {
    return this.#reader.rooms(after, limit);
  }

  async history(room: string, afterSeq: number, limit: number): Promise<readonly Entry[]> {
    const rows: Row[] = [];
    for (const row of this.#reader.history(room, afterSeq)) {
      rows.push(row);
      if (row.last - afterSeq >= limit) break;
    }
    return entriesOf(room, rows)
      .filter(({ seq }) => seq > afterSeq)
      .slice(0, limit);
  }

  /** What `UpdateLog.load` gives; `notes` name damage that a server would work round. */
  async load(room: string): Promise<StoredRoom & { readonly notes: readonly string[] }> {
    const { snapshot, rows, owners, lastSeq, notes } = this.#reader.load(room);
    const tail = entriesOf(room, rows).filter(({ seq }) => seq > (snapshot?.upTo ?? 0));
    return { snapshot, tail, owners: new Map(owners), lastSeq, notes };
  }

  /** Rows that belong to no room. */
  strays(): number {
    const count = (table: string): number =>
      this.#db
        .prepare<[], number>(`SELECT count(*) FROM ${table} WHERE room NOT IN (SELECT id FROM rooms)`)
        .pluck()
        .get() ?? 0;
    return ["entries", "archive", "snapshot", "snapshot_part", "owners"].reduce(
      (sum, table) => sum + count(table),
      0,
    );
  }

  close(): void {
    this.#db.close();
  }
}

/** What SQLite itself finds wrong with a database file; empty when it is sound. */
export function checkFile(file: string): readonly string[] {
  if (!existsSync(file)) return ["there is no such file"];
  try {
    const db = openForReading(file);
    try {
      const lines = db.prepare<[], string>("PRAGMA integrity_check(20)").pluck().all();
      return lines.filter((line) => line !== "ok");
    } finally {
      db.close();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
