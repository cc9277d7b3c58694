import { AsyncLocalStorage } from "node:async_hooks";
import type { Random } from "../../attack/random.ts";

/** Something that runs and whose timers end with it: a server process, a browser tab. */
export interface Owner {
  readonly name: string;
}

type Due = {
  at: number;
  readonly order: number;
  readonly run: () => void;
  readonly owner: Owner | null;
  readonly every: number | null;
  cancelled: boolean;
};

type Run = (...given: unknown[]) => void;

/** What setTimeout and its like answer with. */
class Handle {
  readonly due: Due;

  constructor(due: Due) {
    this.due = due;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

const START = Date.UTC(2030, 0, 1);
const realImmediate = setImmediate;

/**
 * The only time there is in a simulation. While it is installed, everything that asks for the time or
 * for a timer, in the server and in the client alike, is served from here: what is due next happens
 * next, and between two events all promises settle. Work takes a little time too, by chance.
 */
export class Clock {
  readonly #random: Random;
  readonly #owners = new AsyncLocalStorage<Owner | null>();
  readonly #forgotten = new WeakSet<Owner>();
  readonly #heap: Due[] = [];
  #now = START;
  #order = 0;
  #uninstall: (() => void) | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Milliseconds since the simulation began. */
  get elapsed(): number {
    return this.#now - START;
  }

  /** Runs something on behalf of an owner: timers it makes are the owner's. */
  as<T>(owner: Owner | null, run: () => T): T {
    return this.#owners.run(owner, run);
  }

  /** The owner's timers never fire and new ones are not made: it has been killed. */
  forget(owner: Owner): void {
    this.#forgotten.add(owner);
  }

  /** Lets something happen after `wait` milliseconds, for `owner`. */
  after(wait: number, run: () => void, owner: Owner | null = null): () => void {
    const { due } = this.#schedule(run, wait, { owner, every: null });
    return () => {
      due.cancelled = true;
    };
  }

  /** Resolves after `wait` milliseconds, unless the owner it is asked by has been killed by then. */
  sleep(wait: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(wait, resolve, this.#owners.getStore() ?? null);
    });
  }

  /** Lets everything happen that is due in the next `span` milliseconds, or until `done`. */
  async run(span: number, done: () => boolean = () => false): Promise<void> {
    const end = this.#now + span;
    while (!done()) {
      const next = this.#pop(end);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.as(next.owner, next.run);
      await settled();
      if (next.every !== null && !next.cancelled) {
        next.at = this.#now + next.every;
        this.#push(next);
      }
    }
    if (!done()) this.#now = Math.max(this.#now, end);
  }

  /** Takes the place of the machine's clock until `uninstall`. */
  install(): void {
    const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
    const { now } = Date;
    const here = (): { owner: Owner | null } => ({ owner: this.#owners.getStore() ?? null });
    const after = (run: Run, wait = 0, ...given: unknown[]): Handle =>
      this.#schedule(() => run(...given), Math.max(1, wait), { ...here(), every: null });
    const each = (run: Run, wait = 0, ...given: unknown[]): Handle =>
      this.#schedule(() => run(...given), Math.max(1, wait), { ...here(), every: Math.max(1, wait) });
    const soon = (run: Run, ...given: unknown[]): Handle =>
      this.#schedule(() => run(...given), this.#random.next() / 2, { ...here(), every: null });
    const stop = (handle: unknown): void => {
      if (handle instanceof Handle) handle.due.cancelled = true;
    };
    Object.assign(globalThis, {
      setTimeout: after,
      clearTimeout: stop,
      setInterval: each,
      clearInterval: stop,
      setImmediate: soon,
      clearImmediate: stop,
    });
    Date.now = () => Math.floor(this.#now);
    performance.now = () => this.#work();
    this.#uninstall = () => {
      Object.assign(globalThis, {
        setTimeout,
        clearTimeout,
        setInterval,
        clearInterval,
        setImmediate,
        clearImmediate,
      });
      Date.now = now;
      Reflect.deleteProperty(performance, "now");
    };
  }

  uninstall(): void {
    this.#uninstall?.();
    this.#uninstall = null;
  }

  /** Whoever measures time works, and work takes time: mostly next to nothing, now and then a lot. */
  #work(): number {
    const dice = this.#random.next();
    this.#now += dice < 0.9 ? 0.01 : dice < 0.98 ? 0.5 : 6;
    return this.#now - START;
  }

  #schedule(
    run: () => void,
    wait: number,
    { owner, every }: { owner: Owner | null; every: number | null },
  ): Handle {
    const due: Due = { at: this.#now + wait, order: this.#order, run, owner, every, cancelled: false };
    this.#order += 1;
    if (owner === null || !this.#forgotten.has(owner)) this.#push(due);
    return new Handle(due);
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The next event that is still to happen, if it is due by `end`. */
  #pop(end: number): Due | null {
    const heap = this.#heap;
    for (;;) {
      const [first] = heap;
      if (!first || first.at > end) return null;
      this.#swap(0, heap.length - 1);
      heap.pop();
      this.#sink();
      const dead = first.owner !== null && this.#forgotten.has(first.owner);
      if (!first.cancelled && !dead) return first;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#before(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

/** All promises that can settle have settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    realImmediate(resolve);
  });
}
