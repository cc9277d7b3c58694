import { existsSync, readdirSync, statSync } from "node:fs";
import { appendFile, chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { backup } from "../../../server/admin/backup.ts";
import { DATABASE_FILE, MANIFEST, SECRET_FILE } from "../../../server/admin/files.ts";
import { restore } from "../../../server/admin/restore.ts";
import { tryLock } from "../../../server/database/lock.ts";
import { LOG_FILE } from "../../../server/store/sqlite/log.ts";
import { folder, openIn } from "../store/rooms.ts";
import { documentOf, LAYER, TEXT, update, writeArticle, writeRest } from "./workspace.ts";

type Told = { ok: boolean; lines: string[] };

async function backUp(dataDir: string, to: string): Promise<Told> {
  const lines: string[] = [];
  return { ok: await backup(dataDir, { to }, (line) => lines.push(line)), lines };
}

async function bringBack(dataDir: string, from: string, replace = false): Promise<Told> {
  const lines: string[] = [];
  return { ok: await restore(dataDir, { from, replace }, (line) => lines.push(line)), lines };
}

async function workspace(): Promise<string> {
  const path = await folder();
  const log = await openIn(path);
  await writeArticle(log);
  await log.close();
  await writeRest(path);
  return path;
}

test("[STO-23] what was backed up is there after restoring, and can be written to", async () => {
  const path = await workspace();
  const to = join(await folder(), "backup");
  expect(await backUp(path, to)).toMatchObject({ ok: true, lines: [expect.stringContaining(`to ${to}`)] });
  const other = join(await folder(), "data");
  const restored = await bringBack(other, to);
  expect(restored.ok).toBe(true);
  expect(restored.lines.at(-1)).toBe("2 rooms and 45 entries checked: all sound.");
  expect(await readFile(join(other, SECRET_FILE), "utf8")).toBe("s3cret");
  const db = new Database(join(other, DATABASE_FILE), { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare("SELECT id FROM article").pluck().all()).toEqual(["summit"]);
  const [before, after] = [await openIn(path), await openIn(other)];
  for (const room of [TEXT, LAYER]) {
    expect(await after.history(room, 0, 1_000)).toEqual(await before.history(room, 0, 1_000));
    expect((await after.load(room)).snapshot).toEqual((await before.load(room)).snapshot);
  }
  const { lastSeq } = await after.load(TEXT);
  expect(await after.append([update(TEXT, Uint8Array.of(0, 0))])).toEqual([lastSeq + 1]);
});

test("[STO-22] a backup is one moment of a workspace that is being written to", async () => {
  const path = await workspace();
  const log = await openIn(path);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  let acknowledged = 0;
  let writing = true;
  const writer = (async (): Promise<void> => {
    while (writing) {
      doc.getMap("annotations").set("x", acknowledged);
      await log.append([update("article/busy/layer/ada", updates.at(-1) ?? new Uint8Array())]);
      acknowledged += 1;
    }
  })();
  await log.append([update("article/first/text", Uint8Array.of(0, 0))]);
  const atLeast = acknowledged;
  const to = join(await folder(), "backup");
  expect((await backUp(path, to)).ok).toBe(true);
  writing = false;
  await writer;
  const other = join(await folder(), "data");
  expect(await bringBack(other, to)).toMatchObject({ ok: true });
  const copy = await openIn(other);
  const held = (await copy.load("article/busy/layer/ada")).lastSeq;
  expect(held).toBeGreaterThanOrEqual(atLeast);
  expect(held).toBeLessThanOrEqual(acknowledged);
  const busy = await documentOf(copy, "article/busy/layer/ada");
  expect(busy.getMap("annotations").get("x")).toBe(held === 0 ? undefined : held - 1);
});

test("[STO-22] a backup is readable by its owner alone and holds nothing but the workspace", async () => {
  const path = await workspace();
  const parent = await folder();
  const to = join(parent, "backup");
  await backUp(path, to);
  expect(readdirSync(parent)).toEqual(["backup"]);
  expect(readdirSync(to).toSorted()).toEqual([MANIFEST, DATABASE_FILE, LOG_FILE, SECRET_FILE].toSorted());
  expect(statSync(to).mode & 0o077).toBe(0);
  for (const name of readdirSync(to)) expect(statSync(join(to, name)).mode & 0o077).toBe(0);
});

test("[STO-25] a backup that cannot be made says why and leaves nothing behind", async () => {
  const path = await workspace();
  const parent = await folder();
  const to = join(parent, "backup");
  await writeFile(to, "in the way");
  expect(await backUp(path, to)).toEqual({
    ok: false,
    lines: [`${to} is there already. Name a folder that does not exist yet.`],
  });
  await rm(to);
  expect((await backUp(await folder(), to)).lines[0]).toMatch(/^There is no gloss\.db in/);
  await writeFile(join(path, DATABASE_FILE), "no database ".repeat(1_000));
  const failed = await backUp(path, to);
  expect(failed.ok).toBe(false);
  expect(failed.lines[0]).toMatch(/^The backup failed: file is not a database/);
  expect(readdirSync(parent)).toEqual([]);
  const lines: string[] = [];
  const options = { to, databaseUrl: "postgres://x" };
  expect(await backup(path, options, (line) => lines.push(line))).toBe(false);
  expect(lines[0]).toMatch(/pg_dump/);
});

test("[STO-24] a workspace is replaced only when told, and kept aside", async () => {
  const path = await workspace();
  const to = join(await folder(), "backup");
  await backUp(path, to);
  const log = await openIn(path);
  await log.append([update("article/later/text", Uint8Array.of(0, 0))]);
  await log.close();
  const refused = await bringBack(path, to);
  expect(refused).toMatchObject({ ok: false, lines: [expect.stringMatching(/workspace in .* already/)] });
  const untouched = await openIn(path);
  expect((await untouched.load("article/later/text")).lastSeq).toBe(1);
  await untouched.close();

  const replaced = await bringBack(path, to, true);
  expect(replaced.ok).toBe(true);
  const back = await openIn(path);
  expect((await back.load("article/later/text")).lastSeq).toBe(0);
  const aside = readdirSync(path).find((name) => name.startsWith("replaced-"));
  const kept = await openIn(join(path, aside ?? ""));
  expect((await kept.load("article/later/text")).lastSeq).toBe(1);
  expect(readdirSync(path).some((name) => name.endsWith(".restoring"))).toBe(false);
});

test("[STO-24] a folder that a server uses is left alone", async () => {
  const path = await workspace();
  const to = join(await folder(), "backup");
  await backUp(path, to);
  const lock = tryLock(path, "serve");
  onTestFinished(() => lock?.release());
  expect(await bringBack(path, to, true)).toEqual({
    ok: false,
    lines: [`A Gloss server is using ${path}. Stop it first.`],
  });
});

test("[STO-24] a damaged backup is refused before anything is touched", async () => {
  const path = await workspace();
  const target = join(await folder(), "data");
  const damage: readonly (readonly [(to: string) => Promise<void>, RegExp])[] = [
    [(to) => appendFile(join(to, LOG_FILE), "x"), /log\.db is damaged/],
    [(to) => rm(join(to, SECRET_FILE)), /secret is missing/],
    [(to) => writeFile(join(to, MANIFEST), "{"), /cannot be read/],
    [(to) => writeFile(join(to, MANIFEST), '{"format": 2}'), /later version/],
    [(to) => rm(join(to, MANIFEST)), /is no backup/],
  ];
  for (const [spoil, message] of damage) {
    const to = join(await folder(), "backup");
    await backUp(path, to);
    await chmod(to, 0o700);
    await spoil(to);
    const told = await bringBack(target, to);
    expect(told.ok).toBe(false);
    expect(told.lines[0]).toMatch(message);
    expect(existsSync(target)).toBe(false);
  }
});
