import { afterEach, beforeEach, describe, expect, test } from "vitest";
import fc from "fast-check";
import {
  StoreClash,
  StoreUnavailable,
  type Entry,
  type NewEntry,
  type UpdateLog,
} from "../../server/store/log.ts";

/** An implementation under test: a fresh, empty log, and the same log opened anew after a crash. */
export type LogWorld = {
  open(): Promise<UpdateLog>;
  /** Drops the open log without letting it finish, as a kill does, and opens what is on disk. */
  reopen(): Promise<UpdateLog>;
  close(): Promise<void>;
};

const text = (article: string): string => `article/${article}/text`;

function entry(room: string, change: Partial<NewEntry> = {}): NewEntry {
  const bytes = Uint8Array.of(1, 2, 3, room.length);
  return { room, user: "ada", connection: "c1", ranges: [], binds: [], bytes, at: 1_000, ...change };
}

async function wholeHistory(log: UpdateLog, room: string, page = 7): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const found = await log.history(room, all.at(-1)?.seq ?? 0, page);
    if (found.length === 0) return all;
    expect(found.length).toBeLessThanOrEqual(page);
    all.push(...found);
  }
}

/** What every implementation of UpdateLog does. */
export function logContract(name: string, make: () => Promise<LogWorld>): void {
  describe(name, () => {
    let world: LogWorld;
    let log: UpdateLog;

    beforeEach(async () => {
      world = await make();
      log = await world.open();
    });
    afterEach(() => world.close());

    test("[STO-1] numbers count up by room, whatever the batch", async () => {
      const [a, b] = [text("a"), text("b")];
      expect(await log.append([entry(a), entry(b), entry(a)])).toEqual([1, 1, 2]);
      expect(await log.append([entry(b), entry(b), entry(a)])).toEqual([2, 3, 3]);
      expect(await log.append([])).toEqual([]);
    });

    test("[STO-1] appends that are not awaited keep their order", async () => {
      const room = text("a");
      const waiting = Array.from({ length: 50 }, (_, index) =>
        log.append([entry(room, { bytes: Uint8Array.of(index) })]),
      );
      expect((await Promise.all(waiting)).flat()).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
      expect((await log.load(room)).tail.map(({ bytes }) => bytes[0])).toEqual(
        Array.from({ length: 50 }, (_, index) => index),
      );
    });

    test("[STO-2] everything acknowledged is there after a kill, once, as it was written", async () => {
      const written = [
        entry(text("a"), {
          user: "grace",
          connection: "x".repeat(60),
          ranges: [
            { client: 4_294_967_295, from: 0, to: 7 },
            { client: 5, from: 2 ** 31, to: 2 ** 31 + 1 },
          ],
          binds: [4_294_967_295, 5],
          bytes: new Uint8Array(300_000).fill(9),
          at: 1_790_000_000_123,
        }),
        entry(text("a"), { bytes: new Uint8Array(0) }),
        entry("article/a/layer/grâce", { user: "server" }),
      ];
      await log.append(written);
      log = await world.reopen();
      const first = await log.load(text("a"));
      const { binds: _, ...kept } = written[0] as NewEntry;
      expect(first.tail[0]).toEqual({ ...kept, seq: 1 });
      expect(first.tail[1]?.bytes).toEqual(new Uint8Array(0));
      expect(first.tail).toHaveLength(2);
      expect(first.owners).toEqual(
        new Map([
          [4_294_967_295, "grace"],
          [5, "grace"],
        ]),
      );
      expect((await log.load("article/a/layer/grâce")).tail).toHaveLength(1);
      expect(await log.append([entry(text("a"))])).toEqual([3]);
    });

    test("[STO-3] a refused batch leaves nothing in any of its rooms", async () => {
      await log.append([entry(text("a"), { binds: [7] })]);
      const refused = log.append([
        entry(text("new"), { binds: [8] }),
        entry(text("a"), { user: "bob", binds: [7] }),
      ]);
      await expect(refused).rejects.toBeInstanceOf(StoreClash);
      expect((await log.load(text("new"))).lastSeq).toBe(0);
      expect((await log.load(text("new"))).owners.size).toBe(0);
      expect(await log.append([entry(text("new")), entry(text("a"))])).toEqual([1, 2]);
    });

    test("[STO-4] a client id stays its first writer's, by room", async () => {
      await log.append([entry(text("a"), { binds: [7] })]);
      await log.append([entry(text("a"), { binds: [7] })]);
      const clash = await log
        .append([entry(text("b")), entry(text("a"), { user: "bob", binds: [6, 7] })])
        .catch((error: unknown) => error);
      expect(clash).toMatchObject({ name: "StoreClash", entry: 1, client: 7 });
      await log.append([entry(text("b"), { user: "bob", binds: [7] })]);
      expect((await log.load(text("a"))).owners).toEqual(new Map([[7, "ada"]]));
      expect((await log.load(text("b"))).owners).toEqual(new Map([[7, "bob"]]));
    });

    test("[STO-4] two users who claim one id in one batch clash", async () => {
      const batch = [entry(text("a"), { binds: [7] }), entry(text("a"), { user: "bob", binds: [7] })];
      await expect(log.append(batch)).rejects.toMatchObject({ name: "StoreClash", entry: 1, client: 7 });
    });

    test("[STO-5] an unknown room is empty", async () => {
      expect(await log.load(text("none"))).toEqual({
        snapshot: null,
        tail: [],
        owners: new Map(),
        lastSeq: 0,
      });
      expect(await log.history(text("none"), 0, 10)).toEqual([]);
    });

    test("[STO-5] a room loads as its snapshot and what came after", async () => {
      const room = text("a");
      await log.append(Array.from({ length: 5 }, () => entry(room, { binds: [3] })));
      await log.compact(room, 5, Uint8Array.of(5, 5));
      await log.append([entry(room, { bytes: Uint8Array.of(6) })]);
      log = await world.reopen();
      const loaded = await log.load(room);
      expect(loaded.snapshot).toEqual({ state: Uint8Array.of(5, 5), upTo: 5 });
      expect(loaded.tail.map(({ seq }) => seq)).toEqual([6]);
      expect(loaded.lastSeq).toBe(6);
      expect(loaded.owners).toEqual(new Map([[3, "ada"]]));
      expect(await log.append([entry(room)])).toEqual([7]);
    });

    test("[STO-5] numbers go on after everything was compacted", async () => {
      const room = text("a");
      await log.append([entry(room), entry(room)]);
      await log.compact(room, 2, Uint8Array.of(2));
      log = await world.reopen();
      expect((await log.load(room)).lastSeq).toBe(2);
      expect(await log.append([entry(room)])).toEqual([3]);
    });

    test("[STO-6] history is the same before and after compaction, also inside a batch", async () => {
      const room = text("a");
      for (let batch = 0; batch < 9; batch++) {
        await log.append(
          Array.from({ length: 4 }, (_, n) => entry(room, { bytes: Uint8Array.of(batch, n) })),
        );
      }
      const before = await wholeHistory(log, room);
      for (const upTo of [3, 4, 18, 35]) {
        await log.compact(room, upTo, Uint8Array.of(upTo));
        expect(await wholeHistory(log, room)).toEqual(before);
        const loaded = await log.load(room);
        expect(loaded.snapshot?.upTo).toBe(upTo);
        expect(loaded.tail).toEqual(before.slice(upTo));
      }
      expect((await log.history(room, 17, 2)).map(({ seq }) => seq)).toEqual([18, 19]);
    });

    test("[STO-7] a snapshot covers only what is written and never goes back", async () => {
      const room = text("a");
      await log.append([entry(room), entry(room)]);
      await expect(log.compact(room, 3, Uint8Array.of(3))).rejects.toThrow(/no entry 3/);
      await expect(log.compact(text("none"), 1, Uint8Array.of(3))).rejects.toThrow(/no entry 1/);
      await log.compact(room, 2, Uint8Array.of(2));
      await log.compact(room, 1, Uint8Array.of(1));
      expect((await log.load(room)).snapshot).toEqual({ state: Uint8Array.of(2), upTo: 2 });
    });

    test("[STO-8] rooms come in pages, in order, each once", async () => {
      const names = Array.from({ length: 25 }, (_, index) => text(`r${String(index).padStart(2, "0")}`));
      await log.append(names.toReversed().map((name) => entry(name)));
      const seen: string[] = [];
      for (;;) {
        const page = await log.rooms(seen.at(-1) ?? "", 10);
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(10);
        seen.push(...page);
      }
      expect(seen).toEqual(names);
    });

    test("[STO-9] sizes count rooms and entries, archived ones too", async () => {
      expect(await log.sizes()).toMatchObject({ rooms: 0, entries: 0 });
      await log.append([entry(text("a")), entry(text("a")), entry(text("b"))]);
      await log.compact(text("a"), 2, Uint8Array.of(1));
      expect(await log.sizes()).toMatchObject({ rooms: 2, entries: 3 });
      expect((await log.sizes()).bytes).toBeGreaterThan(0);
      log = await world.reopen();
      expect(await log.sizes()).toMatchObject({ rooms: 2, entries: 3 });
    });

    test("[STO-13] a store that works says so", async () => {
      await expect(log.probe()).resolves.toBeUndefined();
    });

    test("[STO-16] closing finishes what was asked before and refuses what comes after", async () => {
      const waiting = [log.append([entry(text("a"))]), log.append([entry(text("a"))])];
      await log.close();
      expect((await Promise.all(waiting)).flat()).toEqual([1, 2]);
      await expect(log.append([entry(text("a"))])).rejects.toBeInstanceOf(StoreUnavailable);
      log = await world.reopen();
      expect((await log.load(text("a"))).lastSeq).toBe(2);
    });

    test("[STO-6] whatever is appended and compacted, history is what was appended", async () => {
      let run = 0;
      const step = fc.oneof(
        { weight: 3, arbitrary: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 12 }) },
        {
          weight: 1,
          arbitrary: fc.record({
            room: fc.integer({ min: 0, max: 2 }),
            share: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
        },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          run += 1;
          const rooms = [0, 1, 2].map((n) => text(`run${run}-${n}`));
          const model: number[][] = [[], [], []];
          let stamp = 0;
          for (const action of steps) {
            if (Array.isArray(action)) {
              const batch = action.map((n) => ({ n, stamp: stamp++ }));
              await log.append(batch.map(({ n, stamp: at }) => entry(rooms[n] ?? "", { at })));
              for (const { n, stamp: at } of batch) model[n]?.push(at);
              continue;
            }
            const upTo = Math.floor((model[action.room]?.length ?? 0) * action.share);
            if (upTo > 0) await log.compact(rooms[action.room] ?? "", upTo, Uint8Array.of(upTo));
          }
          for (const [n, room] of rooms.entries()) {
            const all = await wholeHistory(log, room);
            expect(all.map(({ at }) => at)).toEqual(model[n]);
            expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
            const loaded = await log.load(room);
            expect(loaded.tail).toEqual(all.slice(loaded.snapshot?.upTo ?? 0));
          }
        }),
        { numRuns: 15 },
      );
    });
  });
}
