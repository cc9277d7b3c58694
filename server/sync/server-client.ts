import { createHash } from "node:crypto";
import type { OwnerTable } from "./guard/owners.ts";

/** The user that the log names for what the server itself wrote. */
export const SERVER = "server";

/** The client id under which the server writes into rooms that already have content. */
export const SERVER_CLIENT = 2;

/** Bound by whoever seeds a room, to a name nobody else has: a second seed then clashes in the log. */
export const SEED_CLAIM = 0;

/** Ids below this are the server's own. */
const LEAST_CLIENT = 16;

/**
 * The client id under which the server writes for a user in a room: the same each time, so that a
 * thousand requests do not leave a thousand clients in the document.
 */
export function clientFor(user: string, room: string, owners: OwnerTable): number {
  for (let attempt = 0; ; attempt += 1) {
    const digest = createHash("sha256").update(`${user}\n${room}\n${attempt}`).digest();
    const client = digest.readUInt32BE(0);
    if (client < LEAST_CLIENT) continue;
    const owner = owners.ownerOf(client) ?? owners.reservedFor(client) ?? user;
    if (owner === user) return client;
  }
}
