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
import type { Committer, Harvest, Source, Turn } from "./committer.ts";
import type { GuardLimits } from "./guard/limits.ts";
import { DocumentSpoilt, LiveDocument } from "./live-document.ts";
import type { SyncMetrics } from "./metrics.ts";
import { Presence } from "./presence.ts";
import { runFrames } from "./run-frames.ts";
import type { Frame, Seat } from "./seat.ts";
import type { Timings } from "./settings.ts";

export type RoomServices = {
  readonly log: UpdateLog;
  readonly committer: Committer;
  readonly limits: SyncLimits;
  readonly guard: GuardLimits;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
  /** Entries of these users are on disk and have been sent to everybody. */
  committed(room: Room, users: ReadonlySet<string>): void;
  /** The room has grown a long tail in the log. */
  fold(room: Room): void;
  /** Somebody in it must be looked at soon. */
  watch(room: Room): void;
};

/** A look at the document, for when it equals the log. */
type Read = { look(doc: Y.Doc): void; failed(error: unknown): void };

/**
 * `reloading`: work waits. `broken`: the log could not be read; everybody is asked to come back until
 * it can. Neither ever shows a document that is not what the log says.
 */
type Phase = "live" | "reloading" | "broken" | "closed";

const FIRST_RETRY = 500;
const LONGEST_RETRY = 5_000;
/** An encoded state that nobody asked for in this time is given up, in milliseconds. */
const STATE_KEPT = 10_000;

/** One live document and everybody in it. What anybody sees of it is on disk. */
export class Room implements Source {
  readonly id: RoomId;
  readonly name: string;
  readonly presence: Presence;
  readonly #services: RoomServices;
  readonly #audience: Audience;
  readonly #people = new Map<Seat, Person>();
  readonly #writing = new Set<Seat>();
  #reads: Read[] = [];
  #changes: Change[] = [];
  #document: LiveDocument;
  #phase: Phase = "live";
  /** Number of the last entry in the log. */
  #seq: number;
  #tail: { entries: number; bytes: number };
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
  #retry: NodeJS.Timeout | null = null;

  /** Throws StoreCorrupt. */
  constructor(id: RoomId, stored: StoredRoom, services: RoomServices) {
    const { limits, timings } = services;
    this.id = id;
    this.name = roomName(id);
    this.#services = services;
    this.#document = new LiveDocument(id.kind, stored, services.guard);
    this.#seq = stored.lastSeq;
    this.#hashed = stored.lastSeq;
    this.#tail = tailOf(stored);
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

  leave(seat: Seat): void {
    if (!this.#people.delete(seat)) return;
    this.#usedAt = Date.now();
    this.#writing.delete(seat);
    this.#audience.leave(seat);
    this.presence.leave(seat);
  }

  /** Takes a document frame; what becomes of it is told to its seat. */
  submit(seat: Seat, frame: Frame): void {
    seat.queue(frame);
    this.#writing.add(seat);
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
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) throw new StoreUnavailable("The room is closed");
      const read: Read = {
        look: (doc) => {
          try {
            resolve(look(doc));
          } catch (error) {
            reject(error);
          }
        },
        failed: reject,
      };
      if (this.#settled) {
        read.look(this.#document.doc);
        return;
      }
      this.#reads.push(read);
      this.#request();
    });
  }

  /** Queues something the server writes. */
  change(change: Change): void {
    if (this.#closed) {
      change.failed(new StoreUnavailable("The room is closed"));
      return;
    }
    this.#usedAt = Date.now();
    this.#changes.push(change);
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
          void this.#reload(this.#document.vector());
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

  /** True when it may leave memory: nobody is in it and nothing is queued or unwritten. */
  unused(now: number, idle: number): boolean {
    const queued = this.#reads.length + this.#changes.length + this.#writing.size;
    if (this.#audience.size > 0 || queued > 0 || this.#unwritten || this.#undelivered > 0) return false;
    return this.#phase !== "reloading" && now - this.#usedAt >= idle;
  }

  /** A snapshot of entries 1 to `upTo` is in the log. */
  folded(upTo: number): void {
    this.#tail = { entries: Math.max(0, this.#seq - upTo), bytes: 0 };
  }

  close(): void {
    this.#phase = "closed";
    if (this.#retry) clearTimeout(this.#retry);
    this.presence.stop();
    this.#document.destroy();
    const closed = new StoreUnavailable("The room was closed");
    for (const read of this.#reads.splice(0)) read.failed(closed);
    for (const change of this.#changes.splice(0)) change.failed(closed);
  }

  get #settled(): boolean {
    return this.#phase === "live" && !this.#unwritten && !this.#stale;
  }

  #request(): void {
    if (this.#phase !== "closed") this.#services.committer.request(this);
  }

  #work(turn: Turn): Harvest | null {
    if (this.#stale) {
      // Delivery comes first; it reads the document again.
      if (this.#undelivered === 0) void this.#reload(this.#document.vector());
      return null;
    }
    for (const read of this.#reads.splice(0)) read.look(this.#document.doc);
    this.#audience.answer(this.#document, this.#applied, turn.deadline);
    if (this.#audience.waiting > 0) this.#services.watch(this);
    const batch = new Batch(this.#applied + 1);
    try {
      this.#applyChanges(batch, turn);
      this.#applyFrames(batch, turn);
    } catch (error) {
      this.#logger.error({ err: error }, "work on a room failed; it is read again from the log");
      this.#fail(batch, error);
      return null;
    }
    if (this.#writing.size > 0 || this.#audience.due) this.#request();
    if (batch.entries.length === 0) {
      this.#finish(batch, []);
      if (this.#stale && this.#undelivered === 0) void this.#reload(this.#document.vector());
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

  #applyChanges(batch: Batch, turn: Turn): void {
    for (const change of this.#changes.splice(0)) {
      if (!turn.writable || this.#stale) {
        change.failed(new StoreUnavailable("The update log cannot be written"));
        continue;
      }
      try {
        batch.addChange(this.name, change, change.apply(this.#document));
      } catch (error) {
        this.#stale = error instanceof DocumentSpoilt;
        change.failed(error instanceof DocumentSpoilt ? (error.cause ?? error) : error);
      }
    }
  }

  #applyFrames(batch: Batch, turn: Turn): void {
    const options = {
      room: this.name,
      writable: turn.writable,
      deadline: turn.deadline,
      onMissing: () => this.#services.metrics.missing(),
    };
    for (const seat of this.#writing) {
      if (this.#stale || performance.now() > turn.deadline) return;
      this.#writing.delete(seat);
      try {
        runFrames(this.#document, seat, batch, options);
      } catch (error) {
        if (!(error instanceof DocumentSpoilt)) throw error;
        this.#stale = true;
        this.#logger.error(
          { err: error, user: seat.link.userId },
          "an update spoilt the document and is dropped",
        );
        batch.handled.delete(seat);
        seat.link.close("refused-update");
      }
      if (seat.queued && this.#people.has(seat)) this.#writing.add(seat);
    }
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
    this.#tail.entries += seqs.length;
    for (const entry of batch?.entries ?? []) this.#tail.bytes += entry.bytes.length;
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
    if (this.#stale && !this.#unwritten) void this.#reload(this.#document.vector());
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
    const before = this.#document.vectorBefore(batch.ranges);
    for (const { change } of batch.changes) change.failed(error);
    for (const seat of new Set([...batch.writers, ...batch.handled.keys()])) {
      if (seat.link.mayWrite) seat.link.close("unavailable");
      else seat.link.acknowledge(seat.handled);
    }
    void this.#reload(before);
  }

  /** Reads the document again; who was told of the old one is told what came since `known`. */
  async #reload(known: Uint8Array): Promise<void> {
    const { log, guard } = this.#services;
    this.#phase = "reloading";
    for (let wait = FIRST_RETRY; !this.#closed; wait = Math.min(wait * 2, LONGEST_RETRY)) {
      try {
        const stored = await log.load(this.name);
        if (this.#closed) return;
        this.#replace(new LiveDocument(this.id.kind, stored, guard), stored, known);
        return;
      } catch (error) {
        this.#services.metrics.failed("load");
        this.#logger.error({ err: error, retryMs: wait }, "a room could not be read again from the log");
      }
      if (this.#closed) return;
      this.#phase = "broken";
      this.#request();
      await new Promise<void>((resolve) => {
        this.#retry = setTimeout(resolve, wait);
      });
    }
  }

  #replace(fresh: LiveDocument, stored: StoredRoom, known: Uint8Array): void {
    const old = this.#document;
    this.#document = fresh;
    this.#phase = "live";
    this.#stale = false;
    this.#tail = tailOf(stored);
    this.presence.moveTo(fresh.owners);
    if (this.#untold || stored.lastSeq !== this.#seq) this.#audience.catchUp(known);
    this.#untold = false;
    this.#seq = stored.lastSeq;
    old.destroy();
    this.#request();
  }

  #turnAllAway(): void {
    const error = new StoreUnavailable("The room cannot be read from the log");
    for (const read of this.#reads.splice(0)) read.failed(error);
    for (const change of this.#changes.splice(0)) change.failed(error);
    for (const seat of this.#writing) {
      seat.takeFrames();
      seat.link.turnAway();
    }
    this.#writing.clear();
    this.#audience.turnAway();
  }

  #sendHash(): void {
    if (!this.#settled || this.#undelivered > 0 || this.#writing.size > 0) return;
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
    if (this.#tail.entries > foldEntries || this.#tail.bytes > foldBytes) this.#services.fold(this);
  }

  get #closed(): boolean {
    return this.#phase === "closed";
  }

  get #logger(): Logger {
    return this.#services.logger.child({ room: this.name });
  }
}

function tailOf(stored: StoredRoom): { entries: number; bytes: number } {
  const bytes = stored.tail.reduce((sum, entry) => sum + entry.bytes.length, 0);
  return { entries: stored.tail.length, bytes };
}
