import type * as Y from "yjs";

/**
 * Under which client ids honest people have written, and how much: whatever else appears under these
 * ids, or under these names, is forged.
 */
export class Census {
  readonly #ids = new Map<number, { readonly user: string; clock: number }>();
  readonly #honest = new Set<string>();

  /** Follows what is written in a document under its own client id. */
  follow(user: string, doc: Y.Doc): void {
    const entry = { user, clock: 0 };
    this.#ids.set(doc.clientID, entry);
    this.#honest.add(user);
    doc.on("afterTransaction", ({ afterState }: Y.Transaction) => {
      entry.clock = Math.max(entry.clock, afterState.get(doc.clientID) ?? 0);
    });
  }

  /** Why this user cannot have written under this id up to this clock; null when they can. */
  objection(user: string, client: number, clock: number): string | null {
    const entry = this.#ids.get(client);
    if (!entry) return this.#honest.has(user) ? `${user} has never had the client id ${client}` : null;
    if (entry.user !== user) return `the client id ${client} is ${entry.user}'s`;
    if (clock > entry.clock) return `${user} has written ${entry.clock} and not ${clock} under ${client}`;
    return null;
  }
}
