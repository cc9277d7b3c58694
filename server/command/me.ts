import { Problem } from "#shared/model/problem.ts";
import type { Me } from "#shared/wire/shapes.ts";
import { type Credentials, realEmail } from "../auth/accounts.ts";
import type { Principal } from "../auth/principal.ts";
import { findMember, invalid, toMe } from "./person.ts";
import { renameReviewer } from "./review-show.ts";
import { updateRosters } from "./roster.ts";
import type { Services } from "./services.ts";

export async function getMe({ database }: Services, who: Pick<Principal, "id">): Promise<Me> {
  return toMe(await findMember(database.db, who.id));
}

/** Renames or recolours; everybody who has an article of theirs open sees it. */
export async function patchMe(
  services: Services,
  who: Principal,
  patch: { readonly name?: string | undefined; readonly color?: string | undefined },
): Promise<Me> {
  const before = await getMe(services, who);
  const { name = before.name, color = before.color } = patch;
  if (name !== before.name || color !== before.color) {
    const { database, live } = services;
    await database.db
      .updateTable("person")
      .set({ name, color, updated_at: new Date(services.now()).toISOString() })
      .where("id", "=", who.id)
      .execute();
    await updateRosters(services, { id: who.id, name, color });
    await renameReviewer(services, { id: who.id, name, color });
    // Presence carries the name a connection was opened under, so it is opened anew.
    live.rightsChanged({ user: who.id });
  }
  return getMe(services, who);
}

/** Turns a guest into an account: same person, same marks. Rejects with Problem `email-taken`. */
export async function addCredentials(
  services: Services,
  who: Principal,
  credentials: Credentials,
): Promise<Me> {
  const { email } = await findMember(services.database.db, who.id);
  if (realEmail(email) !== null) {
    throw new Problem("bad-request", "You have an e-mail and a password already. Sign in with them.");
  }
  if (realEmail(credentials.email) === null) throw invalid("email", "Mail does not reach this address.");
  await services.accounts.addCredentials(who.id, credentials);
  return getMe(services, who);
}

/**
 * Another password for who is signed in; whoever else is signed in as them is out at once. Gives the
 * cookies of a new session. Rejects with Problem `wrong-credentials`, or `bad-request` for a token.
 */
export async function changePassword(
  { accounts, live }: Services,
  who: Principal,
  change: { readonly current: string; readonly password: string },
): Promise<readonly string[]> {
  if (who.via !== "session")
    throw new Problem("bad-request", "Sign in, then change your password there: a token cannot.");
  await accounts.changePassword(who.id, change);
  const cookies = await accounts.startSession(who.id);
  live.rightsChanged({ user: who.id });
  return cookies;
}
