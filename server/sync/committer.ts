import type { Logger } from "pino";
import { StoreClash, StoreUnavailable, type NewEntry, type UpdateLog } from "../store/log.ts";
import type { SyncMetrics } from "./metrics.ts";

/** One turn of work: `writable` is false while the log cannot be written; stop at `deadline` (performance.now). */
export type Turn = { readonly writable: boolean; readonly deadline: number };

/** What a room did in a turn and wants on disk. Exactly one of `settle` and `fail` is called. */
export interface Harvest {
  readonly entries: readonly NewEntry[];
  /** The entries are on disk under these numbers. */
  settle(seqs: readonly number[]): void;
  /** After `settle`, once the next batch is on its way to the disk: tell everybody. */
  deliver(): void;
  /** Nothing of it was written. */
  fail(error: unknown): void;
}

export interface Source {
  /** Does what is queued. Called only while nothing of this source is unwritten. */
  work(turn: Turn): Harvest | null;
}

/** The longest rest before a failed log is tried again, over the first. */
const LONGEST_REST = 40;
/** A failure so soon after the last one doubles the rest. */
const SOON = 30_000;

/** Milliseconds: the longest work before what was done is written, and the first rest of a failed log. */
export type CommitterTimes = { readonly turn: number; readonly probe: number };

/**
 * Group commit. When idle, what a turn of the event loop brought is written at once; what comes while a
 * batch is being written makes the next batch. One batch is on its way at a time, so between batches
 * documents and log agree.
 */
export class Committer {
  readonly #log: UpdateLog;
  readonly #logger: Logger;
  readonly #metrics: SyncMetrics;
  readonly #times: CommitterTimes;
  readonly #waiting = new Set<Source>();
  #scheduled = false;
  #writing = false;
  #writable = true;
  #rest: number;
  #failedAt = Number.NEGATIVE_INFINITY;
  #probe: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(
    log: UpdateLog,
    times: CommitterTimes,
    { logger, metrics }: { logger: Logger; metrics: SyncMetrics },
  ) {
    this.#log = log;
    this.#times = times;
    this.#rest = times.probe;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** False from a failed write until the log can be written again. */
  get writable(): boolean {
    return this.#writable;
  }

  /** Asks for a turn of work. */
  request(source: Source): void {
    this.#waiting.add(source);
    this.#schedule();
  }

  /** Resolves when nothing is queued or being written. */
  async idle(): Promise<void> {
    if (!this.#busy) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Ends the watch for a failed log's return. */
  stop(): void {
    this.#stopped = true;
    if (this.#probe) clearTimeout(this.#probe);
    this.#probe = null;
  }

  get #busy(): boolean {
    return this.#scheduled || this.#writing || this.#waiting.size > 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#writing) return;
    this.#scheduled = true;
    // After all sockets that are readable now have been read.
    setImmediate(() => {
      this.#scheduled = false;
      // A source that had more to do asked for this turn before what it did was on its way to the disk.
      if (!this.#writing) this.#turn();
    });
  }

  #turn(): void {
    const turn: Turn = { writable: this.#writable, deadline: performance.now() + this.#times.turn };
    const harvests: Harvest[] = [];
    for (const source of this.#waiting) {
      this.#waiting.delete(source);
      const harvest = source.work(turn);
      if (harvest) harvests.push(harvest);
      if (performance.now() > turn.deadline) break;
    }
    if (harvests.length > 0) void this.#write(harvests);
    else if (this.#waiting.size > 0) this.#schedule();
    else this.#rested();
  }

  #rested(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  async #write(harvests: readonly Harvest[]): Promise<void> {
    this.#writing = true;
    const written = await this.#append(harvests);
    this.#writing = false;
    // The next batch is handed to the disk first: it is written while this one is delivered.
    this.#turn();
    for (const harvest of written) this.#deliver(harvest);
  }

  #deliver(harvest: Harvest): void {
    try {
      harvest.deliver();
    } catch (error) {
      this.#logger.error({ err: error }, "what was written could not be delivered to everybody");
    }
  }

  /** Writes all it can and answers with what was written. */
  async #append(harvests: readonly Harvest[]): Promise<readonly Harvest[]> {
    if (harvests.length === 0) return [];
    const entries = harvests.flatMap((harvest) => harvest.entries);
    const from = performance.now();
    try {
      const seqs = await this.#log.append(entries);
      this.#metrics.committed((performance.now() - from) / 1000, entries.length);
      let at = 0;
      for (const harvest of harvests) {
        harvest.settle(seqs.slice(at, at + harvest.entries.length));
        at += harvest.entries.length;
      }
      return harvests;
    } catch (error) {
      return await this.#failed(harvests, entries, error);
    }
  }

  async #failed(
    harvests: readonly Harvest[],
    entries: readonly NewEntry[],
    error: unknown,
  ): Promise<readonly Harvest[]> {
    if (error instanceof StoreClash) {
      const entry = entries[error.entry];
      const culprit = harvests.find((harvest) => entry !== undefined && harvest.entries.includes(entry));
      if (culprit) {
        culprit.fail(error);
        return await this.#append(harvests.filter((harvest) => harvest !== culprit));
      }
    } else if (!(error instanceof StoreUnavailable) && harvests.length > 1) {
      // A bug over one room's entries must not take the other rooms along.
      this.#logger.error({ err: error }, "a batch could not be written; its rooms are written one by one");
      const written: Harvest[] = [];
      for (const harvest of harvests) written.push(...(await this.#append([harvest])));
      return written;
    }
    this.#metrics.failed("append");
    this.#logger.error({ err: error, entries: entries.length }, "updates could not be written to the log");
    this.#suspend();
    for (const harvest of harvests) harvest.fail(error);
    return [];
  }

  /** Nothing is written until the log says that it can be. */
  #suspend(): void {
    const now = performance.now();
    if (now - this.#failedAt < SOON) this.#restLonger();
    else this.#rest = this.#times.probe;
    this.#failedAt = now;
    if (!this.#writable) return;
    this.#writable = false;
    this.#await();
  }

  #restLonger(): void {
    this.#rest = Math.min(this.#rest * 2, this.#times.probe * LONGEST_REST);
  }

  #await(): void {
    if (this.#stopped) return;
    this.#probe = setTimeout(() => void this.#tryAgain(), this.#rest);
  }

  async #tryAgain(): Promise<void> {
    this.#probe = null;
    try {
      await this.#log.probe();
    } catch (error) {
      this.#restLonger();
      this.#logger.warn({ err: error, restMs: this.#rest }, "the log still cannot be written");
      this.#await();
      return;
    }
    this.#writable = true;
    this.#logger.info("the log can be written again");
    if (this.#waiting.size > 0) this.#schedule();
  }
}
