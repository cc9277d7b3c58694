import { firstIndex } from "../model/first-index.ts";
import type { TextEntry } from "./live-map.ts";

/** A live place of annotated characters; `at` counts from the first annotated character. */
export type Found = {
  readonly at: number;
  readonly length: number;
  readonly entry: TextEntry;
  readonly offset: number;
};

/** Most copies of the first characters from which a chain is tried. */
const MAX_STARTS = 32;

const position = (found: Found): number => found.entry.start + found.offset;

const byPosition = (a: Found, b: Found): number => position(a) - position(b);

/** Annotated characters that live together everywhere, with all places where they do, in text order. */
type Step = { readonly length: number; readonly places: Found[] };

function toSteps(found: readonly Found[]): Step[] {
  const cuts = [...new Set(found.flatMap(({ at, length }) => [at, at + length]))].sort((a, b) => a - b);
  const indexOf = new Map(cuts.map((cut, index) => [cut, index]));
  const steps: Step[] = cuts.map((cut, index) => ({ length: (cuts[index + 1] ?? cut) - cut, places: [] }));
  for (const { at, length, entry, offset } of found) {
    for (let i = indexOf.get(at) ?? 0; (cuts[i] ?? Infinity) < at + length; i++) {
      const cut = cuts[i] ?? at;
      const step = steps[i];
      step?.places.push({ at: cut, length: step.length, entry, offset: offset + cut - at });
    }
  }
  const living = steps.filter(({ places }) => places.length > 0);
  for (const { places } of living) places.sort(byPosition);
  return living;
}

/** The first place at or behind `from`, or when there is none the last one before it. */
function nextPlace(places: readonly Found[], from: number): Found | undefined {
  return places[firstIndex(places, (place) => position(place) >= from)] ?? places.at(-1);
}

type Chain = { readonly places: readonly Found[]; readonly jumps: number; readonly extent: number };

function follow(steps: readonly Step[], start: Found): Chain {
  const places: Found[] = [];
  let jumps = 0;
  let end = position(start);
  let low = end;
  let high = end;
  for (const step of steps) {
    const place = places.length === 0 ? start : nextPlace(step.places, end);
    if (!place) continue;
    if (position(place) < end) jumps += 1;
    end = position(place) + place.length;
    low = Math.min(low, position(place));
    high = Math.max(high, end);
    places.push(place);
  }
  return { places, jumps, extent: high - low };
}

/** True when some character is found at more than one place. `found` is in annotation order. */
function doubled(found: readonly Found[]): boolean {
  let end = 0;
  for (const { at, length } of found) {
    if (at < end) return true;
    end = at + length;
  }
  return false;
}

/**
 * One place for every annotated character that lives, in text order. Concurrent edits can double text;
 * then the copy is taken that reads on with the fewest backward jumps, over the shortest stretch, first
 * in the article. All readers choose alike.
 */
export function chooseCopies(found: Found[]): readonly Found[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.at - b.at);
  if (!doubled(found)) return found.sort(byPosition);
  const steps = toSteps(found);
  let best: Chain | null = null;
  for (const start of steps[0]?.places.slice(0, MAX_STARTS) ?? []) {
    const chain = follow(steps, start);
    const better =
      best === null || chain.jumps < best.jumps || (chain.jumps === best.jumps && chain.extent < best.extent);
    if (better) best = chain;
  }
  return [...(best?.places ?? [])].sort(byPosition);
}
