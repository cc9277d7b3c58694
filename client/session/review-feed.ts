import type * as Y from "yjs";
import {
  finishedMap,
  mergeReviews,
  peopleMap,
  readReview,
  verdictMap,
  type ReviewRecords,
} from "#shared/doc/review.ts";
export type { ReviewRecords } from "#shared/doc/review.ts";
import type { ArticleSession, Readable } from "./contract.ts";
import { reviewPort } from "./review-port.ts";

/**
 * The verdicts and finished reviews of an open article as everybody sees them, parsed. They are read when
 * asked for the first time after a change; verdicts that have not changed stay the same objects. Nothing
 * is observed while nobody listens.
 */
export function reviewRecords(session: ArticleSession): Readable<ReviewRecords> {
  return new ReviewFeed(reviewPort(session));
}

class ReviewFeed implements Readable<ReviewRecords> {
  readonly #port: Readable<readonly Y.Doc[]>;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | null = null;
  #records: ReviewRecords | null = null;

  constructor(port: Readable<readonly Y.Doc[]>) {
    this.#port = port;
  }

  readonly get = (): ReviewRecords => {
    if (!this.#stop) return this.#read();
    return (this.#records ??= this.#read());
  };

  #read(): ReviewRecords {
    return mergeReviews(this.#port.get().map(readReview));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stop ??= this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
      this.#records = null;
    };
  };

  #watch(): () => void {
    let leave = this.#observe(this.#port.get());
    const stop = this.#port.subscribe(() => {
      leave();
      leave = this.#observe(this.#port.get());
      this.#changed();
    });
    return () => {
      leave();
      stop();
    };
  }

  #observe(docs: readonly Y.Doc[]): () => void {
    const maps = docs.flatMap((doc) => [verdictMap(doc), finishedMap(doc), peopleMap(doc)]);
    for (const map of maps) map.observe(this.#changed);
    return () => {
      for (const map of maps) map.unobserve(this.#changed);
    };
  }

  readonly #changed = (): void => {
    this.#records = null;
    for (const listener of Array.from(this.#listeners)) listener();
  };
}
