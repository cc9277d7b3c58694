import * as z from "zod/mini";
import "#shared/model/english.ts";
import { Problem } from "#shared/model/problem.ts";
import { ROLES } from "#shared/model/role.ts";
import { API } from "#shared/wire/api.ts";
import { Password } from "#shared/wire/shapes.ts";
import { realEmail } from "../auth/accounts.ts";
import { invalid, pickColor } from "./person.ts";
import type { Services } from "./services.ts";
import { createToken } from "./token.ts";

/** Accounts as whoever runs the server makes them, without an invitation. */

const NewAccount = z.extend(z.omit(API.setup.body, { token: true }), {
  role: z.enum(ROLES, `Give one of ${ROLES.join(", ")}.`),
});

type AccountServices = Pick<Services, "database" | "accounts" | "now">;

/** Makes a person with credentials; gives their id. Rejects with Problem `invalid-content` or `email-taken`. */
export async function createAccount(
  { database, accounts }: AccountServices,
  given: Readonly<Record<string, unknown>>,
): Promise<string> {
  const parsed = NewAccount.safeParse(given);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    throw new Problem("invalid-content", undefined, { fields });
  }
  const { name, role, email, password } = parsed.data;
  const color = await pickColor(database.db, undefined);
  return accounts.create({ name, role, color, credentials: { email, password } });
}

/** A token for whoever has this e-mail. Rejects with Problem `invalid-content` when nobody has. */
export async function createTokenFor(services: AccountServices, email: string): Promise<string> {
  const { token } = await createToken(services, await idOf(services, email), "made on the server");
  return token;
}

/** Another password for whoever has this e-mail; their sessions end. Rejects with Problem `invalid-content`. */
export async function resetPassword(
  services: AccountServices,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const id = await idOf(services, email);
  const parsed = Password.safeParse(password);
  if (!parsed.success) throw invalid("password", parsed.error.issues[0]?.message ?? "Give another one.");
  await services.accounts.resetPassword(id, parsed.data);
}

async function idOf({ database }: AccountServices, email: string): Promise<string> {
  const person = await database.db
    .selectFrom("person")
    .select(["id", "email"])
    .where("email", "=", email.trim().toLowerCase())
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (!person || realEmail(person.email) === null) throw invalid("email", "Nobody has this e-mail.");
  return person.id;
}
