import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { StoreUnavailable } from "../../../server/store/log.ts";
import { Faults } from "../../../server/store/sqlite/faults.ts";
import { LOG_FILE } from "../../../server/store/sqlite/log.ts";
import { A, B, entry, folder, openIn } from "./rooms.ts";

test.each([
  ["full", /the disk is full \(SQLITE_FULL\)/],
  ["io", /the disk answers with errors \(SQLITE_IOERR/],
  ["busy", /another process holds a lock/],
] as const)("[STO-13] %s: appends are refused, loading goes on, writing recovers", async (fault, reason) => {
  const faults = new Faults();
  const log = await openIn(await folder(), { faults });
  await log.append([entry(A), entry(B)]);
  faults.plant(fault, 3);
  const refused = await log.append([entry(A), entry("article/new/text")]).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StoreUnavailable);
  expect(String(refused)).toMatch(reason);
  expect((await log.load(A)).tail).toHaveLength(1);
  expect((await log.load("article/new/text")).lastSeq).toBe(0);
  await expect(log.probe()).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(log.compact(A, 1, Uint8Array.of(1))).rejects.toBeInstanceOf(StoreUnavailable);
  expect((await log.load(A)).snapshot).toBeNull();
  await expect(log.probe()).resolves.toBeUndefined();
  expect(await log.append([entry(A), entry("article/new/text")])).toEqual([2, 1]);
  expect(await log.sizes()).toMatchObject({ rooms: 3, entries: 4 });
});

test("[STO-13] after an error of the disk the file is opened anew, so one that was put back is used", async () => {
  const path = await folder();
  const faults = new Faults();
  const log = await openIn(path, { faults });
  await log.append([entry(A), entry(A)]);
  faults.plant("io");
  await expect(log.append([entry(A)])).rejects.toBeInstanceOf(StoreUnavailable);
  for (const end of ["", "-wal", "-shm"]) await rm(join(path, `${LOG_FILE}${end}`), { force: true });
  expect(await log.append([entry(A)])).toEqual([1]);
});

test("[STO-13] a file that another process has locked", async () => {
  const path = await folder();
  const log = await openIn(path);
  await log.append([entry(A)]);
  const other = new Database(join(path, LOG_FILE));
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  await expect(log.append([entry(A)])).rejects.toThrow(/another process holds a lock/);
  expect((await log.load(A)).tail).toHaveLength(1);
  other.exec("ROLLBACK");
  expect(await log.append([entry(A)])).toEqual([2]);
});

const [MOUNT, UNMOUNT] = ["/bin/mount", "/bin/umount"];

/** A small disk of its own, or the reason why this machine gives none. */
function mountSmallDisk(path: string): string | null {
  if (process.getuid?.() !== 0) return "mounting a small disk needs root";
  const mounted = spawnSync(MOUNT, ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], { encoding: "utf8" });
  if (mounted.status !== 0) return `mounting a small disk failed: ${mounted.stderr || String(mounted.error)}`;
  onTestFinished(() => void spawnSync(UNMOUNT, ["-l", path]));
  return null;
}

test("[STO-13] a disk that is really full", async ({ skip }) => {
  const path = await folder();
  const reason = mountSmallDisk(path);
  if (reason !== null) {
    process.stdout.write(`skipped: ${reason}\n`);
    skip(reason);
  }
  const ballast = join(path, "ballast");
  await writeFile(ballast, new Uint8Array(400_000));
  const log = await openIn(path);
  const written: number[] = [];
  const refused = await (async (): Promise<unknown> => {
    for (let round = 0; round < 100; round++) {
      try {
        written.push(...(await log.append([entry(A, new Uint8Array(20_000).fill(round))])));
      } catch (error) {
        return error;
      }
    }
    return null;
  })();
  expect(refused).toBeInstanceOf(StoreUnavailable);
  expect(String(refused)).toMatch(/the disk is full/);
  expect(written.length).toBeGreaterThan(1);
  await expect(log.append([entry(B, new Uint8Array(200_000))])).rejects.toBeInstanceOf(StoreUnavailable);
  const loaded = await log.load(A);
  expect(loaded.tail.map(({ seq }) => seq)).toEqual(written);
  expect(loaded.tail.every(({ seq, bytes }) => bytes.length === 20_000 && bytes[0] === seq - 1)).toBe(true);

  await rm(ballast);
  expect(await log.append([entry(A), entry(B)])).toEqual([written.length + 1, 1]);
  expect((await log.load(A)).lastSeq).toBe(written.length + 1);
  await log.close();
});

test.each(["crashBefore", "crashAfter"] as const)(
  "[STO-14] a thread that dies (%s the commit) is started again; each append is there once",
  async (fault) => {
    const faults = new Faults();
    const reports: string[] = [];
    const log = await openIn(await folder(), { faults, report: (message) => reports.push(message) });
    await log.append([entry(A, 0)]);
    faults.plant(fault);
    const appends = [
      log.append([entry(A, 1), entry(B, 1), entry(A, 2)]),
      log.append([entry(B, 2)]),
      log.append([entry(A, 3)]),
    ];
    const loading = log.load(B);
    expect(await Promise.all(appends)).toEqual([[2, 1, 3], [2], [4]]);
    expect((await loading).tail.map(({ bytes }) => bytes[0])).toEqual([1, 2]);
    expect((await log.load(A)).tail.map(({ bytes }) => bytes[0])).toEqual([0, 1, 2, 3]);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/is started again/);
  },
);

test("[STO-14] a request that kills the thread each time is given up, and the rest goes on", async () => {
  const faults = new Faults();
  const log = await openIn(await folder(), { faults });
  faults.plant("crashBefore", 3);
  await expect(log.append([entry(A)])).rejects.toBeInstanceOf(StoreUnavailable);
  const again = async (): Promise<readonly number[]> => {
    try {
      return await log.append([entry(A)]);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // The thread is being started again; each turn of the event loop brings it nearer.
      await new Promise((resolve) => setImmediate(resolve));
      return again();
    }
  };
  expect(await again()).toEqual([1]);
});

test("[STO-16] what is asked after closing is refused at once", async () => {
  const log = await openIn(await folder());
  const last = log.append([entry(A)]);
  await Promise.all([log.close(), log.close()]);
  expect(await last).toEqual([1]);
  for (const refused of [log.append([entry(A)]), log.load(A), log.probe(), log.sizes()]) {
    await expect(refused).rejects.toThrow("The update log is closed");
  }
});

test("[STO-17] two processes on one file never give one number twice", async () => {
  const path = await folder();
  const logs = [await openIn(path), await openIn(path)];
  const numbers: number[] = [];
  await Promise.all(
    logs.map(async (log, who) => {
      for (let round = 0; round < 40; round++) {
        numbers.push(...(await log.append([entry(A, who), entry(A, who)])));
      }
    }),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
  expect(await logs[0]?.sizes()).toMatchObject({ rooms: 1, entries: 160 });
});

test("[STO-18] appends get through while a long history is archived", async () => {
  const log = await openIn(await folder());
  const batches = Array.from({ length: 3_000 }, (_, index) => log.append([entry(A, index % 251)]));
  await Promise.all(batches);
  const order: string[] = [];
  const compacted = log.compact(A, 3_000, Uint8Array.of(1)).then(() => order.push("compacted"));
  const appended = log.append([entry(B)]).then(() => order.push("appended"));
  await Promise.all([compacted, appended]);
  expect(order).toEqual(["appended", "compacted"]);
  const all = await log.history(A, 0, 5_000);
  expect(all.map(({ bytes }) => bytes[0])).toEqual(Array.from({ length: 3_000 }, (_, index) => index % 251));
});

test("[STO-19] an append does not wait behind rooms that are being loaded", async () => {
  const log = await openIn(await folder());
  await log.append([entry(A, new Uint8Array(200_000))]);
  const order: string[] = [];
  const loads = Array.from({ length: 10 }, async () => {
    await log.load(A);
    order.push("loaded");
  });
  await log.append([entry(B)]);
  order.push("appended");
  await Promise.all(loads);
  expect(order.indexOf("appended")).toBeLessThan(loads.length);
});
