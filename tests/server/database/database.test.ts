import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptSecret } from "../../../server/auth/secret.ts";
import { openTables } from "../../../server/database/connect.ts";
import { claimDataDir, prepareDataDir } from "../../../server/database/data-dir.ts";
import { readHolder, tryLock, withLock } from "../../../server/database/lock.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gloss-data-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const say = () => undefined;

test("[START-9] processes that start together bring the tables up to date once", async () => {
  const place = { dataDir, databaseUrl: null };
  const databases = await Promise.all([1, 2, 3, 4].map(() => openTables(place)));
  for (const { db } of databases) expect(await db.selectFrom("person").selectAll().execute()).toEqual([]);
  for (const database of databases) await database.close();
});

test("[START-9] what one transaction reads no other changes before it writes", async () => {
  const place = { dataDir, databaseUrl: null };
  const [one, two] = [await openTables(place), await openTables(place)];
  await one.db.insertInto("setting").values({ key: "n", value: "0" }).execute();
  const increment = (database: typeof one) =>
    database.exclusive(async (tx) => {
      const { value } = await tx
        .selectFrom("setting")
        .select("value")
        .where("key", "=", "n")
        .executeTakeFirstOrThrow();
      await Promise.resolve();
      await tx
        .updateTable("setting")
        .set({ value: String(Number(value) + 1) })
        .where("key", "=", "n")
        .execute();
    });
  await Promise.all(Array.from({ length: 10 }, () => increment(one)));
  await increment(two);
  expect(await one.db.selectFrom("setting").selectAll().execute()).toEqual([{ key: "n", value: "11" }]);
  await one.close();
  await two.close();
});

test("[START-4] a database file that is none is told in a sentence", async () => {
  writeFileSync(
    path.join(dataDir, "gloss.db"),
    "this is no database, it is a text of some length ".repeat(50),
  );
  await expect(openTables({ dataDir, databaseUrl: null })).rejects.toMatchObject({
    name: "StartFailure",
    message: expect.stringContaining("restore a backup"),
  });
});

test("[START-7] the secret is made once and only its user reads it", () => {
  const secret = keptSecret(dataDir);
  expect(secret.length).toBeGreaterThanOrEqual(64);
  expect(keptSecret(dataDir)).toBe(secret);
  expect(statSync(path.join(dataDir, "secret")).mode & 0o777).toBe(0o600);
});

test("[START-7] an emptied secret is not quietly replaced", () => {
  writeFileSync(path.join(dataDir, "secret"), "");
  expect(() => keptSecret(dataDir)).toThrow(/Delete it and start again/);
});

test("[START-5] a data folder is held by one at a time", async () => {
  const held = await claimDataDir(dataDir, say);
  await expect(claimDataDir(dataDir, say)).rejects.toMatchObject({
    name: "StartFailure",
    message: expect.stringContaining(`process ${process.pid}`),
  });
  held.release(true);
  (await claimDataDir(dataDir, say)).release(true);
});

test("[START-5] whether the one before ended in order is known", async () => {
  const first = await claimDataDir(dataDir, say);
  expect(first.crashed).toBe(false);
  first.release(false);
  const second = await claimDataDir(dataDir, say);
  expect(second.crashed).toBe(true);
  second.release(true);
  const third = await claimDataDir(dataDir, say);
  expect(third.crashed).toBe(false);
  third.release(true);
});

test("[START-5] a start waits for a process that is just ending", async () => {
  const ending = await claimDataDir(dataDir, say);
  ending.draining();
  const said: string[] = [];
  const next = claimDataDir(dataDir, (sentence) => {
    said.push(sentence);
    ending.release(true);
  });
  (await next).release(true);
  expect(said).toEqual([expect.stringContaining("Waiting")]);
});

test("[START-5] the lock ends with its process, however that ends", async () => {
  const lock = path.join(import.meta.dirname, "..", "..", "..", "server", "database", "lock.ts");
  const script = `import { tryLock } from ${JSON.stringify(lock)};
    console.log(tryLock(${JSON.stringify(dataDir)}, "serve") !== null); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  expect(said).toBe("true");
  expect(tryLock(dataDir, "serve")).toBeNull();
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  const lockNow = tryLock(dataDir, "serve");
  expect(lockNow).not.toBeNull();
  lockNow?.release();
});

test("[START-9] who waits for a lock gets it when it is free, and gives up after a while", async () => {
  const order: string[] = [];
  const first = withLock(dataDir, "x", 1_000, async () => {
    await Promise.resolve();
    order.push("first");
  });
  await Promise.all([first, withLock(dataDir, "x", 5_000, async () => void order.push("second"))]);
  expect(order).toEqual(["first", "second"]);
  const holder = tryLock(dataDir, "x");
  await expect(withLock(dataDir, "x", 0, async () => undefined)).rejects.toThrow("held");
  holder?.release();
});

test("[START-4] a data folder that cannot be made is told in a sentence with the fix", () => {
  const file = path.join(dataDir, "file");
  writeFileSync(file, "");
  for (const place of [file, path.join(file, "below")]) {
    expect(() => prepareDataDir(place)).toThrow(/cannot be written \(E\w+\).*set DATA_DIR to another one/);
  }
});

test("[START-5] what the holder wrote of itself is not trusted to be readable", () => {
  expect(readHolder(dataDir)).toBeNull();
  for (const text of ["", "{", "[]", "null", '{"pid":1}']) {
    writeFileSync(path.join(dataDir, "serve.json"), text);
    expect(readHolder(dataDir)).toBeNull();
  }
});
