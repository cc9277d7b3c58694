import type { Row } from "./block.ts";
import { StoreCorrupt, type Entry } from "./log.ts";
import { decodePage } from "./page.ts";

/** The entries in a room's rows, in order. Throws StoreCorrupt when a page cannot be read. */
export function entriesOf(room: string, rows: readonly Row[]): Entry[] {
  return rows.flatMap(({ page, first, last }) => {
    try {
      return decodePage(page, room, first, last - first + 1);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreCorrupt(`${room}: the row of entries ${first} to ${last} cannot be read (${reason})`);
    }
  });
}
