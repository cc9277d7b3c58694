import type Database from "better-sqlite3";
import { StoreCorrupt } from "../log.ts";
import { inOrder, unpackBlock, type Row } from "../block.ts";
import { checksum } from "../page.ts";
import { release } from "./release.ts";

type SummedRow = Row & { readonly sum: number };
type BlockRow = {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
  readonly block: Uint8Array;
};

export type RoomRows = {
  readonly snapshot: { readonly state: Uint8Array<ArrayBuffer>; readonly upTo: number } | null;
  readonly rows: readonly Row[];
  readonly owners: readonly (readonly [number, string])[];
  readonly lastSeq: number;
  readonly notes: readonly string[];
};

/** Reads the log's file. Checks every row it returns; a row that is not what was written throws StoreCorrupt. */
export class LogReader {
  readonly #roomId;
  readonly #snapshot;
  readonly #parts;
  readonly #tail;
  readonly #archive;
  readonly #owners;
  readonly #names;
  readonly #lastEntry;
  readonly #lastBlock;
  readonly #totals;
  readonly #pageCount;
  readonly #pageSize;

  constructor(db: Database.Database) {
    this.#roomId = db.prepare<[string], number>("SELECT id FROM rooms WHERE name = ?").pluck();
    this.#snapshot = db.prepare<[number], { upTo: number; sum: number }>(
      "SELECT up_to AS upTo, sum FROM snapshot WHERE room = ?",
    );
    this.#parts = db
      .prepare<[number, number], Uint8Array>(
        "SELECT bytes FROM snapshot_part WHERE room = ? AND up_to = ? ORDER BY part",
      )
      .pluck();
    this.#tail = db.prepare<[number, number], SummedRow>(
      "SELECT first, last, sum, page FROM entries WHERE room = ? AND last > ? ORDER BY first",
    );
    this.#archive = db.prepare<[number, number], BlockRow>(
      "SELECT first, last, sum, block FROM archive WHERE room = ? AND last > ? ORDER BY first",
    );
    this.#owners = db
      .prepare<[number], [number, string]>("SELECT client, user FROM owners WHERE room = ?")
      .raw();
    this.#names = db
      .prepare<[string, number], string>("SELECT name FROM rooms WHERE name > ? ORDER BY name LIMIT ?")
      .pluck();
    this.#lastEntry = db
      .prepare<[number], number>("SELECT last FROM entries WHERE room = ? ORDER BY first DESC LIMIT 1")
      .pluck();
    this.#lastBlock = db
      .prepare<[number], number>("SELECT last FROM archive WHERE room = ? ORDER BY first DESC LIMIT 1")
      .pluck();
    this.#totals = db.prepare<[], { rooms: number; entries: number }>(
      `SELECT count(*) AS rooms, coalesce(sum(coalesce(
         (SELECT last FROM entries WHERE room = rooms.id ORDER BY first DESC LIMIT 1),
         (SELECT last FROM archive WHERE room = rooms.id ORDER BY first DESC LIMIT 1), 0)), 0) AS entries
       FROM rooms`,
    );
    this.#pageCount = db.prepare<[], number>("PRAGMA page_count").pluck();
    this.#pageSize = db.prepare<[], number>("PRAGMA page_size").pluck();
  }

  roomId(room: string): number | null {
    return this.#roomId.get(room) ?? null;
  }

  lastSeq(id: number): number {
    return this.#lastEntry.get(id) ?? this.#lastBlock.get(id) ?? 0;
  }

  load(room: string): RoomRows {
    const id = this.roomId(room);
    if (id === null) return { snapshot: null, rows: [], owners: [], lastSeq: 0, notes: [] };
    const owners = this.#owners.all(id);
    const stored = this.#snapshot.get(id);
    const state = stored ? joined(this.#parts.all(id, stored.upTo)) : null;
    if (stored && state && stored.sum === checksum(room, stored.upTo, state)) {
      const { upTo } = stored;
      const rows = this.#checkedTail(room, id, upTo);
      return { snapshot: { state, upTo }, rows, owners, lastSeq: rows.at(-1)?.last ?? upTo, notes: [] };
    }
    // A snapshot is only a shortcut: without it the room is read from its first entry.
    const rows = [...this.history(room, 0)];
    const notes = stored
      ? [`The snapshot of ${room} at ${stored.upTo} is damaged; its entries were read`]
      : [];
    return { snapshot: null, rows, owners, lastSeq: rows.at(-1)?.last ?? 0, notes };
  }

  /** Every page of a room that holds entries after `after`, archive first. */
  *history(room: string, after: number): Generator<Row> {
    const id = this.roomId(room);
    if (id === null) return;
    let reached = after;
    for (const block of this.#archive.iterate(id, after)) {
      if (block.sum !== checksum(room, block.first, block.block)) {
        throw new StoreCorrupt(`${room}: the archive of entries ${block.first} to ${block.last} is damaged`);
      }
      for (const row of unpackBlock(block.block)) {
        if (row.last <= after) continue;
        inOrder(room, reached, row);
        reached = row.last;
        yield row;
      }
    }
    yield* this.#checkedTail(room, id, reached);
  }

  rooms(after: string, limit: number): string[] {
    return this.#names.all(after, limit);
  }

  /** Rooms and entries by looking at the last row of each room; costs a few microseconds a room. */
  totals(): { readonly rooms: number; readonly entries: number } {
    return this.#totals.get() ?? { rooms: 0, entries: 0 };
  }

  bytes(): number {
    return (this.#pageCount.get() ?? 0) * (this.#pageSize.get() ?? 0);
  }

  #checkedTail(room: string, id: number, after: number): Row[] {
    let reached = after;
    return this.#tail.all(id, after).map(({ sum, ...row }) => {
      if (sum !== checksum(room, row.first, row.page)) {
        throw new StoreCorrupt(`${room}: the row of entries ${row.first} to ${row.last} is damaged`);
      }
      inOrder(room, reached, row);
      reached = row.last;
      return row;
    });
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    release(part);
  }
  return whole;
}
