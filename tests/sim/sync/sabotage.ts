import type { MemoryLog } from "../../../server/store/memory/log.ts";
import { readMessage } from "./messages.ts";
import type { Sabotage } from "./play.ts";
import type { Spoil } from "./server.ts";

/** Servers that are broken on purpose, and how that must be noticed. */
export type Broken = { readonly how: string; readonly noticed: RegExp; readonly sabotage: () => Sabotage };

const spoilt = (spoil: Partial<Spoil>): Sabotage => {
  return (world) => {
    world.spoil = { ...world.spoil, ...spoil };
  };
};

/** A log in which some methods are others. */
const withLog = (change: (log: MemoryLog) => Partial<MemoryLog>): Sabotage =>
  spoilt({ log: (log) => Object.assign(log, change(log)) });

/** One in five updates never arrives. */
export function lossy(): Sabotage {
  let updates = 0;
  return spoilt({
    carries: (message) => {
      const read = readMessage(message);
      if (read.kind !== "document" || read.step !== "update") return true;
      updates += 1;
      return updates % 5 !== 0;
    },
  });
}

export const BROKEN: readonly Broken[] = [
  {
    how: "answers before it has written",
    noticed: /not on disk|acknowledged without|as saved without/,
    sabotage: () =>
      withLog((log) => {
        const append = log.append.bind(log);
        const last = new Map<string, number>();
        return {
          append: (entries) => {
            const seqs = entries.map(({ room }) => {
              const seq = (last.get(room) ?? log.disk.rooms.get(room)?.entries.length ?? 0) + 1;
              last.set(room, seq);
              return seq;
            });
            append(entries).catch(() => undefined);
            return Promise.resolve(seqs);
          },
        };
      }),
  },
  {
    how: "writes a batch twice",
    noticed: /says again/,
    sabotage: () =>
      withLog((log) => {
        const append = log.append.bind(log);
        return {
          append: async (entries) => {
            const seqs = await append(entries);
            await append(entries);
            return seqs;
          },
        };
      }),
  },
  {
    how: "forgets whose the client ids are",
    noticed: /is refused in .*: unowned-client/,
    sabotage: () =>
      withLog((log) => {
        const load = log.load.bind(log);
        return { load: async (room) => ({ ...(await load(room)), owners: new Map() }) };
      }),
  },
  {
    how: "takes Mallory for Ann",
    noticed: /ann has never had the client id|the client id \d+ is|ann is refused in .*layer.mallory/,
    sabotage: () =>
      spoilt({ identify: (who) => (who.id === "mallory" ? { ...who, id: "ann", role: "editor" } : who) }),
  },
  {
    how: "reads back less than was written",
    noticed: /not what the log says|is refused|turned away|says again|and says/,
    sabotage: () =>
      withLog((log) => {
        const load = log.load.bind(log);
        return {
          load: async (room) => {
            const stored = await load(room);
            return { ...stored, tail: stored.tail.slice(0, -1) };
          },
        };
      }),
  },
  {
    how: "loses updates on the way to colleagues",
    noticed: /pends|another document|no rest/,
    sabotage: lossy,
  },
];
