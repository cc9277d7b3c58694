import type { IncomingMessage } from "node:http";
import type { Role } from "#shared/model/role.ts";

/** Who is asking, as the server knows it. Never built from anything a client claims. */
export type Principal = {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly role: Role;
  /** What proves it: a browser session or an API token, and that one's id (for revocation). */
  readonly via: "session" | "token";
  readonly credential: string;
  /** Milliseconds since 1970 when the proof ends, null for never. */
  readonly expiresAt: number | null;
};

/** Reads cookie, `Authorization: Bearer` or `?token=` of a request or an upgrade; null when nobody is signed in. */
export type Authenticate = (request: IncomingMessage) => Promise<Principal | null>;
