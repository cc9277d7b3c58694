import * as Y from "yjs";
import { Refused } from "./refusals.ts";
import { KIND, Struct, type Line, type Place } from "./struct.ts";

type Neighbour = Struct | Y.Item | Y.GC | null;

/**
 * Bounds the work Yjs will have with an update. A struct that does not stand right between two
 * neighbours is moved past all that stands there, and each cut through an item moves all later items
 * of its client in memory; so less than a megabyte could keep the server busy for minutes. One unit
 * is one struct passed.
 */
export class Effort {
  #left: number;
  #cuts = 0;
  /** The last struct of the update behind a character of the document, by its client and clock. */
  readonly #followers = new Map<number, Map<number, Struct>>();

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Counts a cut through an item of a client that has so many structs. */
  cut(structs: number): void {
    this.#cuts += 1;
    this.#spend(1 + (structs + this.#cuts) / MOVED_PER_UNIT);
  }

  /** Counts putting a resolved struct into `place`; returns the line in which it stands there. */
  put(struct: Struct, place: Place, left: Neighbour, right: Neighbour): Line {
    const { kind, key } = struct;
    const line = key === null ? place.children : place.under(key);
    if (!this.#follows(struct, line, left, right)) {
      this.#spend(line.structs + passed(struct, place, left, right));
    }
    // Yjs joins neighbouring values by copying, and holds every copy until it is done.
    if (key === null && (kind === KIND.any || kind === KIND.json)) this.#spend(line.units);
    line.structs += 1;
    line.units += struct.length;
    return line;
  }

  #spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new Refused("too-complex");
  }

  /** True when nothing will stand between a struct and its right neighbour. */
  #follows(struct: Struct, line: Line, left: Neighbour, right: Neighbour): boolean {
    const before = this.#followerOf(struct, line, left);
    const free = before
      ? before === right && struct.rightClock === before.clock
      : isBetween(struct, left, right);
    this.#follow(struct, line, left, free ? struct : CONTESTED);
    return free;
  }

  #followerOf(struct: Struct, line: Line, left: Neighbour): Struct | null {
    if (left === null) return line.first;
    if (left instanceof Struct && isEnd(struct, left)) return left.follower;
    return this.#followers.get(struct.originClient)?.get(struct.originClock) ?? null;
  }

  #follow(struct: Struct, line: Line, left: Neighbour, follower: Struct): void {
    if (left === null) line.first = follower;
    else if (left instanceof Struct && isEnd(struct, left)) left.follower = follower;
    else {
      const clocks = this.#followers.get(struct.originClient);
      if (clocks) clocks.set(struct.originClock, follower);
      else this.#followers.set(struct.originClient, new Map([[struct.originClock, follower]]));
    }
  }
}

const MOVED_PER_UNIT = 256;
/** Longest walk over items of the document for one struct; a longer one counts as this. */
const LONGEST_WALK = 1_000_000;
/** Stands behind a neighbour that several claim, so that it is not known who does. */
const CONTESTED = new Struct(KIND.gc, -1);

/** True when a struct claims the place behind the whole of its left neighbour, not inside it. */
function isEnd(struct: Struct, left: Struct): boolean {
  return struct.originClock === left.clock + left.length - 1;
}

function isBetween(struct: Struct, left: Neighbour, right: Neighbour): boolean {
  if (left instanceof Struct) {
    // Nobody but this update can have put something behind what it brings.
    return isEnd(struct, left) || (left === right && struct.rightClock === struct.originClock + 1);
  }
  if (left instanceof Y.Item) {
    const within = struct.originClock < left.id.clock + left.length - 1;
    if (within) return left === right && struct.rightClock === struct.originClock + 1;
    return left.right === right && (right === null || struct.rightClock === left.right?.id.clock);
  }
  return right instanceof Y.Item && right.left === null && struct.rightClock === right.id.clock;
}

/** Items of the document that a struct may have to pass. */
function passed(struct: Struct, place: Place, left: Neighbour, right: Neighbour): number {
  if (left instanceof Struct) return 0;
  let steps = 1;
  let item = left instanceof Y.Item ? left.right : firstOf(place, struct.key);
  for (; item !== null && item !== right && steps < LONGEST_WALK; item = item.right) steps += 1;
  return steps;
}

function firstOf({ type }: Place, key: string | null): Y.Item | null {
  if (type === null) return null;
  if (key === null) return type._start;
  let first = type._map.get(key) ?? null;
  for (let step = 0; first?.left && step < LONGEST_WALK; step += 1) first = first.left;
  return first;
}
