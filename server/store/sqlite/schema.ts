import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StoreUnavailable } from "../log.ts";

/** Milliseconds to wait for another process's lock (a backup, a check) before giving up. */
const LOCK_WAIT = 500;

const TABLES = `
CREATE TABLE IF NOT EXISTS rooms (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
-- One row holds what a commit added to a room: entries first..last. Rows lie by room, so that loading
-- one reads neighbouring pages and an append touches one.
CREATE TABLE IF NOT EXISTS entries (
  room INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  sum INTEGER NOT NULL, page BLOB NOT NULL,
  PRIMARY KEY (room, first)
) WITHOUT ROWID;
-- Entries that a snapshot covers: many pages, deflated together.
CREATE TABLE IF NOT EXISTS archive (
  room INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  sum INTEGER NOT NULL, block BLOB NOT NULL,
  PRIMARY KEY (room, first)
);
-- The state of a room after entry up_to. Its bytes are written before it in parts, each a short
-- transaction, and count only once this row names them.
CREATE TABLE IF NOT EXISTS snapshot (
  room INTEGER PRIMARY KEY, up_to INTEGER NOT NULL, sum INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS snapshot_part (
  room INTEGER NOT NULL, up_to INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (room, up_to, part)
);
CREATE TABLE IF NOT EXISTS owners (
  room INTEGER NOT NULL, client INTEGER NOT NULL, user TEXT NOT NULL,
  PRIMARY KEY (room, client)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
`;

/** Rises when the tables change; a file of a later version is not opened. */
const SCHEMA_VERSION = 1;

/**
 * Opens the log's file for its one writer; makes its folder and the tables when they are not there. Every commit is on disk when it
 * returns (`synchronous=FULL`). Throws SQLite's errors, and StoreUnavailable for a file of a later version.
 */
export function openForWriting(file: string): Database.Database {
  makeFolder(dirname(file));
  const db = new Database(file, { timeout: LOCK_WAIT });
  try {
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("temp_store = MEMORY");
    db.pragma("cache_size = -8192");
    // Keeps the WAL file's blocks: a commit then need not grow the file, only overwrite it.
    db.pragma("journal_size_limit = 67108864");
    const version = Number(db.pragma("user_version", { simple: true }));
    if (version > SCHEMA_VERSION) {
      throw new StoreUnavailable(`${file} was written by a later version of Gloss; use that version`);
    }
    db.exec(`BEGIN IMMEDIATE; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`The folder ${folder} cannot be made (${reason})`);
  }
}

/** Opens the log's file for reading only; throws when there is none. */
export function openForReading(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT });
}
