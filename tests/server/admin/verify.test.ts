import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { DATABASE_FILE } from "../../../server/admin/files.ts";
import { verify } from "../../../server/admin/verify.ts";
import { LOG_FILE } from "../../../server/store/sqlite/log.ts";
import { folder, openIn } from "../store/rooms.ts";
import { LAYER, TEXT, update, writeArticle, writeRest } from "./workspace.ts";

async function workspace(): Promise<string> {
  const path = await folder();
  const log = await openIn(path);
  await writeArticle(log);
  await log.close();
  await writeRest(path);
  return path;
}

async function check(path: string): Promise<{ sound: boolean; lines: string[] }> {
  const lines: string[] = [];
  return { sound: await verify(path, {}, (line) => lines.push(line)), lines };
}

function tamper(path: string, sql: string): void {
  const db = new Database(join(path, LOG_FILE));
  db.exec(sql);
  db.close();
}

test("[STO-20] a sound workspace is said to be sound, and nothing is changed", async () => {
  const path = await workspace();
  const before = await readFile(join(path, LOG_FILE));
  expect(await check(path)).toEqual({ sound: true, lines: ["2 rooms and 45 entries checked: all sound."] });
  expect(await readFile(join(path, LOG_FILE))).toEqual(before);
});

test("[STO-20] a server may be writing meanwhile", async () => {
  const path = await workspace();
  const log = await openIn(path);
  const doc = new Y.Doc();
  let writing = true;
  const writer = (async (): Promise<void> => {
    while (writing) {
      doc.getMap("annotations").set("x", Math.random());
      await log.append([update("article/other/layer/bob", Y.encodeStateAsUpdate(doc))]);
    }
  })();
  const { sound, lines } = await check(path);
  writing = false;
  await writer;
  expect(lines.join("\n")).toMatch(/all sound/);
  expect(sound).toBe(true);
});

const DAMAGE: readonly (readonly [name: string, sql: string, fault: RegExp])[] = [
  ["a damaged row", "UPDATE entries SET page = x'01' WHERE first = 20", /entries 20 to 20 is damaged/],
  ["a missing row", "DELETE FROM entries WHERE first = 17", /entries 17 to 17 are missing/],
  [
    "missing last rows of a room",
    "DELETE FROM entries WHERE first > 1; DELETE FROM archive",
    /are missing|has 0 of/,
  ],
  ["a damaged archive", "UPDATE archive SET block = x'01'", /the archive of entries 1 to 13 is damaged/],
  ["a lost archive", "DELETE FROM archive", /entries 1 to 13 are missing/],
  ["a damaged snapshot", "UPDATE snapshot_part SET bytes = x'01'", /snapshot of .* at 13 is damaged/],
  ["rows of no room", "DELETE FROM rooms WHERE name LIKE '%layer%'", /rows of no room/],
  ["a name of no room", "UPDATE rooms SET name = 'elsewhere' WHERE id = 2", /elsewhere/],
];

test.each(DAMAGE)("[STO-21] %s is named, and verifying fails", async (_name, sql, fault) => {
  const path = await workspace();
  tamper(path, sql);
  const { sound, lines } = await check(path);
  expect(sound).toBe(false);
  expect(lines.join("\n")).toMatch(fault);
  expect(lines.at(-1)).toMatch(/checked: \d+ faults?\.$/);
});

test("[STO-21] a snapshot that is not what its entries make", async () => {
  const path = await workspace();
  const log = await openIn(path);
  const wrong = new Y.Doc();
  for (const entry of await log.history(LAYER, 0, 15)) Y.applyUpdate(wrong, entry.bytes);
  await log.compact(LAYER, 16, Y.encodeStateAsUpdate(wrong));
  const { sound, lines } = await check(path);
  expect(sound).toBe(false);
  expect(lines).toEqual([
    `${LAYER}: the snapshot at 16 is not what its entries make`,
    "2 rooms and 45 entries checked: 1 fault.",
  ]);
});

test("[STO-21] entries that rest on missing ones", async () => {
  const path = await workspace();
  const log = await openIn(path);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  doc.getMap("annotations").set("a", 1);
  doc.getMap("annotations").set("b", 2);
  await log.append([update("article/x/layer/bob", updates[1] ?? new Uint8Array())]);
  await log.append([update("article/y/layer/bob", Uint8Array.of(255, 255))]);
  const { sound, lines } = await check(path);
  expect(sound).toBe(false);
  expect(lines[0]).toBe("article/x/layer/bob: some of its entries rest on others that are not there");
  expect(lines[1]).toMatch(/^article\/y\/layer\/bob: cannot be read/);
  expect(lines.some((line) => line.includes(TEXT))).toBe(false);
});

test("[STO-21] a damaged or missing file", async () => {
  const path = await workspace();
  const file = join(path, DATABASE_FILE);
  await writeFile(file, "no database ".repeat(1_000));
  expect((await check(path)).lines[0]).toMatch(/gloss\.db: file is not a database/);
  const empty = await folder();
  const { sound, lines } = await check(empty);
  expect(sound).toBe(false);
  expect(lines.filter((line) => line.includes("there is no such file"))).toHaveLength(2);
});
