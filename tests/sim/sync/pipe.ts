import type { Random } from "../../attack/random.ts";
import type { Clock, Owner } from "./clock.ts";

type Parcel = {
  readonly size: number;
  /** When it has left the sender's machine, and when it is here. */
  readonly leaves: number;
  readonly arrives: number;
  readonly arrive: () => void;
  readonly cancel: () => void;
};

/** Most messages take up to this many milliseconds, a few up to LONG. */
const USUAL = 20;
const LONG = 400;

/**
 * One direction of a connection: what is put in comes out whole, in order and some time later, for as
 * long as it is not cut. A receiver that reads slowly makes what is put in wait before it leaves.
 */
export class Pipe {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #receiver: Owner;
  #parcels: Parcel[] = [];
  #closed = false;
  #rate: number | null = null;

  constructor(clock: Clock, random: Random, receiver: Owner) {
    this.#clock = clock;
    this.#random = random;
    this.#receiver = receiver;
  }

  /** Bytes that have not left yet. */
  get buffered(): number {
    const now = this.#clock.elapsed;
    return this.#underWay().reduce((sum, { size, leaves }) => (leaves > now ? sum + size : sum), 0);
  }

  /** Bytes a millisecond from now on; null for any number. */
  pace(rate: number | null): void {
    const now = this.#clock.elapsed;
    const under = this.#underWay();
    const waiting = under.filter(({ leaves }) => leaves > now);
    this.#rate = rate;
    this.#parcels = under.filter(({ leaves }) => leaves <= now);
    for (const { size, arrive, cancel } of waiting) {
      cancel();
      this.#put(size, arrive);
    }
  }

  push(size: number, arrive: () => void): void {
    if (!this.#closed) this.#put(size, arrive);
  }

  #put(size: number, arrive: () => void): void {
    const now = this.#clock.elapsed;
    const last = this.#underWay().at(-1);
    const pace = this.#rate === null ? 0 : size / this.#rate;
    const leaves = Math.max(now, last?.leaves ?? 0) + pace;
    const way = this.#random.next() * (this.#random.chance(0.03) ? LONG : USUAL);
    const arrives = Math.max(last?.arrives ?? 0, leaves + way);
    const cancel = this.#clock.after(arrives - now, arrive, this.#receiver);
    this.#parcels.push({ size, leaves, arrives, arrive, cancel });
  }

  /** Nothing more comes out than some of what is under way; `ended` is called after it. */
  cut(ended: () => void): void {
    if (this.#closed) return;
    const under = this.#underWay();
    const arriving = this.#random.below(under.length + 1);
    for (const { cancel } of under.slice(arriving)) cancel();
    this.#parcels = under.slice(0, arriving);
    this.pace(null);
    this.push(0, ended);
    this.#closed = true;
  }

  #underWay(): readonly Parcel[] {
    const now = this.#clock.elapsed;
    this.#parcels = this.#parcels.filter(({ arrives }) => arrives > now);
    return this.#parcels;
  }
}
