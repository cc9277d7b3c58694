import type { Logger } from "pino";
import type * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { roomName, type Room as RoomId } from "#shared/doc/rooms.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { encodeHash } from "#shared/wire/messages.ts";
import type { SyncLimits } from "../limits.ts";
import { StoreUnavailable, type StoredRoom, type UpdateLog } from "../store/log.ts";
import { Audience } from "./audience.ts";
import { Batch, type Change } from "./batch.ts";
import type { Builder, Unbuilt } from "./builder.ts";
import type { Committer, Harvest, Source, Turn } from "./committer.ts";
import type { GuardLimits } from "./guard/limits.ts";
import { Inbox } from "./inbox.ts";
import { LiveDocument } from "./live-document.ts";
import type { SyncMetrics } from "./metrics.ts";
import { Presence } from "./presence.ts";
import { Reads } from "./reads.ts";
import { reread } from "./reread.ts";
import type { Frame, Seat } from "./seat.ts";
import type { Timings } from "./settings.ts";
import { Tail } from "./tail.ts";

export type RoomServices = {
  readonly log: UpdateLog;
  readonly committer: Committer;
  readonly limits: SyncLimits;
  readonly guard: GuardLimits;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
  readonly builder: Builder;
  /** Entries of these users are on disk and have been sent to everybody. */
  committed(room: Room, users: ReadonlySet<string>): void;
  /** The room has grown a long tail in the log. */
  fold(room: Room): void;
  /** Somebody in it must be looked at soon. */
  watch(room: Room): void;
};

/**
 * `reloading`: work waits. `broken`: the log could not be read; everybody is asked to come back until
 * it can. Neither ever shows a document that is not what the log says.
 */
type Phase = "live" | "reloading" | "broken" | "closed";

/** An encoded state that nobody asked for in this time is given up, in milliseconds. */
const STATE_KEPT = 10_000;
/** State vector of somebody who has nothing. */
const NOTHING = new Uint8Array([0]);

/** One live document and everybody in it. What anybody sees of it is on disk. */
export class Room implements Source, Unbuilt {
  readonly id: RoomId;
  readonly name: string;
  readonly presence: Presence;
  readonly #services: RoomServices;
  readonly #audience: Audience;
  readonly #people = new Map<Seat, Person>();
  readonly #inbox: Inbox;
  readonly #reads = new Reads();
  readonly #tail: Tail;
  #document: LiveDocument;
  #phase: Phase = "live";
  /** Number of the last entry in the log. */
  #seq: number;
  /** Number of the batch that was applied last. */
  #applied = 0;
  #unwritten: Batch | null = null;
  #undelivered = 0;
  /** Document and log differ although nothing is unwritten. */
  #stale = false;
  /** Something is in the log that nobody here has been told. */
  #untold = false;
  #usedAt = Date.now();
  #changedAt = 0;
  #hashed = 0;

  /** Throws StoreCorrupt. */
  constructor(id: RoomId, stored: StoredRoom, services: RoomServices) {
    const { limits, timings } = services;
    this.id = id;
    this.name = roomName(id);
    this.#services = services;
    this.#document = new LiveDocument(id.kind, stored, services.guard, timings.buildBytes);
    this.#seq = stored.lastSeq;
    this.#hashed = stored.lastSeq;
    this.#tail = new Tail(stored);
    this.#inbox = new Inbox({ room: this.name, logger: this.#logger, metrics: services.metrics });
    this.#audience = new Audience({
      pauseBytes: limits.pauseBytes,
      closeBytes: limits.closeBytes,
      stall: timings.stall,
      quietSweeps: Math.max(1, Math.floor(timings.heartbeat / timings.sweep)),
    });
    this.presence = new Presence(
      {
        stateBytes: limits.presenceBytes,
        every: Math.max(timings.presenceEvery, 1000 / limits.presencePerSecond),
        pauseBytes: limits.pauseBytes / 4,
      },
      this.#document.owners,
    );
    this.#foldIfLong();
  }

  /** Nothing has ever been written in it. */
  get empty(): boolean {
    return this.#seq === 0;
  }

  get size(): number {
    return this.#audience.size;
  }

  /** How many read too slowly to be sent each update. */
  get behind(): number {
    return this.#audience.waiting;
  }

  /** Who is in it, once for each connection. */
  get people(): Iterable<Person> {
    return this.#people.values();
  }

  join(seat: Seat, person: Person): void {
    this.#usedAt = Date.now();
    this.#people.set(seat, person);
    this.#audience.join(seat, performance.now());
    this.presence.join(seat, person);
  }

  /** What it has sent is still written, unless it is to be dropped. */
  leave(seat: Seat, drop: boolean): void {
    if (drop) this.#inbox.drop(seat);
    if (!this.#people.delete(seat)) return;
    this.#usedAt = Date.now();
    this.#audience.leave(seat);
    this.presence.leave(seat);
  }

  /** Takes a document frame; what becomes of it is told to its seat. */
  submit(seat: Seat, frame: Frame): void {
    this.#inbox.addFrame(seat, frame);
    this.#request();
  }

  /** Sends the state after `vector` to a client that asked for it. */
  wantState(seat: Seat, vector: Uint8Array): void {
    this.#audience.want(seat, vector, true);
    this.#request();
  }

  /** Reads the document when it equals the log. Rejects with StoreUnavailable. */
  read<T>(look: (doc: Y.Doc) => T): Promise<T> {
    this.#usedAt = Date.now();
    if (this.#closed) return Promise.reject(new StoreUnavailable("The room is closed"));
    const read = this.#reads.add(look, this.#settled ? this.#document.doc : null);
    if (this.#reads.size > 0) this.#request();
    return read;
  }

  /** Queues something the server writes. */
  change(change: Change): void {
    if (this.#closed) {
      change.failed(new StoreUnavailable("The room is closed"));
      return;
    }
    this.#usedAt = Date.now();
    this.#inbox.addChange(change);
    this.#request();
  }

  /** What a change may ask while it is applied. */
  get owners(): LiveDocument["owners"] {
    return this.#document.owners;
  }

  work(turn: Turn): Harvest | null {
    switch (this.#phase) {
      case "live":
        try {
          return this.#work(turn);
        } catch (error) {
          this.#logger.error({ err: error }, "work on a room failed; it is read again from the log");
          void this.#reload(this.#vector());
          return null;
        }
      case "broken":
        this.#turnAllAway();
        return null;
      case "reloading":
      case "closed":
        return null;
    }
  }

  /** Looks at those who read slowly; false when there is nobody left to look at. */
  look(now: number): boolean {
    this.#audience.look(now);
    if (this.#audience.due) this.#request();
    return this.#audience.waiting > 0;
  }

  /** Once a second or so: heartbeats, the hash of a document at rest, memory. `now` is Date.now. */
  sweep(now: number): void {
    this.#audience.sweep();
    if (this.#phase !== "live") return;
    this.#document.trim(now - STATE_KEPT);
    if (this.#hashed !== this.#seq && now - this.#changedAt >= this.#services.timings.hashAfter)
      this.#sendHash();
  }

  get sending(): boolean {
    return this.#audience.sending;
  }

  build(): void {
    if (this.#phase !== "live") return;
    try {
      this.#document.build();
      this.#request();
    } catch (error) {
      this.#logger.error(
        { err: error },
        "a room's document could not be built; it is read again from the log",
      );
      void this.#reload(NOTHING);
    }
  }

  /** True when it may leave memory: nobody is in it and nothing is queued or unwritten. */
  unused(now: number, idle: number): boolean {
    const queued = this.#reads.size > 0 || !this.#inbox.empty;
    if (this.#audience.size > 0 || queued || this.#unwritten || this.#undelivered > 0) return false;
    return this.#phase !== "reloading" && now - this.#usedAt >= idle;
  }

  /** A snapshot of entries 1 to `upTo` is in the log. */
  folded(upTo: number): void {
    this.#tail.cut(Math.max(0, this.#seq - upTo));
  }

  close(): void {
    this.#phase = "closed";
    this.#services.builder.forget(this);
    this.presence.stop();
    this.#document.destroy();
    const closed = new StoreUnavailable("The room was closed");
    this.#reads.fail(closed);
    this.#inbox.turnAway(closed);
  }

  get #settled(): boolean {
    return this.#phase === "live" && !this.#unwritten && !this.#stale;
  }

  #request(): void {
    if (this.#phase !== "closed") this.#services.committer.request(this);
  }

  /** How far the document goes that everybody here has been told of. */
  #vector(): Uint8Array {
    return this.#document.built ? this.#document.vector() : NOTHING;
  }

  #work(turn: Turn): Harvest | null {
    if (this.#stale) {
      // Delivery comes first; it reads the document again.
      if (this.#undelivered === 0) void this.#reload(this.#vector());
      return null;
    }
    if (this.#reads.size > 0) this.#reads.serve(this.#document.doc);
    this.#audience.answer(this.#document, this.#applied, turn.deadline);
    if (this.#document.built) this.#audience.ask(this.#document);
    else this.#services.builder.request(this);
    if (this.#audience.waiting > 0) this.#services.watch(this);
    const batch = new Batch(this.#applied + 1);
    try {
      this.#stale = !this.#inbox.apply(this.#document, batch, turn);
    } catch (error) {
      this.#logger.error({ err: error }, "work on a room failed; it is read again from the log");
      this.#fail(batch, error);
      return null;
    }
    if (!this.#inbox.empty || this.#audience.due) this.#request();
    if (batch.entries.length === 0) {
      this.#finish(batch, []);
      if (this.#stale && this.#undelivered === 0) void this.#reload(this.#vector());
      return null;
    }
    this.#applied = batch.number;
    this.#unwritten = batch;
    let first = 0;
    return {
      entries: batch.entries,
      settle: (seqs) => {
        first = this.#settle(seqs);
      },
      deliver: () => this.#deliver(batch, first),
      fail: (error) => {
        this.#unwritten = null;
        this.#fail(batch, error);
      },
    };
  }

  #settle(seqs: readonly number[]): number {
    const [first = 0] = seqs;
    const last = seqs.at(-1) ?? 0;
    const batch = this.#unwritten;
    if (first !== this.#seq + 1 || last !== this.#seq + seqs.length) {
      this.#stale = true;
      this.#untold = true;
      this.#logger.warn({ expected: this.#seq + 1, got: first }, "another process has written in this room");
    }
    this.#seq = last;
    this.#unwritten = null;
    this.#undelivered += 1;
    this.#changedAt = Date.now();
    this.#tail.add(batch?.entries ?? []);
    this.#foldIfLong();
    return first;
  }

  #deliver(batch: Batch, first: number): void {
    this.#undelivered -= 1;
    this.#audience.deliver(batch, this.#document, this.#unwritten?.ranges ?? []);
    if (this.#audience.waiting > 0) this.#services.watch(this);
    const seqs = batch.entries.map((_, index) => first + index);
    this.#finish(batch, seqs);
    this.#services.committed(this, batch.users);
    if (this.#stale && !this.#unwritten) void this.#reload(this.#vector());
  }

  /** What a batch owes to those it came from, now that all of it is on disk. */
  #finish(batch: Batch, seqs: readonly number[]): void {
    const now = performance.now();
    for (const [seat, { frame, at }] of batch.handled) {
      this.#services.metrics.acknowledged((now - at) / 1000);
      seat.link.acknowledge(frame);
    }
    for (const { change, entry } of batch.changes) change.done(entry === null ? null : (seqs[entry] ?? null));
  }

  /** Nothing of the batch is on disk, so nothing of it may stay in the document. */
  #fail(batch: Batch, error: unknown): void {
    const before = this.#document.built ? this.#document.vectorBefore(batch.ranges) : NOTHING;
    for (const { change } of batch.changes) change.failed(error);
    for (const seat of new Set([...batch.writers, ...batch.handled.keys()])) {
      if (seat.link.mayWrite) seat.link.close("unavailable");
      else seat.link.acknowledge(seat.handled);
    }
    void this.#reload(before);
  }

  /** Reads the document again; who was told of the old one is told what came since `known`. */
  async #reload(known: Uint8Array): Promise<void> {
    if (this.#phase !== "live") return;
    const { log, guard, metrics } = this.#services;
    this.#phase = "reloading";
    const read = await reread({
      load: () => log.load(this.name),
      build: (stored) => ({ stored, document: new LiveDocument(this.id.kind, stored, guard) }),
      failed: (error, wait) => {
        metrics.failed("load");
        this.#logger.error({ err: error, retryMs: wait }, "a room could not be read again from the log");
        if (this.#closed) return;
        this.#phase = "broken";
        this.#request();
      },
      stopped: () => this.#closed,
    });
    if (read) this.#replace(read.document, read.stored, known);
  }

  #replace(fresh: LiveDocument, stored: StoredRoom, known: Uint8Array): void {
    const old = this.#document;
    this.#document = fresh;
    this.#phase = "live";
    this.#stale = false;
    this.#tail.cut(stored.tail.length);
    fresh.owners.inherit(old.owners);
    this.presence.moveTo(fresh.owners);
    if (this.#untold || stored.lastSeq !== this.#seq) this.#audience.catchUp(known);
    this.#untold = false;
    this.#seq = stored.lastSeq;
    old.destroy();
    this.#request();
  }

  #turnAllAway(): void {
    const error = new StoreUnavailable("The room cannot be read from the log");
    this.#reads.fail(error);
    this.#inbox.turnAway(error);
    this.#audience.turnAway();
  }

  #sendHash(): void {
    if (!this.#settled || this.#undelivered > 0 || !this.#inbox.empty) return;
    this.#hashed = this.#seq;
    const seats = [...this.#audience.seats].filter(
      ({ link, since, behind, want }) => link.gloss && since !== null && !behind && !want,
    );
    if (seats.length === 0) return;
    const message = encodeHash(documentHash(this.#document.doc));
    for (const seat of seats) seat.send(message);
  }

  #foldIfLong(): void {
    const { foldEntries, foldBytes } = this.#services.timings;
    if (this.#tail.isLong({ entries: foldEntries, bytes: foldBytes })) this.#services.fold(this);
  }

  get #closed(): boolean {
    return this.#phase === "closed";
  }

  get #logger(): Logger {
    return this.#services.logger.child({ room: this.name });
  }
}
