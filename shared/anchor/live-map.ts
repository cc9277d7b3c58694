import type * as Y from "yjs";

/** Told when something it looked at has changed. */
export interface Watcher {
  invalidate(): void;
}

/** From this many watchers on a set is faster than a list. */
const MANY = 32;

/** Something that can change, with those who want to hear of it. */
export class Watched {
  #few: Watcher[] | null = null;
  #many: Set<Watcher> | null = null;

  /** False when the watcher was the last one to come, and so is there already. */
  watch(watcher: Watcher): boolean {
    if (this.#many) {
      this.#many.add(watcher);
      return true;
    }
    if (this.#few === null) {
      this.#few = [watcher];
      return true;
    }
    if (this.#few[this.#few.length - 1] === watcher) return false;
    this.#few.push(watcher);
    if (this.#few.length >= MANY) {
      this.#many = new Set(this.#few);
      this.#few = null;
    }
    return true;
  }

  unwatch(watcher: Watcher): void {
    this.#many?.delete(watcher);
    const at = this.#few?.indexOf(watcher) ?? -1;
    if (at >= 0) this.#few?.splice(at, 1);
  }

  notify(): void {
    for (const watcher of this.#many ?? this.#few ?? []) watcher.invalidate();
  }
}

/** A stretch of live text with the root ids of its characters. */
export type Span = {
  readonly entry: TextEntry;
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  /** Where it begins in its text. */
  readonly offset: number;
};

/** One text of the article as the index knows it. `from` and `start` are kept current by every walk. */
export class TextEntry extends Watched {
  readonly type: Y.XmlText;
  text = "";
  spans: readonly Span[] = [];
  /** ProseMirror position of the first character. */
  from = 0;
  /** Plain-text offset of the first character. */
  start = 0;
  ordinal = 0;
  previous: TextEntry | null = null;
  /** Plain-text characters between the end of the text before and this one. */
  gap = 0;

  constructor(type: Y.XmlText) {
    super();
    this.type = type;
  }

  get length(): number {
    return this.text.length;
  }

  get end(): number {
    return this.start + this.text.length;
  }
}

const BUCKET = 128;

class Bucket extends Watched {
  readonly spans: Span[] = [];
}

const bucketOf = (clock: number): number => Math.floor(clock / BUCKET);

/** Sees a live place of wanted characters: `length` of them, from `clock` on, at `offset` in the text of `entry`. */
export type VisitHit = (entry: TextEntry, offset: number, clock: number, length: number) => void;

/** Which live text carries which root ids; hashed by client and clock. */
export class LiveMap {
  readonly #clients = new Map<number, Map<number, Bucket>>();

  add(span: Span): void {
    const buckets = this.#bucketsOf(span.client);
    for (let at = bucketOf(span.clock); at <= bucketOf(span.clock + span.length - 1); at++) {
      const bucket = bucketAt(buckets, at);
      bucket.spans.push(span);
      bucket.notify();
    }
  }

  remove(span: Span): void {
    const buckets = this.#bucketsOf(span.client);
    for (let at = bucketOf(span.clock); at <= bucketOf(span.clock + span.length - 1); at++) {
      const bucket = bucketAt(buckets, at);
      const index = bucket.spans.indexOf(span);
      if (index >= 0) bucket.spans.splice(index, 1);
      bucket.notify();
    }
  }

  /** Tells whoever looked for these characters that the answer may be another one now. */
  touch(client: number, clock: number, length: number): void {
    const buckets = this.#clients.get(client);
    if (!buckets) return;
    for (let at = bucketOf(clock); at <= bucketOf(clock + length - 1); at++) buckets.get(at)?.notify();
  }

  /** Every live place of the characters `clock`.. of `client`; the same character may be in several. */
  find(client: number, clock: number, length: number, visit: VisitHit): void {
    const buckets = this.#clients.get(client);
    if (!buckets) return;
    const end = clock + length;
    const last = bucketOf(end - 1);
    for (let at = bucketOf(clock); at <= last; at++) {
      const bucket = buckets.get(at);
      if (!bucket) continue;
      for (const span of bucket.spans) {
        const begin = Math.max(clock, span.clock);
        const stop = Math.min(end, span.clock + span.length);
        // A span stands in every bucket it touches; it is taken in the first one of the wanted part.
        if (begin < stop && bucketOf(begin) === at) {
          visit(span.entry, span.offset + begin - span.clock, begin, stop - begin);
        }
      }
    }
  }

  /** What changes when the answer of `find` for these characters changes. */
  eachWatched(client: number, clock: number, length: number, visit: (watched: Watched) => void): void {
    const buckets = this.#bucketsOf(client);
    for (let at = bucketOf(clock); at <= bucketOf(clock + length - 1); at++) visit(bucketAt(buckets, at));
  }

  #bucketsOf(client: number): Map<number, Bucket> {
    const known = this.#clients.get(client);
    if (known) return known;
    const buckets = new Map<number, Bucket>();
    this.#clients.set(client, buckets);
    return buckets;
  }
}

function bucketAt(buckets: Map<number, Bucket>, at: number): Bucket {
  const known = buckets.get(at);
  if (known) return known;
  const bucket = new Bucket();
  buckets.set(at, bucket);
  return bucket;
}
