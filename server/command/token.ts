import { Problem } from "#shared/model/problem.ts";
import type { Token } from "#shared/wire/shapes.ts";
import { hashToken, newToken } from "../auth/token.ts";
import { newId } from "./id.ts";
import type { Services } from "./services.ts";

/** The tokens of one person; never the tokens themselves, which are not kept. */
export async function listTokens({ database }: Services, owner: string): Promise<Token[]> {
  const rows = await database.db
    .selectFrom("token")
    .selectAll()
    .where("user_id", "=", owner)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Makes a token that can do what its owner can; this answer is the only place it is ever seen. */
export async function createToken(
  { database, now }: Pick<Services, "database" | "now">,
  owner: string,
  name: string,
): Promise<{ id: string; token: string }> {
  const [id, token] = [newId(), newToken()];
  await database.db
    .insertInto("token")
    .values({ id, user_id: owner, name, hash: hashToken(token), created_at: now(), last_used_at: null })
    .execute();
  return { id, token };
}

/** Rejects with Problem `not-found` when it is not a token of `owner`. */
export async function revokeToken({ database, live }: Services, owner: string, id: string): Promise<void> {
  const { numDeletedRows } = await database.db
    .deleteFrom("token")
    .where("id", "=", id)
    .where("user_id", "=", owner)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new Problem("not-found", "There is no such token of yours.");
  live.rightsChanged({ credential: id });
}
