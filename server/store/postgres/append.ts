import type pg from "pg";
import type { AppendGroup } from "../group.ts";
import { StoreClash } from "../log.ts";
import { checksum } from "../page.ts";

/** Rows that one statement writes; each takes up to five of PostgreSQL's 65,535 parameters. */
const ROWS = 2_000;

type Placed = { readonly group: AppendGroup; readonly id: number; readonly first: number };

/**
 * Writes the groups of one batch inside an open transaction; answers with the first number of each.
 * The room's row is locked until the commit, so numbers are given in the order of commits. Throws
 * StoreClash.
 */
export async function writeGroups(
  client: pg.ClientBase,
  groups: readonly AppendGroup[],
): Promise<readonly number[]> {
  const placed = await takeNumbers(client, groups);
  await bindOwners(client, placed);
  await writePages(client, placed);
  return placed.map(({ first }) => first);
}

async function takeNumbers(client: pg.ClientBase, groups: readonly AppendGroup[]): Promise<Placed[]> {
  // Sorted, so that two nodes lock the rooms of their batches in one order and never wait in a circle.
  const { rows } = await client.query<{ id: number; name: string; last: number }>(
    `INSERT INTO log_room (name, last_seq)
     SELECT name, count FROM unnest($1::text[], $2::bigint[]) AS batch (name, count) ORDER BY name COLLATE "C"
     ON CONFLICT (name) DO UPDATE SET last_seq = log_room.last_seq + excluded.last_seq
     RETURNING id, name, last_seq AS last`,
    [groups.map(({ room }) => room), groups.map(({ count }) => count)],
  );
  const byName = new Map(rows.map((row) => [row.name, row]));
  return groups.map((group) => {
    const row = byName.get(group.room);
    if (!row) throw new Error(`${group.room} was given no number`);
    return { group, id: row.id, first: row.last - group.count + 1 };
  });
}

type Claim = {
  readonly room: number;
  readonly client: number;
  readonly user: string;
  readonly entry: number;
};

async function bindOwners(client: pg.ClientBase, placed: readonly Placed[]): Promise<void> {
  const claims = distinct(placed);
  for (let at = 0; at < claims.length; at += ROWS) {
    const part = claims.slice(at, at + ROWS);
    // An update that changes nothing, because only then an existing row is returned, and locked.
    const { rows } = await client.query<{ room: number; client: number; user_id: string }>(
      `INSERT INTO log_owner (room, client, user_id)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS claim (room, client, user_id)
       ORDER BY room, client
       ON CONFLICT (room, client) DO UPDATE SET user_id = log_owner.user_id
       RETURNING room, client, user_id`,
      [part.map(({ room }) => room), part.map((claim) => claim.client), part.map(({ user }) => user)],
    );
    const owners = new Map(rows.map((row) => [`${row.room} ${row.client}`, row.user_id]));
    const clash = part.find((claim) => owners.get(`${claim.room} ${claim.client}`) !== claim.user);
    if (clash) throw new StoreClash(clash.entry, clash.client);
  }
}

/** Each claim once; throws StoreClash when two users claim one id in the batch itself. */
function distinct(placed: readonly Placed[]): Claim[] {
  const claims = new Map<string, Claim>();
  for (const { group, id } of placed) {
    for (const { client, user, entry } of group.binds) {
      const key = `${id} ${client}`;
      const known = claims.get(key);
      if (known && known.user !== user) throw new StoreClash(entry, client);
      if (!known) claims.set(key, { room: id, client, user, entry });
    }
  }
  return [...claims.values()];
}

async function writePages(client: pg.ClientBase, placed: readonly Placed[]): Promise<void> {
  for (let at = 0; at < placed.length; at += ROWS) {
    const values: unknown[] = [];
    const rows = placed.slice(at, at + ROWS).map(({ group, id, first }) => {
      const last = first + group.count - 1;
      const sum = checksum(group.room, first, group.page);
      const from = values.push(id, first, last, sum, Buffer.from(group.page)) - 4;
      return `($${from}, $${from + 1}, $${from + 2}, $${from + 3}, $${from + 4})`;
    });
    await client.query(
      `INSERT INTO log_entry (room, first, last, sum, page) VALUES ${rows.join(", ")}`,
      values,
    );
  }
}
