import { createTokenFor } from "../command/account.ts";
import { type Place, withAccounts } from "./with-accounts.ts";

/** Makes an API token for the person with this e-mail. */
export async function createUserToken(place: Place, email: string): Promise<string> {
  return withAccounts(place, (services) => createTokenFor(services, email));
}
