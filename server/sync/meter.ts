import type { SyncLimits } from "../limits.ts";
import { Bucket } from "./bucket.ts";

/** A connection that was quiet may spend this many seconds of its allowance at once: offline work comes back whole. */
const BURST_SECONDS = 20;
/** Allowance of a person over that of one of their connections. */
const PERSON = 4;
/** Opening a room takes the request itself, a question for the state and an answer. */
const FRAMES_TO_OPEN = 3;
/** Presence messages beyond what is shown: every y-websocket client echoes what it hears of others. */
const ECHOES = 10;

/** Milliseconds of work that what a person sends may cost in each second, on average and at once. */
const WORK_PER_SECOND = 200;
const WORK_AT_ONCE = 5_000;
/** Refusals that a person may cause at once and then in each second, before they are let in more slowly. */
const REFUSALS_AT_ONCE = 30;
const REFUSALS_PER_SECOND = 1;
/** Between two sockets of somebody who was refused too often, in milliseconds. */
const SPACING = 20;

type Buckets = { readonly frames: Bucket; readonly bytes: Bucket };

function buckets(limits: SyncLimits, times: number): Buckets {
  const now = performance.now();
  const { framesPerSecond, bytesPerSecond, roomsPerConnection } = limits;
  const frames = framesPerSecond * BURST_SECONDS + roomsPerConnection * FRAMES_TO_OPEN;
  return {
    frames: new Bucket(framesPerSecond * times, frames * times, now),
    bytes: new Bucket(bytesPerSecond * times, bytesPerSecond * times * BURST_SECONDS, now),
  };
}

/** What all connections of one person may send together. */
class PersonMeter {
  readonly #buckets: Buckets;
  readonly #work = new Bucket(WORK_PER_SECOND, WORK_AT_ONCE, performance.now());
  readonly #refusals = new Bucket(REFUSALS_PER_SECOND, REFUSALS_AT_ONCE, performance.now());
  #nextAt = 0;

  constructor(limits: SyncLimits) {
    this.#buckets = buckets(limits, PERSON);
  }

  refused(): void {
    this.#refusals.owe(1, performance.now());
  }

  /** How long the next socket is to wait before anything is read from it, in milliseconds. */
  delay(): number {
    const now = performance.now();
    if (!this.#refusals.inDebt(now)) return 0;
    this.#nextAt = Math.max(this.#nextAt, now) + SPACING;
    return this.#nextAt - now;
  }

  worked(milliseconds: number): void {
    this.#work.owe(milliseconds, performance.now());
  }

  mayWork(now: number): boolean {
    return !this.#work.inDebt(now);
  }

  take(kind: keyof Buckets, count: number, now: number): boolean {
    return this.#buckets[kind].take(count, now);
  }
}

/** What one websocket, with all its channels, may send. */
export class Meter {
  readonly #person: PersonMeter;
  readonly #buckets: Buckets;
  readonly #presence: Bucket;

  constructor(limits: SyncLimits, person: PersonMeter) {
    const presence = limits.presencePerSecond * ECHOES;
    this.#person = person;
    this.#buckets = buckets(limits, 1);
    this.#presence = new Bucket(presence, presence * BURST_SECONDS, performance.now());
  }

  /** A document frame or a question for the state. */
  takeFrame(): boolean {
    return this.#person.mayWork(performance.now()) && this.#take("frames", 1);
  }

  /** Notes how long it took to judge and apply what came. Who costs too much is told so at their next frame. */
  worked(milliseconds: number): void {
    this.#person.worked(milliseconds);
  }

  /** Notes that something was refused or made no sense. */
  refused(): void {
    this.#person.refused();
  }

  /** How long a new socket of somebody who was refused too often waits before it is served, in milliseconds. */
  delay(): number {
    return this.#person.delay();
  }

  takeBytes(count: number): boolean {
    return this.#take("bytes", count);
  }

  /** False when a presence message is one too many: it is dropped, the next one says more. */
  takePresence(): boolean {
    return this.#presence.take(1, performance.now());
  }

  #take(kind: keyof Buckets, count: number): boolean {
    const now = performance.now();
    return this.#buckets[kind].take(count, now) && this.#person.take(kind, count, now);
  }
}

/** The meters of everybody who is connected, and of those who left so lately that theirs is not full again. */
export class Meters {
  readonly #people = new Map<string, { readonly meter: PersonMeter; sockets: number; leftAt: number }>();

  enter(person: string, limits: SyncLimits): PersonMeter {
    const now = performance.now();
    for (const [id, { sockets, leftAt }] of this.#people) {
      if (sockets === 0 && now - leftAt > BURST_SECONDS * 1000) this.#people.delete(id);
    }
    const known = this.#people.get(person) ?? { meter: new PersonMeter(limits), sockets: 0, leftAt: now };
    known.sockets += 1;
    this.#people.set(person, known);
    return known.meter;
  }

  leave(person: string): void {
    const known = this.#people.get(person);
    if (!known) return;
    known.sockets -= 1;
    known.leftAt = performance.now();
  }
}
