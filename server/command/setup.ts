import { createHmac, timingSafeEqual } from "node:crypto";
import { Problem } from "#shared/model/problem.ts";
import type { Db } from "../database/database.ts";
import { pickColor } from "./person.ts";
import type { Services } from "./services.ts";

/**
 * What the one-time owner link carries. Derived from the server's secret, so every start before the
 * first owner prints the same link and nothing is stored; once there is an owner it opens nothing.
 */
export function setupTokenFor(secret: string): string {
  return createHmac("sha256", secret).update("gloss first owner").digest("base64url");
}

export async function setupState(
  services: Services,
  token: string | undefined,
): Promise<{ needed: boolean; tokenValid: boolean }> {
  const needed = !(await hasOwner(services.database.db));
  return { needed, tokenValid: needed && token !== undefined && equal(token, services.setupToken) };
}

export type NewOwner = {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** Makes the first owner; of several who try at once one succeeds. Rejects with Problem `setup-done` or `forbidden`. */
export async function setup(services: Services, owner: NewOwner): Promise<string> {
  const { database, accounts } = services;
  if (await hasOwner(database.db)) throw new Problem("setup-done");
  if (!equal(owner.token, services.setupToken)) {
    throw new Problem("forbidden", "This owner link is not valid. Use the one that the server printed.");
  }
  const { name, email, password } = owner;
  const color = await pickColor(database.db, undefined);
  const id = await accounts.create({ name, role: "viewer", color, credentials: { email, password } });
  const first = await database.exclusive(async (tx) => {
    if (await hasOwner(tx)) return false;
    await tx.updateTable("person").set({ role: "owner" }).where("id", "=", id).execute();
    return true;
  });
  if (!first) {
    await accounts.discard(id);
    throw new Problem("setup-done");
  }
  return id;
}

export async function hasOwner(db: Db): Promise<boolean> {
  const owner = await db
    .selectFrom("person")
    .select("id")
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return owner !== undefined;
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
