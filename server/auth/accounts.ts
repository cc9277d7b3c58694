import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "#shared/model/problem.ts";
import type { Role } from "#shared/model/role.ts";
import { isUniqueViolation } from "../database/failure.ts";
import type { Library } from "./library.ts";

/** People as the sign-in library keeps them: who they are, what proves it, and their sessions. */

export type NewPerson = {
  readonly name: string;
  readonly role: Role;
  readonly color: string;
  /** Absent for a guest. */
  readonly credentials?: Credentials | undefined;
};

export type Credentials = { readonly email: string; readonly password: string };

/** A session that a request's cookie stands for. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly expiresAt: number;
  /** Cookies to send back, when the session was prolonged. */
  readonly cookies: readonly string[];
};

export type Accounts = {
  /** Makes a person and returns their id. Rejects with Problem `email-taken`. */
  create(person: NewPerson): Promise<string>;
  /** Deletes a person who has made nothing yet. */
  discard(id: string): Promise<void>;
  /** Gives a guest e-mail and password; they stay who they are. Rejects with Problem `email-taken`. */
  addCredentials(id: string, credentials: Credentials): Promise<void>;
  /**
   * Gives who has a password another one and ends all their sessions. Rejects with Problem
   * `wrong-credentials` when `current` is not the one they have.
   */
  changePassword(id: string, change: { readonly current: string; readonly password: string }): Promise<void>;
  /** The same without asking for the one they have: for whoever runs the server. */
  resetPassword(id: string, password: string): Promise<void>;
  /** Cookies of a new session for who has these credentials. Rejects with Problem `wrong-credentials`. */
  signIn(credentials: Credentials): Promise<{ readonly userId: string; readonly cookies: readonly string[] }>;
  /** Cookies of a new session for `id`. */
  startSession(id: string): Promise<readonly string[]>;
  /** The session of a request's cookie, or null. `prolong` only where cookies can be sent back. */
  session(headers: IncomingHttpHeaders, prolong: boolean): Promise<Session | null>;
  /** Ends the session of a request's cookie; returns the cookies that clear it. */
  endSession(headers: IncomingHttpHeaders): Promise<readonly string[]>;
  /** Takes from a person every way to prove who they are. */
  revoke(id: string): Promise<void>;
};

/** A domain that no mail ever reaches, so that guests have what the library needs: an address each. */
const PLACEHOLDER = "@guest.invalid";

/** An address somebody gave, or null for the placeholder of a guest. */
export function realEmail(email: string): string | null {
  return email.endsWith(PLACEHOLDER) ? null : email;
}

export function placeholderEmail(): string {
  return `${crypto.randomUUID()}${PLACEHOLDER}`;
}

/** `load` gives the library, which is large and so not loaded before somebody needs it. */
export function createAccounts(load: () => Promise<Library>): Accounts {
  const adapter = async () => (await (await load()).auth.$context).internalAdapter;

  const addCredentials = async (id: string, credentials: Credentials): Promise<void> => {
    const internalAdapter = await adapter();
    const { password } = await (await load()).auth.$context;
    const hash = await password.hash(credentials.password);
    if (await internalAdapter.findCredentialAccount(id)) await internalAdapter.updatePassword(id, hash);
    else {
      await internalAdapter.linkAccount({
        userId: id,
        providerId: "credential",
        accountId: id,
        password: hash,
      });
    }
    // The address comes last: until it is written nobody can sign in and nothing blocks another try.
    try {
      await internalAdapter.updateUser(id, { email: credentials.email });
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem("email-taken") : error;
    }
  };

  const resetPassword = async (id: string, next: string): Promise<void> => {
    const internalAdapter = await adapter();
    const { password } = await (await load()).auth.$context;
    await internalAdapter.updatePassword(id, await password.hash(next));
    await internalAdapter.deleteUserSessions(id);
  };

  const discard = async (id: string): Promise<void> => {
    const internalAdapter = await adapter();
    await internalAdapter.deleteUser(id);
  };

  return {
    create: async ({ name, role, color, credentials }) => {
      const internalAdapter = await adapter();
      const person = { name, email: placeholderEmail(), role, color };
      const { id } = await internalAdapter.createUser(person, {
        method: credentials ? "email-password" : "anonymous",
      });
      if (!credentials) return id;
      try {
        await addCredentials(id, credentials);
      } catch (error) {
        await discard(id);
        throw error;
      }
      return id;
    },
    addCredentials,
    discard,
    resetPassword,
    changePassword: async (id, { current, password: next }) => {
      const { password } = await (await load()).auth.$context;
      const account = await (await adapter()).findCredentialAccount(id);
      const hash = account?.password;
      if (!hash || !(await password.verify({ hash, password: current }))) {
        throw new Problem("wrong-credentials", "This is not the password you have now.");
      }
      await resetPassword(id, next);
    },
    signIn: async (credentials) => {
      const { auth, isRefusal } = await load();
      try {
        const { headers, response } = await auth.api.signInEmail({ body: credentials, returnHeaders: true });
        return { userId: response.user.id, cookies: headers.getSetCookie() };
      } catch (error) {
        throw isRefusal(error) ? new Problem("wrong-credentials") : error;
      }
    },
    startSession: async (id) => {
      const { headers } = await (
        await load()
      ).auth.api.startSession({ body: { userId: id }, returnHeaders: true });
      return headers.getSetCookie();
    },
    session: async (incoming, prolong) => {
      const { headers, response } = await (
        await load()
      ).auth.api.getSession({
        headers: cookieHeader(incoming),
        query: { disableRefresh: !prolong },
        returnHeaders: true,
      });
      if (!response) return null;
      const { id, userId, expiresAt } = response.session;
      return { id, userId, expiresAt: expiresAt.getTime(), cookies: headers.getSetCookie() };
    },
    endSession: async (incoming) => {
      const { headers } = await (
        await load()
      ).auth.api.signOut({ headers: cookieHeader(incoming), returnHeaders: true });
      return headers.getSetCookie();
    },
    revoke: async (id) => {
      const internalAdapter = await adapter();
      await internalAdapter.updateUser(id, { email: placeholderEmail() });
      await internalAdapter.deleteAccounts(id);
      await internalAdapter.deleteUserSessions(id);
    },
  };
}

function cookieHeader(headers: IncomingHttpHeaders): Headers {
  return new Headers(headers.cookie === undefined ? {} : { cookie: headers.cookie });
}
