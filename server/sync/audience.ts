import type { ClientRange } from "../store/log.ts";
import type { Batch } from "./batch.ts";
import { Bucket } from "./bucket.ts";
import type { LiveDocument } from "./live-document.ts";
import { STILL_HERE } from "./messages.ts";
import type { Seat } from "./seat.ts";

export type AudienceLimits = {
  /** Unsent bytes above which a reader gets no more updates until it has drained. */
  readonly pauseBytes: number;
  /** Growth of the unsent bytes of a reader that is behind above which it is closed. */
  readonly closeBytes: number;
  /** How long a reader may take nothing at all, in milliseconds. */
  readonly stall: number;
  /** Sweeps without a message after which a small one is sent. */
  readonly quietSweeps: number;
};

/** How often a client may ask for the state: encoding it is the dearest thing it can ask for. */
const STATES_PER_SECOND = 4;
const STATES_AT_ONCE = 10;

/** A reader that takes this much of its backlog is slow, not stuck. */
const PROGRESS_BYTES = 64 * 1024;

/** How a reader stands with what was sent to it. */
type Standing = {
  readonly states: Bucket;
  lowest: number;
  progressAt: number;
};

/**
 * Everybody in one room, and who of them is told what. A reader that is behind gets no updates; once it
 * has read what was sent, it gets one state from where it stood.
 */
export class Audience {
  readonly #limits: AudienceLimits;
  readonly #seats = new Map<Seat, Standing>();
  /** Asked for the state, or due one, and able to take it. */
  readonly #due = new Set<Seat>();
  /** Due a state but with too much unsent, or asking too often. */
  readonly #waiting = new Set<Seat>();
  /** Have got the document and are to be asked what they have beyond it, once it is built. */
  readonly #unasked = new Set<Seat>();

  constructor(limits: AudienceLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#seats.size;
  }

  get seats(): Iterable<Seat> {
    return this.#seats.keys();
  }

  has(seat: Seat): boolean {
    return this.#seats.has(seat);
  }

  /** Somebody is due a state. */
  get due(): boolean {
    return this.#due.size > 0;
  }

  /** Somebody must be looked at again with `look`. */
  get waiting(): number {
    return this.#waiting.size;
  }

  join(seat: Seat, now: number): void {
    const states = new Bucket(STATES_PER_SECOND, STATES_AT_ONCE, now);
    this.#seats.set(seat, { states, lowest: 0, progressAt: now });
  }

  leave(seat: Seat): void {
    this.#seats.delete(seat);
    this.#due.delete(seat);
    this.#waiting.delete(seat);
    this.#unasked.delete(seat);
  }

  /** A state after `vector` is due; a later wish of the client replaces an earlier one. */
  want(seat: Seat, vector: Uint8Array, asked: boolean): void {
    seat.want = { vector, asked: asked || seat.want?.asked === true };
    if (!this.#waiting.has(seat)) this.#due.add(seat);
  }

  /** Sends states that are due until `deadline`. The document must equal the log; `batch` is its last. */
  answer(document: LiveDocument, batch: number, deadline: number): void {
    for (const seat of this.#due) {
      this.#due.delete(seat);
      const standing = this.#seats.get(seat);
      const { want } = seat;
      if (!standing || !want) continue;
      const now = performance.now();
      if (seat.link.buffered() > this.#limits.pauseBytes || !standing.states.take(1, now)) {
        this.#wait(seat, standing, now);
        continue;
      }
      seat.want = null;
      seat.behind = false;
      seat.since = batch;
      seat.deliver(document.parcelSince(want.vector, Date.now()));
      if (want.asked) this.#unasked.add(seat);
      if (performance.now() > deadline) return;
    }
  }

  /** Asks those who got the document for what they have beyond it; that takes a built one. */
  ask(document: LiveDocument): void {
    if (this.#unasked.size === 0) return;
    const vector = document.vector();
    for (const seat of this.#unasked) seat.ask(vector);
    this.#unasked.clear();
  }

  /** What was sent to somebody is still on its way to the network. */
  get sending(): boolean {
    for (const { link } of this.#seats.keys()) if (link.buffered() > 0) return true;
    return false;
  }

  /** Tells everybody of a batch that is on disk; `later` are ranges already applied after it. */
  deliver(batch: Batch, document: LiveDocument, later: readonly ClientRange[]): void {
    let before: Uint8Array | null = null;
    for (const [seat, standing] of this.#seats) {
      if (seat.since === null || seat.since >= batch.number || seat.behind) continue;
      const parcel = batch.parcelFor(seat);
      if (!parcel) continue;
      if (seat.link.buffered() <= this.#limits.pauseBytes) {
        seat.deliver(parcel);
        continue;
      }
      before ??= document.vectorBefore([...batch.ranges, ...later]);
      seat.behind = true;
      seat.want ??= { vector: before, asked: false };
      this.#wait(seat, standing, performance.now());
    }
  }

  /** Looks at who had to wait: drained ones become due, stuck ones are closed. */
  look(now: number): void {
    for (const seat of this.#waiting) {
      const standing = this.#seats.get(seat);
      if (!standing) continue;
      const buffered = seat.link.buffered();
      if (buffered <= this.#limits.pauseBytes / 4) {
        this.#waiting.delete(seat);
        this.#due.add(seat);
        continue;
      }
      if (buffered < standing.lowest - PROGRESS_BYTES) {
        standing.lowest = buffered;
        standing.progressAt = now;
      }
      const stuck = now - standing.progressAt > this.#limits.stall;
      if (stuck || buffered > standing.lowest + this.#limits.closeBytes) seat.link.close("too-slow");
    }
  }

  /** Everybody who has been told of the document becomes due a state after `vector`. */
  catchUp(vector: Uint8Array): void {
    for (const seat of this.#seats.keys()) {
      if (seat.since !== null && !seat.want) this.want(seat, vector, false);
    }
  }

  /** Nobody's wish can be met now: they are asked to come back. */
  turnAway(): void {
    for (const seat of this.#due) {
      this.#due.delete(seat);
      if (seat.want?.asked) seat.link.close("unavailable");
      else this.#waiting.add(seat);
    }
  }

  /** Sends something small to whoever has heard nothing for long. */
  sweep(): void {
    for (const seat of this.#seats.keys()) {
      seat.quietSweeps += 1;
      if (seat.quietSweeps >= this.#limits.quietSweeps) seat.send(STILL_HERE);
    }
  }

  #wait(seat: Seat, standing: Standing, now: number): void {
    this.#waiting.add(seat);
    standing.lowest = seat.link.buffered();
    standing.progressAt = now;
  }
}
