import { betterAuth } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { Db } from "../database/database.ts";

/**
 * The sign-in library, set up for Gloss: it hashes passwords, keeps sessions and signs their cookies.
 * Its own HTTP routes are not mounted; accounts.ts asks it directly.
 */

export type LibraryOptions = {
  readonly db: Db;
  readonly secret: string;
  /** The address people use. */
  readonly baseUrl: string;
  /** True when people come over https: the cookie is then sent over nothing else. */
  readonly secure: boolean;
};

export const SESSION_DAYS = 90;
const DAY = 24 * 60 * 60;

export function createLibrary(options: LibraryOptions) {
  return { auth: createAuth(options), isRefusal };
}

/** True when the library refused what it was asked, false when it failed. */
function isRefusal(error: unknown): boolean {
  return error instanceof APIError && error.statusCode < 500;
}

function createAuth(options: LibraryOptions) {
  return betterAuth({
    appName: "Gloss",
    baseURL: options.baseUrl,
    secret: options.secret,
    // One form of columns for both databases: text for times, 0 and 1 for truth.
    database: { db: options.db, type: "sqlite" },
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: {
      modelName: "person",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: {
        role: { type: "string", required: true, input: false },
        color: { type: "string", required: true, input: false },
        removedAt: { type: "number", required: false, input: false, fieldName: "removed_at" },
      },
    },
    session: {
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      expiresIn: SESSION_DAYS * DAY,
      updateAge: DAY,
    },
    account: {
      fields: {
        userId: "user_id",
        providerId: "provider_id",
        accountId: "account_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: { fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" } },
    advanced: { cookiePrefix: "gloss", useSecureCookies: options.secure },
    plugins: [sessions],
  });
}

export type Library = ReturnType<typeof createLibrary>;

/** Starts a session for somebody who has proved who they are in another way than by password. */
const sessions = {
  id: "gloss-sessions",
  endpoints: {
    startSession: createAuthEndpoint(
      { method: "POST", body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new Error(`no person ${ctx.body.userId}`);
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return { token: session.token };
      },
    ),
  },
};
