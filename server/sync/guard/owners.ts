/**
 * Who the Yjs client ids of one room belong to. A client id belongs to the user who first wrote with
 * it. Before its first write a connection may announce its id, which reserves it: awareness shows ids
 * to everybody, and nobody may take another's before they type, be they here or away for a while.
 */
export class OwnerTable {
  readonly #owners: Map<number, string>;
  readonly #owned = new Map<string, number>();
  readonly #reserved = new Map<number, { user: string; connections: Set<string> }>();
  readonly #byConnection = new Map<string, Set<number>>();
  /** Reserved ids of no connection, by user, those left longest ago first. */
  readonly #away = new Map<string, Set<number>>();

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

  /** The user who announced this client id and has not written with it, or null. */
  reservedFor(client: number): string | null {
    return this.#reserved.get(client)?.user ?? null;
  }

  /** Whether a client id is this user's, or nobody's. */
  allows(client: number, user: string): boolean {
    return (this.ownerOf(client) ?? this.reservedFor(client) ?? user) === user;
  }

  /**
   * Keeps an announced client id for a connection's user. False when the id is somebody else's, by
   * ownership or by reservation, or when this connection has announced too many.
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
    this.#away.get(user)?.delete(client);
    if (held) held.connections.add(connection);
    else this.#reserved.set(client, { user, connections: new Set([connection]) });
    return true;
  }

  /** A connection has ended. What it announced stays its user's: they may come back with work done meanwhile. */
  release(connection: string): void {
    for (const client of this.#byConnection.get(connection) ?? []) {
      const held = this.#reserved.get(client);
      held?.connections.delete(connection);
      if (held?.connections.size === 0) this.#keep(client, held.user);
    }
    this.#byConnection.delete(connection);
  }

  /** Takes over what another table of the same room has reserved. */
  inherit(other: OwnerTable): void {
    for (const [client, { user, connections }] of other.#reserved) {
      for (const connection of connections) this.reserve(client, user, connection);
      if (connections.size === 0 && this.allows(client, user)) this.#keep(client, user);
    }
  }

  /** Records the owner of a client id for good; call it for each of `binds` when an update is applied. */
  bind(client: number, user: string): void {
    const owner = this.ownerOf(client);
    if (owner === user) return;
    if (owner !== null) throw new Error(`client ${client} belongs to ${owner}, not to ${user}`);
    this.#owners.set(client, user);
    this.#owned.set(user, this.owned(user) + 1);
    this.#away.get(user)?.delete(client);
    if (this.#reserved.get(client)?.connections.size === 0) this.#reserved.delete(client);
  }

  #keep(client: number, user: string): void {
    const away = this.#away.get(user) ?? new Set();
    this.#away.set(user, away);
    away.add(client);
    this.#reserved.set(client, { user, connections: new Set() });
    const [oldest] = away;
    if (away.size <= AWAY_PER_USER || oldest === undefined) return;
    away.delete(oldest);
    this.#reserved.delete(oldest);
  }
}

/** Yjs takes a new id when its own is in use elsewhere, so a connection may need a few. */
const RESERVATIONS_PER_CONNECTION = 16;
/** A page load takes one id; nobody has so many pages with work that was never sent. */
const AWAY_PER_USER = 64;
