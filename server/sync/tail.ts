import type { NewEntry, StoredRoom } from "../store/log.ts";

/** How much of a room stands in the log after its last snapshot. */
export class Tail {
  #entries: number;
  #bytes: number;

  constructor(stored: StoredRoom) {
    this.#entries = stored.tail.length;
    this.#bytes = stored.tail.reduce((sum, entry) => sum + entry.bytes.length, 0);
  }

  add(entries: readonly NewEntry[]): void {
    this.#entries += entries.length;
    for (const entry of entries) this.#bytes += entry.bytes.length;
  }

  /** A snapshot leaves so many entries behind it. */
  cut(entries: number): void {
    this.#bytes = this.#entries > 0 ? Math.floor((this.#bytes * entries) / this.#entries) : 0;
    this.#entries = entries;
  }

  isLong(most: { readonly entries: number; readonly bytes: number }): boolean {
    return this.#entries > most.entries || this.#bytes > most.bytes;
  }
}
