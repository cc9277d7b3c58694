import type Database from "better-sqlite3";
import { openForReading } from "./schema.ts";

/**
 * Copies databases that a server may be writing to, each as it was at one moment, which is the same for
 * all but for microseconds. The targets must not exist. Rejects with SQLite's errors.
 */
export async function copyDatabases(
  files: readonly { readonly from: string; readonly to: string }[],
): Promise<void> {
  const open: Database.Database[] = [];
  try {
    for (const { from } of files) open.push(openForReading(from));
    // A transaction that has read once keeps seeing that state; the copies below are made inside it.
    for (const db of open) db.exec("BEGIN; SELECT count(*) FROM sqlite_schema;");
    for (const [index, { to }] of files.entries()) await open[index]?.backup(to);
  } finally {
    for (const db of open) db.close();
  }
}
