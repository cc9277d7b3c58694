import * as Y from "yjs";
import { Refused } from "./refusals.ts";
import { KIND, Struct, type AnyType } from "./struct.ts";

type Neighbour = Struct | Y.Item | Y.GC | null;

/**
 * Bounds the work Yjs will have with an update. A struct that claims a place which others claim too is
 * moved past each of them, so a few megabytes of structs that all claim one place would keep the
 * server busy for minutes. One unit is one struct passed.
 */
export class Effort {
  #left: number;
  readonly #followed = new Map<number, Set<number>>();

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Throws Refused when the update has used up what it may. */
  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new Refused("too-complex");
  }

  /** Splitting an item moves all later ones of its client in memory. */
  split(structs: number): void {
    this.spend(1 + structs / MOVED_PER_UNIT);
  }

  /** Counts a struct with its resolved place and key; `client` is whose it is. */
  place(struct: Struct, client: number, left: Neighbour, right: Neighbour): void {
    const { place, key } = struct;
    if (place === null) return;
    const line = key === null ? place.children : place.under(key);
    const contested = left === null ? line.headed : this.#isFollowed(struct, left);
    if (left === null) line.headed = true;
    if (contested) this.spend(line.structs);
    if (struct.originClient !== client || struct.originClock !== struct.clock - 1) {
      this.spend(passed(struct, left, right));
    }
    // Yjs joins neighbouring values by copying, and holds every copy until it is done.
    if (key === null && (struct.kind === KIND.any || struct.kind === KIND.json)) this.spend(line.units);
    line.structs += 1;
    line.units += struct.length;
  }

  /** Whether another struct of the update claims the same left neighbour. */
  #isFollowed(struct: Struct, left: Neighbour): boolean {
    if (left instanceof Struct && struct.originClock === left.clock + left.length - 1) {
      const { followed } = left;
      left.followed = true;
      return followed;
    }
    const clocks = this.#followed.get(struct.originClient);
    if (clocks?.has(struct.originClock)) return true;
    if (clocks) clocks.add(struct.originClock);
    else this.#followed.set(struct.originClient, new Set([struct.originClock]));
    return false;
  }
}

const MOVED_PER_UNIT = 256;
/** Longest walk over items of the document for one struct; a longer one is counted as this. */
const LONGEST_WALK = 1_000_000;

/** Items of the document between the neighbours a struct claims; 0 for all who type undisturbed. */
function passed(struct: Struct, left: Neighbour, right: Neighbour): number {
  if (left === null) {
    if (right instanceof Y.Item && right.left === null) return 0;
    return walk(firstOf(struct.place?.type ?? null, struct.key), right);
  }
  if (!(left instanceof Y.Item)) return 0;
  const within = struct.originClock < left.id.clock + left.length - 1;
  if (!within) return left.right === right ? 0 : walk(left.right, right);
  return left === right ? 0 : 1 + walk(left.right, right);
}

function firstOf(type: AnyType | null, key: string | null): Y.Item | null {
  if (type === null) return null;
  if (key === null) return type._start;
  let first = type._map.get(key) ?? null;
  for (let step = 0; first?.left && step < LONGEST_WALK; step += 1) first = first.left;
  return first;
}

function walk(from: Y.Item | null, to: Neighbour): number {
  let steps = 0;
  for (let item = from; item !== null && item !== to && steps < LONGEST_WALK; item = item.right) steps += 1;
  return steps;
}
