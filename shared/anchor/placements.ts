import type { Range } from "../model/annotation.ts";
import type { Watcher } from "./live-map.ts";
import type { Located, Trace } from "./locate.ts";
import { piecesOf, placementOf } from "./place.ts";
import type { Piece, Placement } from "./placement.ts";
import type { ArticleIndex, VectorLookup } from "./text-index.ts";

class Held implements Watcher {
  readonly ranges: readonly Range[];
  readonly vector: VectorLookup;
  located: readonly Located[] = [];
  trace: Trace | null = null;
  placement: Placement | null = null;
  /** Version of the index for which `placement` holds. */
  version = -1;
  #queued = false;
  readonly #queue: Held[];

  constructor(ranges: readonly Range[], vector: VectorLookup, queue: Held[]) {
    this.ranges = ranges;
    this.vector = vector;
    this.#queue = queue;
  }

  invalidate(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#queue.push(this);
  }

  release(): void {
    for (const watchers of this.trace?.release ?? []) watchers.delete(this);
    this.trace = null;
    this.#queued = false;
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
  readonly #keys = new Map<Held, string>();
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
    const held = new Held(ranges, vector, this.#queue);
    this.#held.set(key, held);
    this.#keys.set(held, key);
    held.invalidate();
  }

  delete(key: string): void {
    const held = this.#held.get(key);
    if (!held) return;
    held.release();
    this.#held.delete(key);
    this.#keys.delete(held);
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
      const key = this.#keys.get(held);
      if (key !== undefined && this.#locate(held)) this.#changed.add(key);
    }
  }

  /** Locates an anchor anew; true when it is different in more than how far the text before it has shifted it. */
  #locate(held: Held): boolean {
    held.release();
    held.trace = { watcher: held, release: [], volatile: false };
    const before = held.placement;
    const located = this.#index.locateAll(held.ranges, held.vector, held.trace);
    const placement = placementOf(this.#index, located);
    const stayed = before !== null && sameSpots(located, held.located);
    if (held.trace.volatile) this.#volatile.add(held);
    else this.#volatile.delete(held);
    held.located = located;
    held.version = this.#version;
    if (before && same(before, placement) && samePieces(before.pieces, placement.pieces)) return false;
    held.placement = placement;
    return !stayed || !same(before, placement);
  }
}
