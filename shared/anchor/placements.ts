import type { Range } from "../model/annotation.ts";
import type { Watched, Watcher } from "./live-map.ts";
import type { Located, Trace } from "./locate.ts";
import { piecesOf, placementOf } from "./place.ts";
import type { Piece, Placement } from "./placement.ts";
import type { ArticleIndex, VectorLookup } from "./text-index.ts";

const NOTHING: Watched[] = [];

class Held implements Watcher, Trace {
  readonly key: string;
  readonly ranges: readonly Range[];
  readonly vector: VectorLookup;
  located: readonly Located[] = [];
  placement: Placement | null = null;
  /** Version of the index for which the positions in `placement` hold. */
  version = -1;
  volatile = false;
  removed = false;
  #queued = false;
  readonly #queue: Held[];
  #restsOn = NOTHING;

  constructor(key: string, anchor: { ranges: readonly Range[]; vector: VectorLookup }, queue: Held[]) {
    this.key = key;
    this.ranges = anchor.ranges;
    this.vector = anchor.vector;
    this.#queue = queue;
  }

  rest(on: Watched): void {
    if (!on.watch(this)) return;
    if (this.#restsOn === NOTHING) this.#restsOn = [on];
    else this.#restsOn.push(on);
  }

  invalidate(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#queue.push(this);
  }

  /** Forgets what the last answer rested on. */
  release(): void {
    for (const watched of this.#restsOn) watched.unwatch(this);
    this.#restsOn = NOTHING;
    this.#queued = false;
    this.volatile = false;
  }
}

function samePieces(a: readonly Piece[], b: readonly Piece[]): boolean {
  return (
    a.length === b.length &&
    a.every((piece, i) => {
      const other = b[i];
      return other?.from === piece.from && other.to === piece.to && other.start === piece.start;
    })
  );
}

function same(a: Placement, b: Placement): boolean {
  return a.state === b.state && a.kept === b.kept && a.text === b.text;
}

/** True when ranges stand at the same places of the same texts, wherever these are in the article. */
function sameSpots(a: readonly Located[], b: readonly Located[]): boolean {
  return a.every((located, i) => {
    const others = b[i]?.segments ?? [];
    return (
      located.segments.length === others.length &&
      located.segments.every((segment, j) => {
        const other = others[j];
        return (
          segment.first === other?.first &&
          segment.firstOffset === other.firstOffset &&
          segment.last === other.last &&
          segment.lastOffset === other.lastOffset
        );
      })
    );
  });
}

/**
 * Placements of many anchors, kept over edits: after a change only those are located again whose words,
 * or what stands between them, have changed. All others keep their words and are at most shifted.
 */
export class PlacementCache {
  readonly #index: ArticleIndex;
  readonly #held = new Map<string, Held>();
  readonly #volatile = new Set<Held>();
  readonly #queue: Held[] = [];
  #changed = new Set<string>();
  #version = -1;

  constructor(index: ArticleIndex) {
    this.#index = index;
  }

  /** Adds an anchor or gives it other ranges. `vector` finds the state vectors that they name. */
  set(key: string, ranges: readonly Range[], vector: VectorLookup): void {
    this.delete(key);
    const held = new Held(key, { ranges, vector }, this.#queue);
    this.#held.set(key, held);
    held.invalidate();
  }

  delete(key: string): void {
    const held = this.#held.get(key);
    if (!held) return;
    held.release();
    held.removed = true;
    this.#held.delete(key);
    this.#volatile.delete(held);
    this.#changed.delete(key);
  }

  /** Where an anchor stands now; the same object as before when nothing about it is different. Null: no such key. */
  get(key: string): Placement | null {
    this.#work();
    const held = this.#held.get(key);
    if (!held?.placement) return null;
    if (held.version !== this.#version) {
      const pieces = piecesOf(held.located);
      if (!samePieces(held.placement.pieces, pieces)) held.placement = { ...held.placement, pieces };
      held.version = this.#version;
    }
    return held.placement;
  }

  /**
   * Works in all edits. Returns the keys whose words, state or place among them have changed since the
   * last call, new keys included; every other anchor has at most shifted with the text before it.
   */
  refresh(): ReadonlySet<string> {
    this.#work();
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  #work(): void {
    this.#index.refresh();
    if (this.#version !== this.#index.version) for (const held of this.#volatile) held.invalidate();
    this.#version = this.#index.version;
    for (const held of this.#queue.splice(0)) {
      if (!held.removed && this.#locate(held)) this.#changed.add(held.key);
    }
  }

  /** Locates an anchor anew; true when it is different in more than how far the text before it has shifted it. */
  #locate(held: Held): boolean {
    held.release();
    const before = held.placement;
    const located = this.#index.locateAll(held.ranges, held.vector, held);
    const placement = placementOf(this.#index, located);
    const stayed = before !== null && sameSpots(located, held.located);
    if (held.volatile) this.#volatile.add(held);
    else this.#volatile.delete(held);
    held.located = located;
    held.version = this.#version;
    if (before && same(before, placement) && samePieces(before.pieces, placement.pieces)) return !stayed;
    held.placement = placement;
    return !stayed || !same(before, placement);
  }
}
