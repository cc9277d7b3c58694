import type Database from "better-sqlite3";
import type { AppendGroup } from "../group.ts";
import { StoreClash } from "../log.ts";
import { checksum, pageMark, type PageMark } from "../page.ts";
import { packBlock, type Row } from "../block.ts";
import type { Faults } from "./faults.ts";
import type { LogReader } from "./reader.ts";
import { release } from "./release.ts";

/** How much one step of compaction writes or moves, so that appends wait for no more than a few milliseconds. */
const STEP_BYTES = 256 * 1024;
const STEP_ROWS = 1_000;

/** Rooms whose last sequence number is kept in memory; more are looked up again. */
const KNOWN_ROOMS = 50_000;

type Known = { readonly id: number; last: number };

/**
 * Writes the log's file: each call is one transaction, on disk when it returns, or it throws and
 * nothing was written.
 */
export class LogWriter {
  readonly #db: Database.Database;
  readonly #reader: LogReader;
  readonly #faults: Faults | null;
  readonly #known = new Map<string, Known>();
  #totals: { rooms: number; entries: number } | null = null;
  #version = 0;
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  readonly #dataVersion;
  readonly #addRoom;
  readonly #addPage;
  readonly #newest;
  readonly #bind;
  readonly #owner;
  readonly #snapshotAt;
  readonly #putSnapshot;
  readonly #putPart;
  readonly #oldParts;
  readonly #dropPart;
  readonly #covered;
  readonly #addBlock;
  readonly #dropPages;
  readonly #touch;

  constructor(db: Database.Database, reader: LogReader, faults: Faults | null) {
    this.#db = db;
    this.#reader = reader;
    this.#faults = faults;
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
    this.#rollback = db.prepare("ROLLBACK");
    this.#dataVersion = db.prepare<[], number>("PRAGMA data_version").pluck();
    this.#addRoom = db.prepare("INSERT INTO rooms (name) VALUES (?)");
    this.#addPage = db.prepare("INSERT INTO entries (room, first, last, sum, page) VALUES (?, ?, ?, ?, ?)");
    this.#newest = db.prepare<[number], Row>(
      "SELECT first, last, page FROM entries WHERE room = ? ORDER BY first DESC",
    );
    this.#bind = db.prepare(
      "INSERT INTO owners (room, client, user) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#owner = db
      .prepare<[number, number], string>("SELECT user FROM owners WHERE room = ? AND client = ?")
      .pluck();
    this.#snapshotAt = db.prepare<[number], number>("SELECT up_to FROM snapshot WHERE room = ?").pluck();
    this.#putSnapshot = db.prepare("INSERT OR REPLACE INTO snapshot (room, up_to, sum) VALUES (?, ?, ?)");
    this.#putPart = db.prepare(
      "INSERT OR REPLACE INTO snapshot_part (room, up_to, part, bytes) VALUES (?, ?, ?, ?)",
    );
    this.#oldParts = db.prepare<[number, number], { upTo: number; part: number }>(
      "SELECT up_to AS upTo, part FROM snapshot_part WHERE room = ? AND up_to <> ? LIMIT 1",
    );
    this.#dropPart = db.prepare("DELETE FROM snapshot_part WHERE room = ? AND up_to = ? AND part = ?");
    this.#covered = db.prepare<[number, number], Row>(
      `SELECT first, last, page FROM entries WHERE room = ? AND last <= ? ORDER BY first LIMIT ${STEP_ROWS}`,
    );
    this.#addBlock = db.prepare("INSERT INTO archive (room, first, last, sum, block) VALUES (?, ?, ?, ?, ?)");
    this.#dropPages = db.prepare("DELETE FROM entries WHERE room = ? AND last <= ?");
    this.#touch = db.prepare("INSERT OR REPLACE INTO probe (id, at) VALUES (1, ?)");
  }

  /**
   * Adds a page to each group's room; answers with the first sequence number of each. With `retry`,
   * a batch that an earlier try wrote is only looked up.
   */
  append(mark: PageMark, groups: readonly AppendGroup[], retry: boolean): number[] {
    const firsts = this.#transaction(() => {
      const written = retry ? this.#written(mark, groups) : null;
      if (written) return written;
      const numbers = groups.map((group) => this.#addGroup(group));
      this.#faults?.beforeCommit();
      return numbers;
    });
    this.#faults?.afterCommit();
    return firsts;
  }

  /**
   * Stores a snapshot and moves what it covers to the archive, a step at each turn of the iterator, each
   * step a short transaction. Does nothing when the snapshot that is there is as late. Throws RangeError
   * when `upTo` was never written.
   */
  *compact(room: string, upTo: number, state: Uint8Array): Generator<void> {
    const known = this.#find(room);
    if (!known || upTo > known.last) throw new RangeError(`${room} has no entry ${upTo}`);
    const { id } = known;
    if (upTo > (this.#snapshotAt.get(id) ?? 0)) {
      for (let part = 0; part * STEP_BYTES < state.length; part++) {
        const bytes = state.subarray(part * STEP_BYTES, (part + 1) * STEP_BYTES);
        this.#transaction(() => this.#putPart.run(id, upTo, part, bytes));
        yield;
      }
      this.#transaction(() => {
        this.#putSnapshot.run(id, upTo, checksum(room, upTo, state));
        this.#faults?.beforeCommit();
      });
      yield;
    }
    while (this.#dropOldPart(id)) yield;
    while (this.#archiveSome(room, id)) yield;
  }

  /** Removes a part that no snapshot names: of an earlier one, or of one that was not finished. */
  #dropOldPart(id: number): boolean {
    return this.#transaction(() => {
      const old = this.#oldParts.get(id, this.#snapshotAt.get(id) ?? 0);
      if (old) this.#dropPart.run(id, old.upTo, old.part);
      return old !== undefined;
    });
  }

  /** Moves some covered pages of a room to the archive; false when none were left. */
  #archiveSome(room: string, id: number): boolean {
    return this.#transaction(() => {
      const rows: Row[] = [];
      let bytes = 0;
      for (const row of this.#covered.iterate(id, this.#snapshotAt.get(id) ?? 0)) {
        rows.push(row);
        bytes += row.page.length;
        if (bytes >= STEP_BYTES) break;
      }
      const [head, tail] = [rows[0], rows.at(-1)];
      if (!head || !tail) return false;
      const block = packBlock(rows);
      for (const { page } of rows) release(page);
      this.#addBlock.run(id, head.first, tail.last, checksum(room, head.first, block), block);
      this.#dropPages.run(id, tail.last);
      return true;
    });
  }

  /** A small write that reaches the disk. */
  probe(): void {
    this.#transaction(() => {
      this.#touch.run(Date.now());
      this.#faults?.beforeCommit();
    });
  }

  totals(): { readonly rooms: number; readonly entries: number } {
    this.#forgetIfChanged();
    this.#totals ??= { ...this.#reader.totals() };
    return this.#totals;
  }

  #transaction<T>(work: () => T): T {
    this.#begin.run();
    try {
      this.#forgetIfChanged();
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      this.#forget();
      // SQLite has rolled back by itself after the worst errors.
      if (this.#db.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #addGroup(group: AppendGroup): number {
    const known = this.#find(group.room) ?? this.#makeRoom(group.room);
    for (const { client, user, entry } of group.binds) {
      if (this.#bind.run(known.id, client, user).changes > 0) continue;
      if (this.#owner.get(known.id, client) !== user) throw new StoreClash(entry, client);
    }
    const first = known.last + 1;
    const last = known.last + group.count;
    this.#addPage.run(known.id, first, last, checksum(group.room, first, group.page), group.page);
    known.last = last;
    if (this.#totals) this.#totals.entries += group.count;
    return first;
  }

  /** First numbers of a batch that is already there, else null. */
  #written(mark: PageMark, groups: readonly AppendGroup[]): number[] | null {
    const firsts: number[] = [];
    for (const group of groups) {
      const first = this.#firstOf(mark, group.room);
      // A batch is all or nothing, so the first room tells.
      if (first === null) return null;
      firsts.push(first);
    }
    return firsts;
  }

  #firstOf(mark: PageMark, room: string): number | null {
    const known = this.#find(room);
    if (!known) return null;
    for (const row of this.#newest.iterate(known.id)) {
      const found = pageMark(row.page);
      if (found.writer !== mark.writer || found.batch < mark.batch) return null;
      if (found.batch === mark.batch) return row.first;
    }
    return null;
  }

  #makeRoom(room: string): Known {
    const known = { id: Number(this.#addRoom.run(room).lastInsertRowid), last: 0 };
    this.#known.set(room, known);
    if (this.#totals) this.#totals.rooms += 1;
    return known;
  }

  #find(room: string): Known | null {
    const kept = this.#known.get(room);
    if (kept) return kept;
    const id = this.#reader.roomId(room);
    if (id === null) return null;
    if (this.#known.size >= KNOWN_ROOMS) this.#known.clear();
    const known = { id, last: this.#reader.lastSeq(id) };
    this.#known.set(room, known);
    return known;
  }

  /** Another process may have written (a seed, a restore): then nothing remembered holds. */
  #forgetIfChanged(): void {
    const version = this.#dataVersion.get() ?? 0;
    if (version !== this.#version) this.#forget();
    this.#version = version;
  }

  #forget(): void {
    this.#known.clear();
    this.#totals = null;
  }
}
