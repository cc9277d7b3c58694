import type pg from "pg";
import { inOrder, unpackBlock, type Row } from "../block.ts";
import { StoreCorrupt } from "../log.ts";
import { checksum } from "../page.ts";

/** Reading the log's tables; every row is checked, and what is not as written throws StoreCorrupt. */

type RoomRow = { readonly id: number; readonly lastSeq: number };

export async function findRoom(client: pg.ClientBase, room: string): Promise<RoomRow | null> {
  const { rows } = await client.query<RoomRow>(
    'SELECT id, last_seq AS "lastSeq" FROM log_room WHERE name = $1',
    [room],
  );
  return rows[0] ?? null;
}

export async function readOwners(client: pg.ClientBase, id: number): Promise<Map<number, string>> {
  const { rows } = await client.query<{ client: number; user_id: string }>(
    "SELECT client, user_id FROM log_owner WHERE room = $1",
    [id],
  );
  return new Map(rows.map((row) => [row.client, row.user_id]));
}

export type Snapshot = { readonly state: Uint8Array; readonly upTo: number };

/** The room's snapshot; "damaged" when its checksum is wrong. */
export async function readSnapshot(
  client: pg.ClientBase,
  room: string,
  id: number,
): Promise<Snapshot | "damaged" | null> {
  const { rows } = await client.query<{ up_to: number; sum: number; state: Buffer }>(
    "SELECT up_to, sum, state FROM log_snapshot WHERE room = $1",
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  if (row.sum !== checksum(room, row.up_to, row.state)) return "damaged";
  return { state: new Uint8Array(row.state), upTo: row.up_to };
}

/** Pages with entries after `after` that are not archived, at most `limit`; the first may begin before. */
export async function readTail(
  client: pg.ClientBase,
  room: { readonly name: string; readonly id: number },
  after: number,
  limit: number | null = null,
): Promise<Row[]> {
  const { rows } = await client.query<Row & { sum: number }>(
    "SELECT first, last, sum, page FROM log_entry WHERE room = $1 AND last > $2 ORDER BY first LIMIT $3",
    [room.id, after, limit],
  );
  let reached = after;
  return rows.map(({ sum, ...row }) => {
    if (sum !== checksum(room.name, row.first, row.page)) {
      throw new StoreCorrupt(`${room.name}: the row of entries ${row.first} to ${row.last} is damaged`);
    }
    inOrder(room.name, reached, row);
    reached = row.last;
    return row;
  });
}

/** Archived pages with entries after `after`, until at least `limit` entries are there. */
export async function readArchive(
  client: pg.ClientBase,
  room: { readonly name: string; readonly id: number },
  after: number,
  limit: number,
): Promise<Row[]> {
  const found: Row[] = [];
  let reached = after;
  for (;;) {
    const { rows } = await client.query<{ first: number; last: number; sum: number; block: Buffer }>(
      "SELECT first, last, sum, block FROM log_archive WHERE room = $1 AND last > $2 ORDER BY first LIMIT 1",
      [room.id, reached],
    );
    const [block] = rows;
    if (!block || reached - after >= limit) return found;
    if (block.sum !== checksum(room.name, block.first, block.block)) {
      throw new StoreCorrupt(
        `${room.name}: the archive of entries ${block.first} to ${block.last} is damaged`,
      );
    }
    for (const row of unpackBlock(block.block)) {
      if (row.last <= reached) continue;
      inOrder(room.name, reached, row);
      reached = row.last;
      found.push(row);
    }
  }
}
