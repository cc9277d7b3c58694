/**
 * Faults that a test plants in the worker: shared memory, so that setting one needs no message and
 * takes effect at the next commit.
 */
const FAULT = { none: 0, full: 1, io: 2, busy: 3, crashBefore: 4, crashAfter: 5, hold: 6 } as const;
export type Fault = keyof typeof FAULT;

/** SQLite's code and words for each failure. */
const ERRORS: Partial<Record<Fault, readonly [string, string]>> = {
  full: ["SQLITE_FULL", "database or disk is full"],
  io: ["SQLITE_IOERR_FSYNC", "disk I/O error"],
  busy: ["SQLITE_BUSY", "database is locked"],
};

export class Faults {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** The next `times` commits meet this fault. */
  plant(fault: Fault, times = 1): void {
    Atomics.store(this.#cells, 1, times);
    Atomics.store(this.#cells, 0, FAULT[fault]);
    Atomics.notify(this.#cells, 0);
  }

  /** In the worker, just before a commit. */
  beforeCommit(): void {
    const fault = this.#take((name) => name !== "crashAfter");
    if (fault === "hold") Atomics.wait(this.#cells, 0, FAULT.hold);
    if (fault === "crashBefore") process.exit(70);
    const error = ERRORS[fault];
    if (error) throw Object.assign(new Error(error[1]), { code: error[0] });
  }

  /** In the worker, between the commit and its answer. */
  afterCommit(): void {
    if (this.#take((name) => name === "crashAfter") === "crashAfter") process.exit(70);
  }

  #take(here: (fault: Fault) => boolean): Fault {
    const value = Atomics.load(this.#cells, 0);
    const fault = (Object.keys(FAULT) as Fault[]).find((name) => FAULT[name] === value) ?? "none";
    if (fault === "none" || !here(fault)) return "none";
    if (fault !== "hold" && Atomics.sub(this.#cells, 1, 1) <= 1) Atomics.store(this.#cells, 0, FAULT.none);
    return fault;
  }
}
