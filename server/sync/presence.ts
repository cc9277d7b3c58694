import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Person } from "#shared/model/snapshot.ts";
import { encodeAwareness } from "./messages.ts";
import type { Seat } from "./seat.ts";
import { Parcel } from "./transport.ts";

/** Who may use a client id; presence announces ids before anything is written with them. */
export interface Reservations {
  allows(client: number, user: string): boolean;
  reserve(client: number, user: string, connection: string): boolean;
  release(connection: string): void;
}

export type PresenceLimits = {
  /** Bytes of one person's state, as JSON. */
  readonly stateBytes: number;
  /** Presence is gathered for this long, in milliseconds. */
  readonly every: number;
  /** Unsent bytes above which a connection is told nothing of presence. */
  readonly pauseBytes: number;
};

/** Presence bytes that one connection is sent at once; what does not fit waits its turn. */
const FLUSH_BYTES = 32 * 1024;
/** With more people than this presence is gathered for longer, up to LONGEST_GATHERING milliseconds. */
const CROWD = 50;
const LONGEST_GATHERING = 500;
/** How long it is told that somebody has left, for connections that were not listening. Milliseconds. */
const FAREWELL = 60_000;
/** A message that names more people than this is an echo of what the server sent. */
const MOST_NAMED = 5_000;

type Present = {
  readonly seat: Seat;
  readonly client: number;
  /** What came last and has not been read yet. */
  news: string | null;
  /** The state as others get it; null before the first and after one of null. */
  said: string | null;
  /** `said` as it stands in awareness messages. */
  entry: Uint8Array | null;
};

type Gone = { readonly entry: Uint8Array; readonly user: string; readonly at: number };

/**
 * Who is in a room and where, by connection. Each connection has one client id; what it says of others
 * is ignored. Name, colour and user id are the server's word.
 */
export class Presence {
  readonly #limits: PresenceLimits;
  readonly #people = new Map<Seat, Person>();
  readonly #bySeat = new Map<Seat, Present>();
  readonly #byClient = new Map<number, Present>();
  readonly #dirty = new Set<number>();
  /** Connections whose id is shown by a later one: what still comes from them is old. */
  readonly #superseded = new WeakSet<Seat>();
  /** Who has left lately, with what is said of them. */
  readonly #gone = new Map<number, Gone>();
  /** Connections that are due everybody's state; `missed` ones may not have heard who left. */
  readonly #uninformed = new Map<Seat, "new" | "missed">();
  #reservations: Reservations;
  #timer: NodeJS.Timeout | null = null;
  #clock = 0;

  constructor(limits: PresenceLimits, reservations: Reservations) {
    this.#limits = limits;
    this.#reservations = reservations;
  }

  /** The room's document was read again. */
  moveTo(reservations: Reservations): void {
    this.#reservations = reservations;
  }

  join(seat: Seat, person: Person): void {
    this.#people.set(seat, person);
    this.inform(seat);
  }

  leave(seat: Seat): void {
    this.#people.delete(seat);
    this.#uninformed.delete(seat);
    this.#reservations.release(seat.link.id);
    const present = this.#bySeat.get(seat);
    this.#bySeat.delete(seat);
    // Another connection may have taken it over.
    if (!present) return;
    this.#byClient.delete(present.client);
    if (!present.entry) return;
    this.#part(present);
    this.#dirty.add(present.client);
    this.#schedule();
  }

  /** Takes an awareness message: only what it says of the connection's own client id counts. */
  hear(seat: Seat, entries: Uint8Array): void {
    if (this.#superseded.has(seat)) return;
    const known = this.#bySeat.get(seat);
    const own = readOwn(entries, known?.client ?? null, this.#limits.stateBytes);
    if (own === null) return;
    const present = known ?? this.#admit(seat, own.client);
    if (!present) return;
    present.news = own.state;
    this.#dirty.add(present.client);
    this.#schedule();
  }

  /** Everybody's state goes to this connection soon. */
  inform(seat: Seat): void {
    this.#uninformed.set(seat, "new");
    this.#schedule();
  }

  /** Sends what has gathered. */
  flush(): void {
    this.#timer = null;
    const now = Date.now();
    for (const [client, { at }] of this.#gone) if (now - at > FAREWELL) this.#gone.delete(client);
    const { entries, clients } = this.#gather();
    if (entries.length > 0) this.#tell(entries, clients);
    this.#informAll();
    if (this.#dirty.size > 0 || this.#uninformed.size > 0) this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** A connection's first word names its id, unless that is, or lately was, somebody else's. */
  #admit(seat: Seat, client: number): Present | null {
    if (!this.#people.has(seat) || !this.#mayUse(seat, client)) return null;
    const holder = this.#byClient.get(client);
    if (holder) {
      this.#bySeat.delete(holder.seat);
      this.#superseded.add(holder.seat);
    }
    // The same tab on a new connection; the old one has not been missed yet.
    const isSame = holder?.seat.link.userId === seat.link.userId;
    const { said = null, entry = null } = isSame ? holder : {};
    const present: Present = { seat, client, news: null, said, entry };
    this.#bySeat.set(seat, present);
    this.#byClient.set(client, present);
    return present;
  }

  /**
   * Who may write reserves the id, since their changes will bear it. Who only reads just shows
   * themselves under it, and so can keep nobody from writing.
   */
  #mayUse({ link: { id, userId, mayWrite } }: Seat, client: number): boolean {
    if (mayWrite) return this.#reservations.reserve(client, userId, id);
    const shown = this.#byClient.get(client)?.seat.link.userId ?? this.#gone.get(client)?.user ?? userId;
    return shown === userId && this.#reservations.allows(client, userId);
  }

  #schedule(): void {
    if (this.#timer) return;
    const crowd = Math.ceil(this.#people.size / CROWD);
    const wait = Math.min(LONGEST_GATHERING, this.#limits.every * Math.max(1, crowd));
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** Entries to send now, oldest news first, as many as one flush may hold. */
  #gather(): { entries: Uint8Array[]; clients: number[] } {
    const entries: Uint8Array[] = [];
    const clients: number[] = [];
    let bytes = 0;
    for (const client of this.#dirty) {
      if (bytes > FLUSH_BYTES) break;
      this.#dirty.delete(client);
      const entry = this.#refresh(client);
      if (!entry) continue;
      entries.push(entry);
      clients.push(client);
      bytes += entry.length;
    }
    return { entries, clients };
  }

  #refresh(client: number): Uint8Array | null {
    const present = this.#byClient.get(client);
    if (!present) return this.#gone.get(client)?.entry ?? null;
    const person = this.#people.get(present.seat);
    if (present.news !== null && person) {
      const state = stamp(present.news, person);
      present.news = null;
      if (state === undefined) return null;
      if (state === null) {
        if (present.entry) this.#part(present);
        present.said = null;
        present.entry = null;
        return this.#gone.get(client)?.entry ?? null;
      }
      this.#gone.delete(client);
      present.said = state;
      present.entry = this.#encode(client, state);
    }
    return present.entry;
  }

  #part({ client, seat }: Present): void {
    this.#gone.set(client, { entry: this.#encode(client, "null"), user: seat.link.userId, at: Date.now() });
  }

  /**
   * Clocks are the server's, and rise with time: what is said after a restart of the server, or of
   * somebody who comes back with a clock that has not moved, still counts as news.
   */
  #encode(client: number, state: string, clock = this.#tick()): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
    return encoding.toUint8Array(encoder);
  }

  #tell(entries: readonly Uint8Array[], clients: readonly number[]): void {
    const forAll = toParcel(entries);
    const own = new Set(clients);
    for (const seat of this.#people.keys()) {
      if (this.#uninformed.has(seat)) continue;
      if (this.#isBusy(seat)) {
        this.#uninformed.set(seat, "missed");
        continue;
      }
      const client = this.#bySeat.get(seat)?.client;
      if (client === undefined || !own.has(client)) seat.deliver(forAll);
      else if (entries.length > 1) seat.deliver(toParcel(entries.filter((_, at) => clients[at] !== client)));
    }
  }

  #tick(): number {
    this.#clock = Math.max(this.#clock + 1, Date.now());
    return this.#clock;
  }

  /**
   * Everybody's state as news: a client that lost its connection has dropped what it knew of the others
   * and yet passes over what comes with a clock that it has seen.
   */
  #renew(): void {
    const clock = this.#tick();
    for (const present of this.#byClient.values()) {
      if (present.said !== null) present.entry = this.#encode(present.client, present.said, clock);
    }
  }

  #informAll(): void {
    const joined = [...this.#uninformed].some(([seat, how]) => how === "new" && !this.#isBusy(seat));
    if (joined) this.#renew();
    for (const [seat, how] of this.#uninformed) {
      if (this.#isBusy(seat)) continue;
      this.#uninformed.delete(seat);
      const others: Uint8Array[] = [];
      for (const { seat: other, entry } of this.#byClient.values())
        if (entry && other !== seat) others.push(entry);
      const own = this.#bySeat.get(seat)?.client;
      if (how === "missed") {
        for (const [client, { entry }] of this.#gone) if (client !== own) others.push(entry);
      }
      if (others.length > 0) seat.deliver(toParcel(others));
    }
  }

  #isBusy(seat: Seat): boolean {
    return seat.behind || seat.link.buffered() > this.#limits.pauseBytes;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

type Own = { readonly client: number; readonly state: string };

/**
 * What a message says of `client`, or, while that is null, of the one client it names. Null when it
 * says nothing of it, is too large or makes no sense: presence is not worth a connection.
 */
function readOwn(entries: Uint8Array, client: number | null, limit: number): Own | null {
  const decoder = decoding.createDecoder(entries);
  try {
    const count = decoding.readVarUint(decoder);
    if (count > MOST_NAMED || (client === null && count !== 1)) return null;
    for (let left = count; left > 0; left -= 1) {
      const named = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const state = decoding.readVarUint8Array(decoder);
      if (client !== null && named !== client) continue;
      if (named > 0xff_ff_ff_ff || state.length > limit) return null;
      const text = utf8.decode(state);
      // An echo of somebody's leaving is no announcement.
      return client === null && text === "null" ? null : { client: named, state: text };
    }
  } catch {
    return null;
  }
  return null;
}

/** The state as others get it; null for "nothing to show", undefined when it is no state at all. */
function stamp(state: string, person: Person): string | null | undefined {
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    return undefined;
  }
  if (value === null) return null;
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  return JSON.stringify({ ...value, user: { id: person.id, name: person.name, color: person.color } });
}

function toParcel(entries: readonly Uint8Array[]): Parcel {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) encoding.writeUint8Array(encoder, entry);
  return new Parcel([encodeAwareness(encoding.toUint8Array(encoder))]);
}
