import type { Range } from "../model/annotation.ts";
import { chooseCopies, type Found } from "./copies.ts";
import type { LiveMap, TextEntry, VisitHit, Watched } from "./live-map.ts";
import type { AnchorState } from "./placement.ts";
import type { Provenance, VisitRun } from "./provenance.ts";

/** The text as a range is located in it. */
export type LiveText = {
  readonly live: LiveMap;
  readonly provenance: Provenance;
  /** In document order; an entry's `ordinal` is its index here. */
  readonly entries: readonly TextEntry[];
  /** First clock of a client that has not arrived. */
  nextClock(client: number): number;
};

/** Client to first clock that was not there yet. */
export type StateVector = ReadonlyMap<number, number>;

/** Text from `firstOffset` in `first` to `lastOffset` (exclusive) in `last`. */
export type Segment = {
  readonly first: TextEntry;
  readonly firstOffset: number;
  last: TextEntry;
  lastOffset: number;
};

export type Located = {
  readonly state: AnchorState;
  readonly segments: readonly Segment[];
  /** Annotated characters, and how many of them live. */
  readonly total: number;
  readonly alive: number;
};

/** Collects what an answer rests on, so that it can be kept until that changes. */
export interface Trace {
  rest(on: Watched): void;
  /** The answer rests on more than is worth watching: it is to be found anew at every change. */
  volatile: boolean;
}

/** A range over more characters than this is located anew at every change instead of being watched. */
const MAX_WATCHED = 16_384;

/** Annotated characters behind this many are not looked for: a range may name the same ones again and again. */
const MAX_CHARACTERS = 32_000_000;

/**
 * Nor is a range looked for in more places than this, and so many times the texts of the article: named
 * again and again, all of it would take minutes to find.
 */
const MAX_PLACES = 10_000;
const MAX_TIMES = 4;

type Gathered = { readonly found: Found[]; readonly total: number; readonly arrived: boolean };

const NONE: Found[] = [];

/**
 * Finds where the characters of ranges are, one range after another. Made once, and lists begin with what they
 * hold, as an empty one that grows takes room for sixteen: with ten thousand ranges, collecting that garbage
 * takes as long as finding them.
 */
class Gatherer {
  #text: LiveText | null = null;
  #trace: Trace | null = null;
  #found = NONE;
  /** From the clock of a root to its place among the annotated characters. */
  #shift = 0;
  /** Annotated characters before the root at hand, and before the run it belongs to. */
  #at = 0;
  #total = 0;
  /** The run that is followed to its roots. */
  #own = 0;
  #ownClock = 0;

  gather(text: LiveText, range: Range, trace: Trace | null): Gathered {
    this.#text = text;
    this.#trace = trace;
    this.#total = 0;
    this.#found = NONE;
    let arrived = true;
    const most = MAX_PLACES + MAX_TIMES * text.entries.length;
    for (const [client, clock, length] of range.runs) {
      const known = Math.min(length, text.nextClock(client) - clock);
      if (known < length) arrived = false;
      if (known > 0 && this.#total < MAX_CHARACTERS && this.#found.length < most) {
        this.#at = this.#total;
        this.#own = client;
        this.#ownClock = clock;
        text.provenance.eachRoot(client, clock, known, this.#visitRoot);
      }
      this.#total += length;
    }
    const found = this.#found;
    this.#text = null;
    this.#trace = null;
    this.#found = NONE;
    return { found, total: this.#total, arrived };
  }

  readonly #visitRoot: VisitRun = (client, clock, length) => {
    this.#watch(client, clock, length);
    const here = this.#ownClock + this.#at - this.#total;
    // Where these characters come from may be told later.
    if (client !== this.#own || clock !== here) this.#watch(this.#own, here, length);
    this.#shift = this.#at - clock;
    this.#text?.live.find(client, clock, length, this.#take);
    this.#at += length;
  };

  readonly #take: VisitHit = (entry, offset, clock, length) => {
    const place = { at: this.#shift + clock, length, entry, offset };
    if (this.#found === NONE) this.#found = [place];
    else this.#found.push(place);
  };

  readonly #rest = (watched: Watched): void => this.#trace?.rest(watched);

  #watch(client: number, clock: number, length: number): void {
    const trace = this.#trace;
    if (!trace || trace.volatile) return;
    if (length > MAX_WATCHED) trace.volatile = true;
    else this.#text?.live.eachWatched(client, clock, length, this.#rest);
  }
}

const gatherer = new Gatherer();

/** What stands between two places: nothing, only text younger than `since`, or the text where older text is. */
function between(
  text: LiveText,
  segment: Segment,
  next: Found,
  since: StateVector | null,
): "nothing" | "younger" | TextEntry {
  let answer: "nothing" | "younger" = "nothing";
  for (let i = segment.last.ordinal; i <= next.entry.ordinal; i++) {
    const entry = text.entries[i];
    if (!entry) continue;
    const begin = entry === segment.last ? segment.lastOffset : 0;
    const end = entry === next.entry ? next.offset : entry.length;
    for (const span of begin < end ? entry.spans : []) {
      const from = Math.max(begin, span.offset);
      const to = Math.min(end, span.offset + span.length);
      if (from >= to) continue;
      const born = since?.get(span.client) ?? (since ? 0 : Infinity);
      if (span.clock + from - span.offset < born) return entry;
      answer = "younger";
    }
  }
  return answer;
}

function overlapsOrTouches(segment: Segment, next: Found): boolean {
  return next.entry.start + next.offset <= segment.last.start + segment.lastOffset;
}

function extend(segment: Segment, next: Found): void {
  const end = next.offset + next.length;
  if (next.entry.start + end <= segment.last.start + segment.lastOffset) return;
  segment.last = next.entry;
  segment.lastOffset = end;
}

function stateOf(
  gathered: Gathered,
  alive: number,
  shape: { segments: number; edited: boolean },
): AnchorState {
  if (!gathered.arrived) return "locating";
  if (alive === 0) return "detached";
  if (alive < gathered.total) return "part";
  if (shape.segments > 1) return "segments";
  return shape.edited ? "edited" : "whole";
}

/**
 * Where a range stands now. Pieces are one segment when they touch or when all that stands between them
 * is younger than `since`, the state of the text when the range was made (null: unknown, then any text
 * between divides).
 */
export function locate(
  text: LiveText,
  range: Range,
  since: StateVector | null,
  trace: Trace | null = null,
): Located {
  const gathered = gatherer.gather(text, range, trace);
  let segments: Segment[] = [];
  let alive = 0;
  let edited = false;
  let current: Segment | undefined;
  for (const place of chooseCopies(gathered.found)) {
    alive += place.length;
    if (current) {
      const gap = overlapsOrTouches(current, place) ? "nothing" : between(text, current, place, since);
      if (gap === "nothing" || gap === "younger") {
        edited ||= gap === "younger";
        extend(current, place);
        continue;
      }
      trace?.rest(gap);
    }
    const { entry, offset, length } = place;
    current = { first: entry, firstOffset: offset, last: entry, lastOffset: offset + length };
    if (segments.length === 0) segments = [current];
    else segments.push(current);
  }
  if (trace) {
    // What lies in one place changes only with the characters themselves, and those are watched.
    for (const { first, last } of gathered.found.length > 1 ? segments : []) {
      for (let i = first.ordinal; i <= last.ordinal; i++) trace.rest(text.entries[i] ?? first);
    }
    if (!gathered.arrived) trace.volatile = true;
  }
  const state = stateOf(gathered, alive, { segments: segments.length, edited });
  return { state, segments, total: gathered.total, alive };
}
