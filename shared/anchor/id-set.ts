import type { IdRun } from "./strands.ts";

/** A set of characters by id. */
export class IdSet {
  readonly #clients = new Map<number, { begin: number; end: number }[]>();

  add({ client, clock, length }: IdRun): void {
    const ranges = this.#clients.get(client) ?? [];
    this.#clients.set(client, ranges);
    ranges.push({ begin: clock, end: clock + length });
  }

  /** Parts a run into those of its characters that are in the set and those that are not, in order. */
  split({ client, clock, length }: IdRun): { readonly run: IdRun; readonly within: boolean }[] {
    const parts: { run: IdRun; within: boolean }[] = [];
    const end = clock + length;
    let at = clock;
    const push = (to: number, within: boolean): void => {
      if (to > at) parts.push({ run: { client, clock: at, length: to - at }, within });
      at = Math.max(at, to);
    };
    for (const range of (this.#clients.get(client) ?? []).toSorted((a, b) => a.begin - b.begin)) {
      if (range.end <= at || range.begin >= end) continue;
      push(range.begin, false);
      push(Math.min(range.end, end), true);
    }
    push(end, false);
    return parts;
  }
}
