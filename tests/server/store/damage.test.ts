import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { StoreCorrupt, StoreUnavailable } from "../../../server/store/log.ts";
import { LOG_FILE, openSqliteLog } from "../../../server/store/sqlite/log.ts";
import { A, B, entry, folder, openIn } from "./rooms.ts";

/** Changes the file behind the log's back. */
function tamper(path: string, sql: string): void {
  const db = new Database(join(path, LOG_FILE));
  db.exec(sql);
  db.close();
}

const roomId = (room: string): string => `(SELECT id FROM rooms WHERE name = '${room}')`;

test("[STO-10] a damaged row closes its room with a message, and no other", async () => {
  const path = await folder();
  const log = await openIn(path);
  await log.append([entry(A), entry(A), entry(B)]);
  await log.append([entry(A)]);
  tamper(
    path,
    `UPDATE entries SET page = CAST(page || x'00' AS BLOB) WHERE room = ${roomId(A)} AND first = 1`,
  );
  await expect(log.load(A)).rejects.toBeInstanceOf(StoreCorrupt);
  await expect(log.load(A)).rejects.toThrow(`${A}: the row of entries 1 to 2 is damaged`);
  await expect(log.history(A, 0, 10)).rejects.toBeInstanceOf(StoreCorrupt);
  expect((await log.load(B)).tail).toHaveLength(1);
  expect(await log.append([entry(B)])).toEqual([2]);
});

test("[STO-10] a row that was put in another one's place is damage too", async () => {
  const path = await folder();
  const log = await openIn(path);
  await log.append([entry(A, 1)]);
  await log.append([entry(A, 2)]);
  const swap = `UPDATE entries SET (sum, page) = (SELECT sum, page FROM entries AS other
    WHERE other.room = entries.room AND other.first = 3 - entries.first)`;
  tamper(
    path,
    `CREATE TABLE copy AS SELECT * FROM entries; ${swap.replace("FROM entries AS", "FROM copy AS")}`,
  );
  await expect(log.load(A)).rejects.toBeInstanceOf(StoreCorrupt);
});

test("[STO-10] a damaged archive does not keep a room from loading", async () => {
  const path = await folder();
  const log = await openIn(path);
  await log.append([entry(A), entry(A), entry(A)]);
  await log.compact(A, 3, Uint8Array.of(3));
  tamper(path, "UPDATE archive SET block = x'0102'");
  expect((await log.load(A)).snapshot?.upTo).toBe(3);
  await expect(log.history(A, 0, 10)).rejects.toThrow(`${A}: the archive of entries 1 to 3 is damaged`);
});

test("[STO-10] garbage in the file's pages stays with the rooms that lie there", async () => {
  const path = await folder();
  const log = await openIn(path);
  const rooms = ["one", "two", "three"].map((name) => `article/${name}/text`);
  for (const [index, room] of rooms.entries()) {
    const bytes = new TextEncoder().encode(`room-${index}-`.repeat(30));
    for (let round = 0; round < 60; round++) await log.append([entry(room, bytes)]);
  }
  await log.close();
  const file = join(path, LOG_FILE);
  const content = await readFile(file);
  const PAGE = 4096;
  const LEAF = 0x0a;
  const holds = (at: number, room: number): boolean =>
    content.subarray(at, at + PAGE).includes(`room-${room}-`);
  const start = Array.from({ length: content.length / PAGE }, (_, page) => page * PAGE).find(
    (at) => content[at] === LEAF && holds(at, 1) && !holds(at, 0) && !holds(at, 2),
  );
  if (start === undefined) throw new Error("no page holds the second room alone");
  content.fill(0xff, start, start + PAGE);
  await writeFile(file, content);

  const again = await openIn(path);
  await expect(again.load(rooms[1] ?? "")).rejects.toBeInstanceOf(StoreCorrupt);
  expect((await again.load(rooms[0] ?? "")).tail).toHaveLength(60);
  expect((await again.load(rooms[2] ?? "")).tail).toHaveLength(60);
  expect(await again.append([entry(rooms[2] ?? "")])).toEqual([61]);
});

test("[STO-11] a missing row is noticed", async () => {
  const path = await folder();
  const log = await openIn(path);
  for (let round = 0; round < 4; round++) await log.append([entry(A), entry(A)]);
  tamper(path, `DELETE FROM entries WHERE first = 3`);
  await expect(log.load(A)).rejects.toThrow(`${A}: entries 3 to 4 are missing`);
});

test("[STO-12] a damaged snapshot costs time, not content", async () => {
  const path = await folder();
  const reports: string[] = [];
  const log = await openIn(path, { report: (message) => reports.push(message) });
  await log.append([entry(A, 1), entry(A, 2)]);
  await log.compact(A, 2, Uint8Array.of(9, 9));
  await log.append([entry(A, 3)]);
  tamper(path, "UPDATE snapshot_part SET bytes = x'0102'");
  const loaded = await log.load(A);
  expect(loaded.snapshot).toBeNull();
  expect(loaded.tail.map(({ seq, bytes }) => [seq, bytes[0]])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(loaded.lastSeq).toBe(3);
  expect(reports).toEqual([`The snapshot of ${A} at 2 is damaged; its entries were read`]);
});

test("[STO-15] a file of a later version is not opened, nor is one that is no database or has no place", async () => {
  const path = await folder();
  await (await openIn(path)).close();
  tamper(path, "PRAGMA user_version = 99");
  const file = join(path, LOG_FILE);
  await expect(openSqliteLog({ file })).rejects.toThrow(/written by a later version/);
  await writeFile(file, "not a database, but long enough to be looked at ".repeat(100));
  await expect(openSqliteLog({ file })).rejects.toThrow(/the file is no database/);
  await expect(openSqliteLog({ file: join(file, "folder", LOG_FILE) })).rejects.toBeInstanceOf(
    StoreUnavailable,
  );
});
