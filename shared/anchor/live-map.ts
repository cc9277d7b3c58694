import type * as Y from "yjs";

/** Told when something it looked at has changed. */
export interface Watcher {
  invalidate(): void;
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
export class TextEntry {
  readonly type: Y.XmlText;
  readonly watchers = new Set<Watcher>();
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
    this.type = type;
  }

  get length(): number {
    return this.text.length;
  }

  get end(): number {
    return this.start + this.text.length;
  }
}

export function notify(watchers: ReadonlySet<Watcher>): void {
  for (const watcher of watchers) watcher.invalidate();
}

const BUCKET_BITS = 7;
const BUCKET = 2 ** BUCKET_BITS;

class Bucket {
  spans: Span[] = [];
  readonly watchers = new Set<Watcher>();
}

const bucketOf = (clock: number): number => Math.floor(clock / BUCKET);

/** A place where characters with wanted root ids are: `offset` in the entry's text. */
export type Hit = {
  readonly clock: number;
  readonly length: number;
  readonly entry: TextEntry;
  readonly offset: number;
};

/** Which live text carries which root ids; hashed by client and clock. */
export class LiveMap {
  readonly #clients = new Map<number, Map<number, Bucket>>();

  add(span: Span): void {
    this.#each(span.client, span, (bucket) => {
      bucket.spans.push(span);
      notify(bucket.watchers);
    });
  }

  remove(span: Span): void {
    this.#each(span.client, span, (bucket) => {
      const at = bucket.spans.indexOf(span);
      if (at >= 0) bucket.spans.splice(at, 1);
      notify(bucket.watchers);
    });
  }

  /** Tells whoever looked for these characters that the answer may be another one now. */
  touch(client: number, clock: number, length: number): void {
    const buckets = this.#clients.get(client);
    if (!buckets) return;
    for (let at = bucketOf(clock); at <= bucketOf(clock + length - 1); at++) {
      const bucket = buckets.get(at);
      if (bucket) notify(bucket.watchers);
    }
  }

  /** Every live place of the characters `clock`.. of `client`; the same character may be in several. */
  find(client: number, run: { clock: number; length: number }, visit: (hit: Hit) => void): void {
    const buckets = this.#clients.get(client);
    if (!buckets) return;
    const { clock } = run;
    const end = clock + run.length;
    const last = bucketOf(end - 1);
    for (let at = bucketOf(clock); at <= last; at++) {
      for (const span of buckets.get(at)?.spans ?? []) {
        const begin = Math.max(clock, span.clock);
        const stop = Math.min(end, span.clock + span.length);
        // A span stands in every bucket it touches; it is taken in the first one of the wanted part.
        if (begin >= stop || bucketOf(begin) !== at) continue;
        const offset = span.offset + begin - span.clock;
        visit({ clock: begin, length: stop - begin, entry: span.entry, offset });
      }
    }
  }

  /** Has `watcher` told of every later change of where these characters are. Returns what ends it. */
  watch(client: number, run: { clock: number; length: number }, watcher: Watcher): Set<Watcher>[] {
    const watched: Set<Watcher>[] = [];
    this.#each(client, run, (bucket) => {
      bucket.watchers.add(watcher);
      watched.push(bucket.watchers);
    });
    return watched;
  }

  #each(client: number, run: { clock: number; length: number }, visit: (bucket: Bucket) => void): void {
    const buckets = this.#clients.get(client) ?? new Map<number, Bucket>();
    this.#clients.set(client, buckets);
    for (let at = bucketOf(run.clock); at <= bucketOf(run.clock + run.length - 1); at++) {
      const bucket = buckets.get(at) ?? new Bucket();
      buckets.set(at, bucket);
      visit(bucket);
    }
  }
}
