import { Problem } from "#shared/model/problem.ts";
import { can, type Role } from "#shared/model/role.ts";
import type { Member } from "#shared/wire/shapes.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import { findMember, toMember } from "./person.ts";
import type { Services } from "./services.ts";

/** Everybody, in the order they came. E-mail addresses are for owners and for the person themself. */
export async function listMembers({ database }: Services, who: Principal): Promise<Member[]> {
  const rows = await database.db
    .selectFrom("person")
    .selectAll()
    .where("removed_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const seesAll = can(who, "member.manage");
  return rows
    .map(toMember)
    .map((member) => (seesAll || member.id === who.id ? member : { ...member, email: null }));
}

/** Rejects with Problem `last-owner` when nobody else is owner. */
export async function changeRole(services: Services, id: string, role: Role): Promise<Member> {
  const { database, live } = services;
  await database.exclusive(async (tx) => {
    const member = await findMember(tx, id);
    if (member.role === "owner" && role !== "owner") await keepAnOwner(tx, id);
    await tx.updateTable("person").set({ role }).where("id", "=", id).execute();
  });
  live.rightsChanged({ user: id });
  return toMember(await findMember(database.db, id));
}

/**
 * Ends a membership: sessions, tokens and credentials go, what they made stays under their name.
 * Rejects with Problem `last-owner`.
 */
export async function removeMember(services: Services, id: string): Promise<void> {
  const { database, accounts, live } = services;
  await database.exclusive(async (tx) => {
    const member = await findMember(tx, id);
    if (member.role === "owner") await keepAnOwner(tx, id);
    await tx.updateTable("person").set({ removed_at: services.now() }).where("id", "=", id).execute();
    await tx.deleteFrom("token").where("user_id", "=", id).execute();
  });
  await accounts.revoke(id);
  live.rightsChanged({ user: id });
}

async function keepAnOwner(tx: Tx, leaving: string): Promise<void> {
  const another = await tx
    .selectFrom("person")
    .select("id")
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .where("id", "!=", leaving)
    .executeTakeFirst();
  if (!another) throw new Problem("last-owner");
}
