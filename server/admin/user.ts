import { randomBytes } from "node:crypto";
import { createAccount } from "../command/account.ts";
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
  const made = password === undefined ? randomBytes(12).toString("base64url") : null;
  await withAccounts(place, (services) => createAccount(services, { ...person, password: password ?? made }));
  return made;
}
