import { randomBytes } from "node:crypto";
import { createAccount, resetPassword } from "../command/account.ts";
import { type Place, withAccounts } from "./with-accounts.ts";

export type NewUser = {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** Absent: one is made. */
  readonly password?: string | undefined;
};

/** Makes a person; gives the password if it was made here, else null. */
export async function createUser(place: Place, { password, ...person }: NewUser): Promise<string | null> {
  const made = password === undefined ? newPassword() : null;
  await withAccounts(place, (services) => createAccount(services, { ...person, password: password ?? made }));
  return made;
}

/** Gives somebody another password and ends their sessions; gives the password if it was made here, else null. */
export async function setPassword(
  place: Place,
  { email, password }: Pick<NewUser, "email" | "password">,
): Promise<string | null> {
  const made = password === undefined ? newPassword() : null;
  const given = password ?? made ?? "";
  await withAccounts(place, (services) => resetPassword(services, { email, password: given }));
  return made;
}

function newPassword(): string {
  return randomBytes(12).toString("base64url");
}
