import type * as Y from "yjs";
import { Cell } from "./cell.ts";
import type { ArticleSession, Readable } from "./contract.ts";
import { Batch, type Schedule } from "./frame.ts";
import { reviewPort } from "./review-port.ts";
import { textPort } from "./text-port.ts";
import { whileHeard } from "./while-heard.ts";

export type PlacedList<P> = {
  readonly placed: readonly P[];
  /** Records that could not be read. */
  readonly unreadable: number;
};

export type Placing<T, P> = {
  /** Where a document has the records. */
  readonly map: (doc: Y.Doc) => Y.Map<unknown>;
  readonly read: (docs: readonly Y.Doc[]) => {
    readonly records: readonly T[];
    readonly unreadable: number;
  };
  /** A record with its place in the text as it is now. */
  readonly place: (record: T) => P;
  readonly idOf: (placed: P) => string;
  /** True when the two show the same. */
  readonly same: (one: P, other: P) => boolean;
  readonly inOrder: (one: P, other: P) => number;
  /** What places depend on besides the text. */
  readonly also?: readonly Pick<Readable<unknown>, "subscribe">[];
  readonly schedule: Schedule;
};

/**
 * What is said about an open article with its places in the text as it is now, made anew at most once a
 * frame; what shows the same stays the same object. Nothing is observed while nobody listens.
 */
export class PlacedRecords<T, P> implements Readable<PlacedList<P>> {
  readonly #session: ArticleSession;
  readonly #placing: Placing<T, P>;
  readonly #cell = new Cell<PlacedList<P>>({ placed: [], unreadable: 0 });
  readonly #batch: Batch;
  #read: ReturnType<Placing<T, P>["read"]> | null = null;

  constructor(session: ArticleSession, placing: Placing<T, P>) {
    this.#session = session;
    this.#placing = placing;
    this.#batch = new Batch(placing.schedule, () => this.#place());
  }

  readonly get = (): PlacedList<P> => this.#cell.get();

  readonly subscribe = whileHeard(this.#cell.subscribe, () => this.#watch());

  /** Returns what ends it. */
  #watch(): () => void {
    const docs = reviewPort(this.#session);
    const { binding } = textPort(this.#session);
    const { map, also = [] } = this.#placing;
    const wish = (): void => this.#batch.wish();
    const changed = (): void => {
      this.#read = null;
      wish();
    };
    let leave = (): void => {};
    let leaveText = (): void => {};
    const follow = (): void => {
      leave();
      const maps = docs.get().map(map);
      for (const one of maps) one.observe(changed);
      leave = () => {
        for (const one of maps) one.unobserve(changed);
      };
      changed();
    };
    const followText = (): void => {
      leaveText();
      leaveText = binding.get()?.index.subscribe(wish) ?? (() => {});
      wish();
    };
    const stops = [
      docs.subscribe(follow),
      binding.subscribe(followText),
      ...also.map((source) => source.subscribe(wish)),
      () => leave(),
      () => leaveText(),
    ];
    follow();
    followText();
    this.#batch.flush();
    return () => {
      this.#batch.stop();
      for (const stop of stops) stop();
      this.#read = null;
    };
  }

  #place(): void {
    const { read, place, idOf, same, inOrder } = this.#placing;
    this.#read ??= read(reviewPort(this.#session).get());
    const { records, unreadable } = this.#read;
    const last = this.#cell.get();
    const before = new Map(last.placed.map((one) => [idOf(one), one]));
    const placed = records.map((record) => {
      const now = place(record);
      const known = before.get(idOf(now));
      return known !== undefined && same(known, now) ? known : now;
    });
    placed.sort(inOrder);
    const unchanged =
      unreadable === last.unreadable &&
      placed.length === last.placed.length &&
      placed.every((one, at) => one === last.placed[at]);
    if (!unchanged) this.#cell.set({ placed, unreadable });
  }
}
