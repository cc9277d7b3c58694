import {
  StoreClash,
  StoreUnavailable,
  type Entry,
  type LogSizes,
  type NewEntry,
  type StoredRoom,
  type UpdateLog,
} from "../log.ts";

type RoomRows = {
  snapshot: { readonly state: Uint8Array; readonly upTo: number } | null;
  readonly entries: Entry[];
  readonly owners: Map<number, string>;
};

/** What outlives a crash of the process in a test: open a second MemoryLog on the same disk. */
export class MemoryDisk {
  readonly rooms = new Map<string, RoomRows>();
}

/**
 * Where a test may fail or hold the store. A hook that throws (StoreUnavailable, StoreCorrupt) makes
 * the call reject with it; a promise holds the call until it settles.
 */
export type MemoryHooks = {
  /** Before anything of the batch is written. */
  beforeCommit?: (entries: readonly NewEntry[]) => void | Promise<void>;
  /** After the batch is on disk, before the caller hears of it. */
  afterCommit?: (entries: readonly NewEntry[]) => void | Promise<void>;
  beforeLoad?: (room: string) => void | Promise<void>;
  beforeCompact?: (room: string) => void | Promise<void>;
  onProbe?: () => void | Promise<void>;
};

/** The update log in memory, for tests: same contract, and hooks that fail or delay on demand. */
export class MemoryLog implements UpdateLog {
  readonly disk: MemoryDisk;
  hooks: MemoryHooks = {};
  /** Appends run one after another, as with one writer. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(disk: MemoryDisk = new MemoryDisk()) {
    this.disk = disk;
  }

  append(entries: readonly NewEntry[]): Promise<readonly number[]> {
    if (this.#closed) return Promise.reject(new StoreUnavailable("The update log is closed"));
    const result = this.#turn.then(async () => {
      await this.hooks.beforeCommit?.(entries);
      const seqs = this.#write(entries);
      await this.hooks.afterCommit?.(entries);
      return seqs;
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async load(room: string): Promise<StoredRoom> {
    await this.hooks.beforeLoad?.(room);
    const rows = this.disk.rooms.get(room);
    if (!rows) return { snapshot: null, tail: [], owners: new Map(), lastSeq: 0 };
    return {
      snapshot: rows.snapshot,
      tail: rows.entries.slice(rows.snapshot?.upTo ?? 0),
      owners: new Map(rows.owners),
      lastSeq: rows.entries.length,
    };
  }

  async compact(room: string, upTo: number, state: Uint8Array): Promise<void> {
    await this.hooks.beforeCompact?.(room);
    const rows = this.disk.rooms.get(room);
    if (!rows || upTo > rows.entries.length) throw new RangeError(`${room} has no entry ${upTo}`);
    if (upTo > (rows.snapshot?.upTo ?? 0)) rows.snapshot = { state: state.slice(), upTo };
  }

  async history(room: string, afterSeq: number, limit: number): Promise<readonly Entry[]> {
    return this.disk.rooms.get(room)?.entries.slice(afterSeq, afterSeq + limit) ?? [];
  }

  async rooms(after: string, limit: number): Promise<readonly string[]> {
    return [...this.disk.rooms.keys()]
      .filter((name) => name > after)
      .sort()
      .slice(0, limit);
  }

  async sizes(): Promise<LogSizes> {
    let entries = 0;
    let bytes = 0;
    for (const rows of this.disk.rooms.values()) {
      entries += rows.entries.length;
      bytes += rows.snapshot?.state.length ?? 0;
      for (const entry of rows.entries) bytes += entry.bytes.length;
    }
    return { rooms: this.disk.rooms.size, entries, bytes };
  }

  async probe(): Promise<void> {
    await this.hooks.onProbe?.();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
  }

  #write(entries: readonly NewEntry[]): number[] {
    const claims = new Map<string, string>();
    entries.forEach((entry, index) => {
      for (const client of entry.binds) {
        const key = `${client} ${entry.room}`;
        const owner = this.disk.rooms.get(entry.room)?.owners.get(client) ?? claims.get(key) ?? entry.user;
        if (owner !== entry.user) throw new StoreClash(index, client);
        claims.set(key, owner);
      }
    });
    return entries.map(({ binds, ...entry }) => {
      let rows = this.disk.rooms.get(entry.room);
      if (!rows) {
        rows = { snapshot: null, entries: [], owners: new Map() };
        this.disk.rooms.set(entry.room, rows);
      }
      for (const client of binds) rows.owners.set(client, entry.user);
      const seq = rows.entries.length + 1;
      rows.entries.push({ ...entry, bytes: entry.bytes.slice(), seq });
      return seq;
    });
  }
}
