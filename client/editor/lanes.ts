/**
 * How marks that overlap share the text: each strip gets a lane for its line below the text, strips on
 * exactly the same words with the same tag are drawn once, and text is cut where the stack changes.
 */

/** One mark's tag on one stretch of text. */
export type Span = {
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly tag: string;
  /** Class names of its own, e.g. its anchor state. */
  readonly traits: readonly string[];
};

/** Spans that are drawn as one. */
export type Strip = {
  readonly from: number;
  readonly to: number;
  readonly tag: string;
  /** Keys of the marks, in the order they came. */
  readonly keys: readonly string[];
  readonly traits: readonly string[];
  /** Line 0 is nearest to the text. */
  readonly lane: number;
};

/** A stretch over which the same strips lie; the shortest strip comes first. */
export type Segment = {
  readonly from: number;
  readonly to: number;
  readonly stack: readonly Strip[];
};

/** Lines beyond this share the last lane. */
export const MAX_LANES = 5;
/** Strips drawn over one stretch of text: the shortest of them. */
export const MAX_STACK = 12;
/** Strips kept in view while the text is cut: with thousands over everything, no more could be told apart. */
const MAX_OPEN = 200;

/** Gives every strip the lowest lane that is free over its whole length; longer strips choose first. */
export function layStrips(spans: readonly Span[]): readonly Strip[] {
  const sorted = conflate(spans);
  const ends: number[] = [];
  return sorted.map((strip) => {
    let lane = ends.findIndex((end) => end <= strip.from);
    if (lane < 0) lane = ends.length;
    ends[lane] = strip.to;
    return { ...strip, lane: Math.min(lane, MAX_LANES - 1) };
  });
}

type Draft = Omit<Strip, "lane">;

function conflate(spans: readonly Span[]): readonly Draft[] {
  const drafts = new Map<string, { draft: Draft; keys: Set<string>; traits: Set<string> }>();
  for (const { from, to, tag, key, traits } of spans) {
    if (from >= to) continue;
    const id = `${String(from)} ${String(to)} ${tag}`;
    const known = drafts.get(id);
    if (known) {
      known.keys.add(key);
      for (const trait of traits) known.traits.add(trait);
      continue;
    }
    drafts.set(id, {
      draft: { from, to, tag, keys: [], traits: [] },
      keys: new Set([key]),
      traits: new Set(traits),
    });
  }
  return Array.from(drafts.values(), ({ draft, keys, traits }) => ({
    ...draft,
    keys: Array.from(keys),
    traits: Array.from(traits),
  })).sort(byPlace);
}

function byPlace(a: Draft, b: Draft): number {
  return a.from - b.from || b.to - a.to;
}

/** Cuts the text at every end of a strip. Stretches without a strip are left out. */
export function cutSegments(strips: readonly Strip[]): readonly Segment[] {
  const cuts = Array.from(new Set(strips.flatMap(({ from, to }) => [from, to]))).sort((a, b) => a - b);
  const segments: Segment[] = [];
  let open: Strip[] = [];
  let next = 0;
  for (const [at, from] of cuts.entries()) {
    open = open.filter((strip) => strip.to > from);
    for (let strip = strips[next]; strip && strip.from <= from; strip = strips[++next]) open.push(strip);
    if (open.length > MAX_OPEN) open = open.toSorted(shortestFirst).slice(0, MAX_OPEN);
    const to = cuts[at + 1];
    if (to === undefined || open.length === 0) continue;
    segments.push({ from, to, stack: open.toSorted(shortestFirst).slice(0, MAX_STACK) });
  }
  return segments;
}

function shortestFirst(a: Strip, b: Strip): number {
  return a.to - a.from - (b.to - b.from) || b.lane - a.lane;
}
