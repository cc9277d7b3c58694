import type { NewEntry } from "./log.ts";
import { encodePage, type PageMark } from "./page.ts";

/** What one append adds to one room. */
export type AppendGroup = {
  readonly room: string;
  readonly count: number;
  readonly page: Uint8Array;
  /** `entry` is the index in the caller's batch, for telling whose claim clashed. */
  readonly binds: readonly { readonly client: number; readonly user: string; readonly entry: number }[];
};

export type Grouped = {
  /** Rooms in order of first mention. */
  readonly groups: readonly AppendGroup[];
  /** From the first sequence number of each group to the number of each entry of the batch. */
  readonly number: (firsts: readonly number[]) => readonly number[];
};

/** A batch as one page a room. */
export function groupByRoom(mark: PageMark, entries: readonly NewEntry[]): Grouped {
  const byRoom = new Map<string, { entry: NewEntry; index: number }[]>();
  entries.forEach((entry, index) => {
    const members = byRoom.get(entry.room);
    if (members) members.push({ entry, index });
    else byRoom.set(entry.room, [{ entry, index }]);
  });
  const groups = [...byRoom].map(([room, members]) => ({
    room,
    count: members.length,
    page: encodePage(
      mark,
      members.map(({ entry }) => entry),
    ),
    binds: members.flatMap(({ entry, index }) =>
      entry.binds.map((client) => ({ client, user: entry.user, entry: index })),
    ),
  }));
  return {
    groups,
    number: (firsts) => {
      const seqs = entries.map(() => 0);
      [...byRoom.values()].forEach((members, at) => {
        members.forEach(({ index }, offset) => (seqs[index] = (firsts[at] ?? 0) + offset));
      });
      return seqs;
    },
  };
}
