/**
 * Who the Yjs client ids of one room belong to. A client id belongs to the user who first wrote with
 * it. Before its first write a connection may announce its id, which reserves it: awareness shows ids
 * to everybody, and nobody may take another's before they type.
 */
export class OwnerTable {
  readonly #owners: Map<number, string>;
  readonly #owned = new Map<string, number>();
  readonly #reserved = new Map<number, { user: string; connections: Set<string> }>();
  readonly #byConnection = new Map<string, Set<number>>();

  constructor(initial: ReadonlyMap<number, string>) {
    this.#owners = new Map(initial);
    for (const user of initial.values()) this.#owned.set(user, this.owned(user) + 1);
  }

  /** The user who first wrote with this client id, or null. */
  ownerOf(client: number): string | null {
    return this.#owners.get(client) ?? null;
  }

  /** How many client ids a user owns here. */
  owned(user: string): number {
    return this.#owned.get(user) ?? 0;
  }

  /** The user whose live connection announced this client id, or null. */
  reservedFor(client: number): string | null {
    return this.#reserved.get(client)?.user ?? null;
  }

  /**
   * Keeps an announced client id for a connection's user until the connection is released. False when
   * the id is somebody else's, by ownership or by reservation, or when this connection has announced
   * too many.
   */
  reserve(client: number, user: string, connection: string): boolean {
    const owner = this.ownerOf(client);
    if (owner !== null) return owner === user;
    const held = this.#reserved.get(client);
    if (held && held.user !== user) return false;
    const announced = this.#byConnection.get(connection) ?? new Set();
    if (!announced.has(client) && announced.size >= RESERVATIONS_PER_CONNECTION) return false;
    announced.add(client);
    this.#byConnection.set(connection, announced);
    if (held) held.connections.add(connection);
    else this.#reserved.set(client, { user, connections: new Set([connection]) });
    return true;
  }

  /** Ends all reservations of a connection. */
  release(connection: string): void {
    for (const client of this.#byConnection.get(connection) ?? []) {
      const held = this.#reserved.get(client);
      held?.connections.delete(connection);
      if (held?.connections.size === 0) this.#reserved.delete(client);
    }
    this.#byConnection.delete(connection);
  }

  /** Records the owner of a client id for good; call it for each of `binds` when an update is applied. */
  bind(client: number, user: string): void {
    const owner = this.ownerOf(client);
    if (owner === user) return;
    if (owner !== null) throw new Error(`client ${client} belongs to ${owner}, not to ${user}`);
    this.#owners.set(client, user);
    this.#owned.set(user, this.owned(user) + 1);
  }
}

/** Yjs takes a new id when its own is in use elsewhere, so a connection may need a few. */
const RESERVATIONS_PER_CONNECTION = 16;
