const KEPT_LINES = 60;
const KEPT_FAILURES = 10;

/** What a simulation found, and what happened lately in it. */
export class Report {
  readonly failures: string[] = [];
  readonly #elapsed: () => number;
  readonly #lines: string[] = [];
  readonly #counts = new Map<string, number>();

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  get failed(): boolean {
    return this.failures.length > 0;
  }

  /** The last things that happened, oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Something must never happen and has. */
  fail(what: string): void {
    this.note(`FAILED: ${what}`);
    if (this.failures.length < KEPT_FAILURES) this.failures.push(what);
  }

  /** For whoever reads why it failed. */
  note(what: string): void {
    this.#lines.push(`${this.#elapsed().toFixed(2).padStart(11)} ${what}`);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }

  count(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }
}
