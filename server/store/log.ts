/**
 * The port of the update log: every accepted update of every room, in order, for ever. A snapshot is
 * only a shortcut beside it. Implementations: sqlite (a worker thread), postgres, memory (tests).
 */

/** Clocks of one Yjs client that an update adds: `from` inclusive, `to` exclusive. */
export type ClientRange = { readonly client: number; readonly from: number; readonly to: number };

export type NewEntry = {
  readonly room: string;
  /** Who wrote it; "server" for the server's own writes. */
  readonly user: string;
  readonly connection: string;
  readonly ranges: readonly ClientRange[];
  /** Client ids seen for the first time in this room with this update; bound to `user` in the same transaction. */
  readonly binds: readonly number[];
  /** The canonical update (Yjs update v1) as the server's document emitted it. */
  readonly bytes: Uint8Array;
  readonly at: number;
};

export type Entry = Omit<NewEntry, "binds"> & { readonly seq: number };

export type StoredRoom = {
  readonly snapshot: { readonly state: Uint8Array; readonly upTo: number } | null;
  /** Entries after the snapshot, in order. */
  readonly tail: readonly Entry[];
  /** Who each client id belongs to. */
  readonly owners: ReadonlyMap<number, string>;
  readonly lastSeq: number;
};

/** A store that cannot write or read now; the caller answers "try again later". */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** A room whose rows cannot be read as what was written; only this room is affected. */
export class StoreCorrupt extends Error {
  override readonly name = "StoreCorrupt";
}

/**
 * A client id that already belongs to somebody else in its room. Nothing of the batch was written;
 * `entry` is the index of the entry that claimed it, so the rest can be written without it.
 */
export class StoreClash extends Error {
  override readonly name = "StoreClash";
  readonly entry: number;
  readonly client: number;

  constructor(entry: number, client: number) {
    super(`Client id ${client} belongs to another user of its room`);
    this.entry = entry;
    this.client = client;
  }
}

export type LogSizes = { readonly rooms: number; readonly entries: number; readonly bytes: number };

export interface UpdateLog {
  /**
   * Writes all entries in one transaction; resolves after the commit is on disk, with each entry's
   * sequence number in its room (1, 2, 3, ...). Rejects with StoreUnavailable or StoreClash, then
   * nothing was written.
   */
  append(entries: readonly NewEntry[]): Promise<readonly number[]>;
  /** Snapshot and tail of a room; an unknown room is empty. Rejects with StoreUnavailable or StoreCorrupt. */
  load(room: string): Promise<StoredRoom>;
  /** Stores a snapshot that equals entries 1 to `upTo`; covered entries move to the archive. */
  compact(room: string, upTo: number, state: Uint8Array): Promise<void>;
  /** Every entry of a room, archive included, in order, in pages after `afterSeq`. */
  history(room: string, afterSeq: number, limit: number): Promise<readonly Entry[]>;
  /** Names of all rooms, in pages after `after` (empty: from the start). */
  rooms(after: string, limit: number): Promise<readonly string[]>;
  /** Total sizes, for metrics. */
  sizes(): Promise<LogSizes>;
  /** Rejects when the store cannot write now. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
