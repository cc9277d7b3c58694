/** A token bucket: `rate` a second on average, `burst` at once. Times are milliseconds. */
export class Bucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes `count` tokens; false, and takes none, when there are too few. */
  take(count: number, now: number): boolean {
    this.#fill(now);
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes `count` tokens whether there are so many or not: what has been used already is owed. */
  owe(count: number, now: number): void {
    this.#fill(now);
    this.#tokens -= count;
  }

  /** More is owed than there was. */
  inDebt(now: number): boolean {
    this.#fill(now);
    return this.#tokens < 0;
  }

  #fill(now: number): void {
    if (now <= this.#at) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) * this.#rate) / 1000);
    this.#at = now;
  }
}
