import { join } from "node:path";
import * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { parseRoom, ROOTS, type Room } from "#shared/doc/rooms.ts";
import { StoreCorrupt, StoreUnavailable, type StoredRoom, type UpdateLog } from "../store/log.ts";
import { LOG_FILE } from "../store/sqlite/log.ts";
import { checkFile, ReadOnlyLog } from "../store/sqlite/read-only.ts";
import { DATABASE_FILE } from "./files.ts";

type Write = (line: string) => void;

/** Entries read at once. */
const PAGE = 1_000;
const ROOMS = 500;

export type VerifyOptions = {
  /** Address of PostgreSQL when the log is there. */
  readonly databaseUrl?: string | null;
};

/**
 * Checks everything that is stored: the database files, the checksum and order of every row, that each
 * room opens, and that each snapshot says what its entries say. Writes a line for each fault and one at
 * the end; resolves with whether all is sound. A server may be running.
 */
export async function verify(dataDir: string, options: VerifyOptions, write: Write): Promise<boolean> {
  const faults = new Faults(write);
  if (options.databaseUrl) {
    const { openPostgresLog } = await import("../store/postgres/log.ts");
    const log = await openPostgresLog({ databaseUrl: options.databaseUrl });
    try {
      await verifyRooms(log, faults);
    } finally {
      await log.close();
    }
  } else {
    const files = [DATABASE_FILE, LOG_FILE].map((name) => join(dataDir, name));
    for (const file of files) for (const fault of checkFile(file)) faults.add(`${file}: ${fault}`);
    await verifyLogFile(join(dataDir, LOG_FILE), faults);
  }
  faults.conclude();
  return faults.count === 0;
}

/** Collects what was found and counted. */
class Faults {
  count = 0;
  rooms = 0;
  entries = 0;
  readonly #write: Write;

  constructor(write: Write) {
    this.#write = write;
  }

  add(line: string): void {
    this.count += 1;
    this.#write(line);
  }

  conclude(): void {
    const checked = `${amount(this.rooms, "room")} and ${amount(this.entries, "entry", "entries")} checked`;
    this.#write(this.count === 0 ? `${checked}: all sound.` : `${checked}: ${amount(this.count, "fault")}.`);
  }
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

async function verifyLogFile(file: string, faults: Faults): Promise<void> {
  let log: ReadOnlyLog;
  try {
    log = new ReadOnlyLog(file);
  } catch {
    // What is wrong with the file itself has been told.
    if (faults.count === 0) faults.add(`${file}: the log cannot be opened`);
    return;
  }
  try {
    await verifyRooms(log, faults);
    const strays = log.strays();
    if (strays > 0) faults.add(`${file}: ${amount(strays, "row")} of no room`);
  } catch (error) {
    faults.add(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    log.close();
  }
}

type Log = Pick<UpdateLog, "rooms" | "history"> & {
  load(room: string): Promise<StoredRoom & { readonly notes?: readonly string[] }>;
};

async function verifyRooms(log: Log, faults: Faults): Promise<void> {
  let last = "";
  for (;;) {
    const names = await log.rooms(last, ROOMS);
    for (const name of names) {
      faults.rooms += 1;
      await verifyRoom(log, name, faults);
    }
    const next = names.at(-1);
    if (next === undefined) return;
    last = next;
  }
}

async function verifyRoom(log: Log, name: string, faults: Faults): Promise<void> {
  const room = parseRoom(name);
  if (!room) faults.add(`${name}: this is no name of a room`);
  const stored = await attempt(name, () => log.load(name), faults);
  if (!stored) return;
  for (const note of stored.notes ?? []) faults.add(note);
  const replay = await attempt(name, () => replayed(log, name, stored.snapshot?.upTo ?? 0), faults);
  if (!replay) return;
  faults.entries += replay.count;
  if (replay.count !== stored.lastSeq) {
    faults.add(`${name}: has ${replay.count} of ${amount(stored.lastSeq, "entry", "entries")}`);
  }
  if (replay.pending) faults.add(`${name}: some of its entries rest on others that are not there`);
  if (stored.snapshot && replay.atSnapshot && room) compare(name, room, [stored, replay.atSnapshot], faults);
}

/** What goes wrong with a room is a fault of that room; only a store that is not there stops the check. */
async function attempt<T>(name: string, work: () => Promise<T>, faults: Faults): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const message = error instanceof Error ? error.message : String(error);
    faults.add(error instanceof StoreCorrupt ? message : `${name}: cannot be read (${message})`);
    return null;
  }
}

type Replay = {
  readonly count: number;
  readonly pending: boolean;
  /** The document as the entries up to the snapshot make it. */
  readonly atSnapshot: Y.Doc | null;
};

/** Builds the room from its entries alone. */
async function replayed(log: Log, name: string, upTo: number): Promise<Replay> {
  const doc = new Y.Doc();
  let atSnapshot: Y.Doc | null = null;
  let count = 0;
  for (;;) {
    // A page ends where the snapshot does, so that the two can be compared there.
    const limit = count < upTo ? Math.min(PAGE, upTo - count) : PAGE;
    const entries = await log.history(name, count, limit);
    applyAll(
      doc,
      entries.map(({ bytes }) => bytes),
    );
    count += entries.length;
    if (count === upTo) {
      atSnapshot = new Y.Doc();
      applyAll(atSnapshot, [Y.encodeStateAsUpdate(doc)]);
    }
    if (entries.length === 0) break;
  }
  const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  return { count, pending, atSnapshot };
}

function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update);
    // Else Yjs would remove doubled marks now, a change that stands nowhere in the log.
    transaction.local = true;
  });
}

function compare(
  name: string,
  room: Room,
  [{ snapshot }, replay]: readonly [StoredRoom, Y.Doc],
  faults: Faults,
): void {
  const doc = new Y.Doc();
  if (snapshot) applyAll(doc, [snapshot.state]);
  const isSame =
    Buffer.compare(documentHash(doc), documentHash(replay)) === 0 &&
    JSON.stringify(contentOf(doc, room)) === JSON.stringify(contentOf(replay, room));
  if (!isSame) faults.add(`${name}: the snapshot at ${snapshot?.upTo} is not what its entries make`);
}

/** What people see of a room, in a form that is equal when the content is. */
function contentOf(doc: Y.Doc, room: Room): unknown {
  return ROOTS[room.kind].map((root) => {
    if (root === "prosemirror") return doc.getXmlFragment(root).toJSON();
    return sorted(root === "redirects" ? doc.getArray(root).toJSON() : doc.getMap(root).toJSON());
  });
}

/** Keys of a map come in another order on another replica. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
