import type { IncomingMessage } from "node:http";
import { ROLES, type Role } from "#shared/model/role.ts";
import type { Db } from "../database/database.ts";
import { isDatabaseDown } from "../database/failure.ts";
import type { PersonRow } from "../database/tables.ts";
import type { Accounts } from "./accounts.ts";
import type { Authenticate, Principal } from "./principal.ts";
import { hashToken } from "./token.ts";

/** A request's principal with the cookies that prolong their session, for answers that can carry them. */
export type Proof = { readonly principal: Principal; readonly cookies: readonly string[] };

export type Authenticator = {
  /** For an HTTP request: Bearer token or cookie. */
  readonly request: (request: IncomingMessage) => Promise<Proof | null>;
  /** For a websocket upgrade, which may also carry `?token=` because plain clients cannot set headers. */
  readonly upgrade: Authenticate;
};

export type AuthenticatorOptions = {
  readonly db: Db;
  readonly accounts: Accounts;
  readonly now: () => number;
};

/** How often "last seen" and "last used" are written, in milliseconds. */
const SEEN_EVERY = 60_000;

export function createAuthenticator({ db, accounts, now }: AuthenticatorOptions): Authenticator {
  const seen = async (person: PersonRow): Promise<void> => {
    if (person.last_seen_at !== null && now() - person.last_seen_at < SEEN_EVERY) return;
    await ifWritable(
      db.updateTable("person").set({ last_seen_at: now() }).where("id", "=", person.id).execute(),
    );
  };

  const findPerson = async (id: string): Promise<PersonRow | null> => {
    const person = await db.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst();
    if (!person || person.removed_at !== null) return null;
    await seen(person);
    return person;
  };

  const byToken = async (token: string): Promise<Proof | null> => {
    const row = await db
      .selectFrom("token")
      .selectAll()
      .where("hash", "=", hashToken(token))
      .executeTakeFirst();
    const person = row && (await findPerson(row.user_id));
    if (!person) return null;
    if (row.last_used_at === null || now() - row.last_used_at >= SEEN_EVERY) {
      await ifWritable(
        db.updateTable("token").set({ last_used_at: now() }).where("id", "=", row.id).execute(),
      );
    }
    const principal = { ...identity(person), via: "token", credential: row.id, expiresAt: null } as const;
    return { principal, cookies: [] };
  };

  const byCookie = async (request: IncomingMessage, prolong: boolean): Promise<Proof | null> => {
    if (request.headers.cookie === undefined) return null;
    const session = await accounts.session(request.headers, prolong);
    const person = session && (await findPerson(session.userId));
    if (!person) return null;
    const proof = { via: "session", credential: session.id, expiresAt: session.expiresAt } as const;
    return { principal: { ...identity(person), ...proof }, cookies: session.cookies };
  };

  return {
    request: async (request) => {
      const token = bearer(request);
      return token === null ? byCookie(request, true) : byToken(token);
    },
    upgrade: async (request) => {
      const token = bearer(request) ?? queryToken(request);
      const proof = token === null ? await byCookie(request, false) : await byToken(token);
      return proof?.principal ?? null;
    },
  };
}

/** Waits for a note that may be lost: while the disk is full, people still come in and read. */
async function ifWritable(note: Promise<unknown>): Promise<void> {
  try {
    await note;
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
  }
}

/** The Bearer token of a request, or null when it carries none. */
export function bearer(request: IncomingMessage): string | null {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "");
  return match?.[1] ?? null;
}

function queryToken(request: IncomingMessage): string | null {
  const query = request.url?.split("?")[1];
  return query === undefined ? null : new URLSearchParams(query).get("token");
}

function identity(person: PersonRow): Pick<Principal, "id" | "name" | "color" | "role"> {
  return { id: person.id, name: person.name, color: person.color, role: toRole(person.role) };
}

/** A role as stored; throws on a word that is none, so that a damaged row never grants anything. */
export function toRole(stored: string): Role {
  const role = ROLES.find((one) => one === stored);
  if (!role) throw new Error(`"${stored}" is no role`);
  return role;
}
