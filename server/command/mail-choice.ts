import { createHmac, timingSafeEqual } from "node:crypto";
import { DEFAULT_DIGEST, Digest } from "#shared/model/notification.ts";
import { Problem } from "#shared/model/problem.ts";
import { realEmail } from "../auth/accounts.ts";
import type { Principal } from "../auth/principal.ts";
import type { Db } from "../database/database.ts";
import { findMember } from "./person.ts";
import type { Services } from "./services.ts";

/** How often a person wants e-mail. */

export type MailChoice = { readonly digest: Digest; readonly possible: boolean };

export async function getMailChoice({ database, mail }: Services, who: Principal): Promise<MailChoice> {
  const { email } = await findMember(database.db, who.id);
  const row = await database.db
    .selectFrom("mail_choice")
    .select("digest")
    .where("user_id", "=", who.id)
    .executeTakeFirst();
  return {
    digest: row ? Digest.parse(row.digest) : DEFAULT_DIGEST,
    possible: mail.on && realEmail(email) !== null,
  };
}

export async function putMailChoice(services: Services, who: Principal, digest: Digest): Promise<MailChoice> {
  await choose(services.database.db, who.id, digest);
  return getMailChoice(services, who);
}

/** What an e-mail's link carries, so that who got it can stop more of them without signing in. */
export function stopCode(secret: string, person: string): string {
  return createHmac("sha256", secret).update(`gloss no more mail ${person}`).digest("base64url");
}

/** Ends e-mail to a person. Rejects with Problem `forbidden` when the code is not theirs. */
export async function stopMail(
  { database, mail }: Services,
  { person, code }: { readonly person: string; readonly code: string },
): Promise<void> {
  const [given, right] = [Buffer.from(code), Buffer.from(mail.stopCode(person))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new Problem("forbidden", "This link is not complete. Sign in and choose under Account.");
  }
  await choose(database.db, person, "never");
}

async function choose(db: Db, user: string, digest: Digest): Promise<void> {
  await db
    .insertInto("mail_choice")
    .values({ user_id: user, digest, failures: 0, not_before: 0 })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ digest, failures: 0, not_before: 0 }))
    .execute();
}
