import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import pg from "pg";
import { verify } from "../../server/admin/verify.ts";
import { StoreCorrupt, StoreUnavailable, type NewEntry, type UpdateLog } from "../../server/store/log.ts";
import { openPostgresLog, type PostgresLogOptions } from "../../server/store/postgres/log.ts";
import { lossyProxy } from "./lossy-proxy.ts";
import { logContract } from "./log.contract.ts";
import { startPostgres, whyNoPostgres, type PostgresServer } from "./postgres-server.ts";

const reason = whyNoPostgres();
if (reason !== null) process.stdout.write(`skipped the log on PostgreSQL: ${reason}\n`);

const A = "article/a/text";
const B = "article/b/text";

function entry(room: string, value = 1): NewEntry {
  return { room, user: "ada", connection: "c", ranges: [], binds: [], bytes: Uint8Array.of(value), at: 5 };
}

describe.skipIf(reason !== null)("PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  logContract("postgres", async () => {
    const databaseUrl = await server.makeDatabase();
    const opened: UpdateLog[] = [];
    const open = async (): Promise<UpdateLog> => {
      const log = await openPostgresLog({ databaseUrl });
      opened.push(log);
      return log;
    };
    return {
      open,
      reopen: open,
      close: async () => void (await Promise.all(opened.map((log) => log.close()))),
    };
  });

  async function open(databaseUrl: string, options: Partial<PostgresLogOptions> = {}): Promise<UpdateLog> {
    const log = await openPostgresLog({ databaseUrl, ...options });
    onTestFinished(() => log.close());
    return log;
  }

  async function tamper(databaseUrl: string, sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test("[STO-10] a damaged row closes its room with a message, and no other", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    await log.append([entry(A), entry(A), entry(B)]);
    await tamper(
      databaseUrl,
      `UPDATE log_entry SET page = page || '\\x00' WHERE room = (SELECT id FROM log_room WHERE name = '${A}')`,
    );
    await expect(log.load(A)).rejects.toBeInstanceOf(StoreCorrupt);
    await expect(log.history(A, 0, 9)).rejects.toThrow(`${A}: the row of entries 1 to 2 is damaged`);
    expect((await log.load(B)).tail).toHaveLength(1);
  });

  test("[STO-11] a missing row is noticed", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    for (let round = 0; round < 3; round++) await log.append([entry(A)]);
    await tamper(databaseUrl, "DELETE FROM log_entry WHERE first = 2");
    await expect(log.load(A)).rejects.toThrow(`${A}: entries 2 to 2 are missing`);
  });

  test("[STO-12] a damaged snapshot costs time, not content", async () => {
    const databaseUrl = await server.makeDatabase();
    const reports: string[] = [];
    const log = await open(databaseUrl, { report: (message) => reports.push(message) });
    await log.append([entry(A, 1), entry(A, 2)]);
    await log.compact(A, 2, Uint8Array.of(9));
    await log.append([entry(A, 3)]);
    await tamper(databaseUrl, "UPDATE log_snapshot SET state = '\\x01'");
    const loaded = await log.load(A);
    expect(loaded.snapshot).toBeNull();
    expect(loaded.tail.map(({ bytes }) => bytes[0])).toEqual([1, 2, 3]);
    expect(reports).toEqual([`The snapshot of ${A} is damaged; its entries were read`]);
  });

  test("[STO-13] a locked room is refused as unavailable and works again after", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    await log.append([entry(A)]);
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query("BEGIN; LOCK TABLE log_room");
    await expect(log.append([entry(A)])).rejects.toThrow(/another process holds a lock/);
    await client.query("ROLLBACK");
    await client.end();
    expect(await log.append([entry(A)])).toEqual([2]);
  });

  test("[STO-13] a database that takes no writes", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    await log.append([entry(A)]);
    const [name] = databaseUrl.split("/").slice(-1);
    await tamper(databaseUrl, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const readOnly = await openPostgresLog({ databaseUrl }).catch((error: unknown) => error);
    expect(readOnly).toBeInstanceOf(StoreUnavailable);
    expect(String(readOnly)).toMatch(/takes no writes/);
  });

  test("[STO-2] [STO-13] what was acknowledged survives a crash of the database, and writing recovers", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    expect(await log.append([entry(A), entry(B), entry(A)])).toEqual([1, 1, 2]);
    server.crash();
    const seqs: number[] = [];
    // Connections that broke with the crash each fail once.
    for (let attempt = 0; attempt < 6 && seqs.length === 0; attempt++) {
      try {
        seqs.push(...(await log.append([entry(A)])));
      } catch (error) {
        expect(error).toBeInstanceOf(StoreUnavailable);
      }
    }
    expect(seqs).toEqual([3]);
    expect((await log.load(A)).tail.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test("[STO-13] a database that is not there", async () => {
    const nowhere = await openPostgresLog({
      databaseUrl: (await server.makeDatabase()).replace(/[^/]+$/, "none"),
    }).catch((error: unknown) => error);
    expect(nowhere).toBeInstanceOf(StoreUnavailable);
    expect(String(nowhere)).toMatch(/does not exist/);
  });

  test("[STO-20] [STO-21] a log in PostgreSQL is verified like one in a file", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    await log.append([entry(A, 0)].map((each) => ({ ...each, bytes: Uint8Array.of(0, 0) })));
    const lines: string[] = [];
    const check = (): Promise<boolean> => verify("", { databaseUrl }, (line) => lines.push(line));
    expect(await check()).toBe(true);
    await tamper(databaseUrl, "UPDATE log_entry SET page = '\\x01'");
    expect(await check()).toBe(false);
    expect(lines).toEqual([
      "1 room and 1 entry checked: all sound.",
      `${A}: the row of entries 1 to 1 is damaged`,
      "1 room and 0 entries checked: 1 fault.",
    ]);
  });

  test("[STO-15] tables of a later version are not used", async () => {
    const databaseUrl = await server.makeDatabase();
    await (await open(databaseUrl)).close();
    await tamper(databaseUrl, "UPDATE log_version SET version = 99");
    await expect(openPostgresLog({ databaseUrl })).rejects.toThrow(/written by a later version/);
  });

  test("[STO-17] nodes that write the same rooms in any order never give one number twice", async () => {
    const databaseUrl = await server.makeDatabase();
    const logs = await Promise.all([open(databaseUrl), open(databaseUrl), open(databaseUrl)]);
    const numbers: number[] = [];
    await Promise.all(
      logs.map(async (log, who) => {
        for (let round = 0; round < 30; round++) {
          const rooms = (who + round) % 2 === 0 ? [A, B] : [B, A];
          const seqs = await log.append(rooms.map((room) => entry(room, who)));
          numbers.push(seqs[rooms.indexOf(A)] ?? 0);
        }
      }),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
    expect((await logs[0]?.load(B))?.lastSeq).toBe(90);
  });

  test("[STO-14] a commit whose answer was lost is found to be done, and is there once", async () => {
    const proxy = await lossyProxy(await server.makeDatabase());
    onTestFinished(() => proxy.close());
    const log = await open(proxy.url);
    await log.append([entry(A, 1)]);
    proxy.loseNextCommit();
    expect(await log.append([entry(A, 2), entry(B, 2)])).toEqual([2, 1]);
    expect(await log.append([entry(A, 3)])).toEqual([3]);
    expect((await log.load(A)).tail.map(({ bytes }) => bytes[0])).toEqual([1, 2, 3]);
  });

  test("[STO-17] rooms are locked in one order, so that two nodes never wait for each other", async () => {
    const databaseUrl = await server.makeDatabase();
    const log = await open(databaseUrl);
    await log.append([entry(A), entry(B)]);
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    await other.query(`BEGIN; SELECT 1 FROM log_room WHERE name = '${A}' FOR UPDATE`);
    const appended = log.append([entry(B), entry(A)]);
    const waiting =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await other.query(waiting)).rows.length === 0);
    // The append waits for the first room and does not hold the second one meanwhile.
    await other.query(`SELECT 1 FROM log_room WHERE name = '${B}' FOR UPDATE NOWAIT`);
    await other.query("COMMIT");
    await other.end();
    expect(await appended).toEqual([2, 2]);
  });

  test("[STO-18] two nodes may compact one room at once, while a third appends", async () => {
    const databaseUrl = await server.makeDatabase();
    const [one, two, three] = await Promise.all([open(databaseUrl), open(databaseUrl), open(databaseUrl)]);
    for (let round = 0; round < 40; round++) await one.append([entry(A, round)]);
    await Promise.all([
      one.compact(A, 30, Uint8Array.of(30)),
      two.compact(A, 40, Uint8Array.of(40)),
      three.append([entry(A, 40)]),
    ]);
    expect((await one.load(A)).snapshot?.upTo).toBe(40);
    expect((await one.history(A, 0, 100)).map(({ bytes }) => bytes[0])).toEqual(
      Array.from({ length: 41 }, (_, index) => index),
    );
  });
});
