import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { NewEntry } from "../../../server/store/log.ts";
import {
  LOG_FILE,
  openSqliteLog,
  type SqliteLog,
  type SqliteLogOptions,
} from "../../../server/store/sqlite/log.ts";

export const A = "article/a/text";
export const B = "article/b/text";

export function entry(room: string, bytes: Uint8Array | number = 1): NewEntry {
  return {
    room,
    user: "ada",
    connection: "c1",
    ranges: [{ client: 7, from: 0, to: 1 }],
    binds: [],
    bytes: typeof bytes === "number" ? Uint8Array.of(bytes) : bytes,
    at: 1_000,
  };
}

/** An empty folder that is gone after the test. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "gloss-store-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** The log in a folder, closed after the test. */
export async function openIn(path: string, options: Partial<SqliteLogOptions> = {}): Promise<SqliteLog> {
  const log = await openSqliteLog({ file: join(path, LOG_FILE), ...options });
  onTestFinished(() => log.close());
  return log;
}
