import { Problem } from "#shared/model/problem.ts";
import { can, type Role } from "#shared/model/role.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type { Invite } from "#shared/wire/shapes.ts";
import { toRole } from "../auth/authenticate.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db } from "../database/database.ts";
import type { InviteRow } from "../database/tables.ts";
import { newCode, newId } from "./id.ts";
import { invalid, toPerson } from "./person.ts";
import type { Services } from "./services.ts";

/** An invitation without its address, which depends on where Gloss is reached. */
export type Invitation = Omit<Invite, "url">;

export type NewInvite = {
  readonly role: Role;
  readonly articleId: string | null;
  /** Hours. */
  readonly expiresIn: number | null;
  readonly maxUses: number | null;
};

const HOUR = 3_600_000;

export async function createInvite(
  { database, now }: Services,
  who: Principal,
  wanted: NewInvite,
): Promise<Invitation> {
  const { role, articleId, expiresIn, maxUses } = wanted;
  if (articleId !== null) {
    const article = await database.db
      .selectFrom("article")
      .select("id")
      .where("id", "=", articleId)
      .executeTakeFirst();
    if (!article) throw invalid("articleId", "There is no such article.");
  }
  const row: InviteRow = {
    id: newId(),
    code: newCode(),
    role,
    article_id: articleId,
    expires_at: expiresIn === null ? null : now() + Math.round(expiresIn * HOUR),
    max_uses: maxUses,
    uses: 0,
    created_by: who.id,
    created_at: now(),
    revoked_at: null,
  };
  await database.db.insertInto("invite").values(row).execute();
  return toInvitation(row, toPerson(who));
}

/** All of them, the newest first. */
export async function listInvites({ database }: Services): Promise<Invitation[]> {
  const rows = await database.db
    .selectFrom("invite")
    .innerJoin("person", "person.id", "invite.created_by")
    .selectAll("invite")
    .select(["person.name", "person.color"])
    .orderBy("invite.created_at", "desc")
    .orderBy("invite.id")
    .execute();
  return rows.map((row) => toInvitation(row, { id: row.created_by, name: row.name, color: row.color }));
}

/** Nobody can join with it any more; who has joined stays. */
export async function revokeInvite({ database, now }: Services, id: string): Promise<void> {
  const found = await database.db
    .updateTable("invite")
    .set((eb) => ({ revoked_at: eb.fn.coalesce("revoked_at", eb.val(now())) }))
    .where("id", "=", id)
    .executeTakeFirst();
  if (found.numUpdatedRows === 0n) throw new Problem("not-found", "There is no such invitation.");
}

/** An invitation by its code, with who made it. Rejects with Problem `invite-invalid`. */
export async function findInvite(db: Db, code: string): Promise<InviteRow & { readonly host: string }> {
  const row = await db
    .selectFrom("invite")
    .innerJoin("person", "person.id", "invite.created_by")
    .selectAll("invite")
    .select(["person.name as host", "person.role as host_role", "person.removed_at as host_removed_at"])
    .where("code", "=", code)
    .executeTakeFirst();
  if (!row || row.revoked_at !== null) throw new Problem("invite-invalid");
  // An invitation is worth what its maker may still give.
  const maker = { id: row.created_by, role: toRole(row.host_role) };
  if (row.host_removed_at !== null || !can(maker, "invite.manage")) throw new Problem("invite-invalid");
  return row;
}

/** Rejects with Problem `invite-expired` or `invite-used-up`. */
export function checkUsable(invite: InviteRow, now: number): void {
  if (invite.expires_at !== null && invite.expires_at <= now) throw new Problem("invite-expired");
  if (invite.max_uses !== null && invite.uses >= invite.max_uses) throw new Problem("invite-used-up");
}

/** Counts one use; judged and counted in one statement, so that no race gives away more than allowed. */
export async function consumeInvite(db: Db, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("invite")
    .set((eb) => ({ uses: eb("uses", "+", 1) }))
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .where((eb) => eb.or([eb("max_uses", "is", null), eb("uses", "<", eb.ref("max_uses"))]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives a use back when joining failed after it was counted. */
export async function returnUse(db: Db, id: string): Promise<void> {
  await db
    .updateTable("invite")
    .set((eb) => ({ uses: eb("uses", "-", 1) }))
    .where("id", "=", id)
    .execute();
}

function toInvitation(row: InviteRow, createdBy: Person): Invitation {
  return {
    id: row.id,
    code: row.code,
    role: toRole(row.role),
    articleId: row.article_id,
    expiresAt: row.expires_at,
    maxUses: row.max_uses,
    uses: row.uses,
    createdBy,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
