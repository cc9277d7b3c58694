import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Database from "better-sqlite3";

/**
 * A lock between processes on one machine. The operating system holds it through an open SQLite file,
 * so it ends with the process however that ends; a file with a process number in it would stay behind.
 */
export type FileLock = { release(): void };

/** Held here too, since a file that nothing refers to any more is closed and so unlocked. */
const held = new Set<Database.Database>();

/** Takes the lock `name` in a folder, or null when another process holds it. */
export function tryLock(dataDir: string, name: string): FileLock | null {
  const db = new Database(path.join(dataDir, `${name}.lock`), { timeout: 0 });
  try {
    db.pragma("journal_mode = DELETE");
    db.exec("BEGIN EXCLUSIVE");
    held.add(db);
    return {
      release: () => {
        held.delete(db);
        db.close();
      },
    };
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return null;
    throw error;
  }
}

/** Runs `work` while holding a lock, waiting at most `patience` milliseconds for another holder. */
export async function withLock<T>(
  dataDir: string,
  name: string,
  patience: number,
  work: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const lock = tryLock(dataDir, name);
    if (lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (Date.now() >= end) throw new Error(`the lock ${name} has been held for ${patience} ms`);
    await wait(50);
  }
}

/** What the holder of the serving lock says about itself. */
export type Holder = { readonly pid: number; readonly draining: boolean };

const HOLDER = "serve.json";

export function writeHolder(dataDir: string, holder: Holder): void {
  writeFileSync(path.join(dataDir, HOLDER), JSON.stringify(holder));
}

/** Says that the last holder ended in order. */
export function removeHolder(dataDir: string): void {
  rmSync(path.join(dataDir, HOLDER), { force: true });
}

/** Null when nothing readable is there. */
export function readHolder(dataDir: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path.join(dataDir, HOLDER), "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value) || !("draining" in value))
      return null;
    return { pid: Number(value.pid), draining: value.draining === true };
  } catch {
    // Not there yet, or being written at this moment: the caller then names no process.
    return null;
  }
}
