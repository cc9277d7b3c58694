import { createHash, randomBytes } from "node:crypto";

/** API tokens: 256 random bits, shown once, kept only as their SHA-256. */

const PREFIX = "gloss_";

export function newToken(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** What is kept of a token. A fast hash will do: nobody can guess 256 random bits. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
