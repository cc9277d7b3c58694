import type pg from "pg";
import { packBlock, type Row } from "../block.ts";
import { checksum } from "../page.ts";
import { findRoom } from "./rows.ts";

/** How much one step moves, so that no transaction is long. */
const STEP_ROWS = 1_000;
const STEP_BYTES = 256 * 1024;

/** Stores a snapshot unless a later one is there, in an open transaction. Throws RangeError when `upTo` was never written. */
export async function putSnapshot(
  client: pg.ClientBase,
  room: string,
  upTo: number,
  state: Uint8Array,
): Promise<void> {
  const found = await findRoom(client, room);
  if (!found || upTo > found.lastSeq) throw new RangeError(`${room} has no entry ${upTo}`);
  await client.query(
    `INSERT INTO log_snapshot (room, up_to, sum, state) VALUES ($1, $2, $3, $4)
     ON CONFLICT (room) DO UPDATE SET up_to = excluded.up_to, sum = excluded.sum, state = excluded.state
     WHERE log_snapshot.up_to < excluded.up_to`,
    [found.id, upTo, checksum(room, upTo, state), Buffer.from(state)],
  );
}

/** Moves some covered pages to the archive, in an open transaction; false when none were left. */
export async function archiveStep(client: pg.ClientBase, room: string): Promise<boolean> {
  const found = await findRoom(client, room);
  if (!found) return false;
  // The snapshot's row is the lock between two nodes that compact one room; appends do not need it.
  const { rows: locked } = await client.query<{ up_to: number }>(
    "SELECT up_to FROM log_snapshot WHERE room = $1 FOR UPDATE",
    [found.id],
  );
  const upTo = locked[0]?.up_to ?? 0;
  const { rows } = await client.query<Row>(
    "SELECT first, last, page FROM log_entry WHERE room = $1 AND last <= $2 ORDER BY first LIMIT $3",
    [found.id, upTo, STEP_ROWS],
  );
  const step = takeStep(rows);
  const [head, tail] = [step[0], step.at(-1)];
  if (!head || !tail) return false;
  const block = packBlock(step);
  await client.query("INSERT INTO log_archive (room, first, last, sum, block) VALUES ($1, $2, $3, $4, $5)", [
    found.id,
    head.first,
    tail.last,
    checksum(room, head.first, block),
    Buffer.from(block),
  ]);
  await client.query("DELETE FROM log_entry WHERE room = $1 AND last <= $2", [found.id, tail.last]);
  return true;
}

function takeStep(rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  const end = rows.findIndex(({ page }) => (bytes += page.length) >= STEP_BYTES);
  return end < 0 ? rows : rows.slice(0, end + 1);
}
