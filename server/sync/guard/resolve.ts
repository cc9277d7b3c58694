import * as Y from "yjs";
import { ROOTS, type Room } from "#shared/doc/rooms.ts";
import { checkRedirects, REDIRECTS } from "#shared/anchor/redirects.ts";
import type { Effort } from "./effort.ts";
import type { GuardLimits } from "./limits.ts";
import { fits, innerPlace, innerPlaceOf, rootPlace } from "./place.ts";
import { Refused } from "./refusals.ts";
import { KIND, Struct, type AnyType, type Block, type Place } from "./struct.ts";

type Found = Struct | Y.Item | Y.GC;

export type Setting = {
  readonly doc: Y.Doc;
  readonly kind: Room["kind"];
  readonly limits: GuardLimits;
  readonly effort: Effort;
};

/** Finds where each struct of an update will live, exactly as Yjs will decide it. */
export class Resolver {
  readonly #doc: Y.Doc;
  readonly #kind: Room["kind"];
  readonly #limits: GuardLimits;
  readonly #blocks: ReadonlyMap<number, Block>;
  readonly #effort: Effort;
  /** The block of an update that has one only, as most have. */
  readonly #only: Block | null;
  readonly #roots = new Map<string, Place>();
  readonly #types = new Map<AnyType, Place>();

  constructor(blocks: readonly Block[], { doc, kind, limits, effort }: Setting) {
    this.#doc = doc;
    this.#kind = kind;
    this.#limits = limits;
    this.#effort = effort;
    this.#only = blocks.length === 1 ? (blocks[0] ?? null) : null;
    this.#blocks = new Map(blocks.map((block) => [block.client, block]));
  }

  /** Sets `place`, `key` and `inner` of a struct of `client`; all it refers to must have been resolved. Throws Refused. */
  resolve(struct: Struct, client: number): void {
    if (struct.kind === KIND.gc) return;
    const left = struct.originClient < 0 ? null : this.#find(struct.originClient, struct.originClock);
    const right = struct.rightClient < 0 ? null : this.#find(struct.rightClient, struct.rightClock);
    let pieces = 0;
    if (left && this.#cuts(left, struct.originClient, struct.originClock + 1)) pieces += 1;
    if (right && this.#cuts(right, struct.rightClient, struct.rightClock)) pieces += 1;
    const place = left || right ? this.#beside(struct, left, right) : this.#inParent(struct);
    if (place === null) return;
    if (!fits(struct, place, struct.key)) throw new Refused("foreign-shape");
    if (struct.binary && place.root === REDIRECTS) checkRecord(struct.binary, client, struct.clock);
    struct.place = place;
    if (struct.kind === KIND.type) {
      struct.inner = innerPlace(place, struct);
      if (struct.inner.depth > this.#limits.depth) throw new Refused("too-deep");
    }
    this.#effort.put(struct, place, left, right).structs += pieces;
  }

  #find(client: number, clock: number): Found {
    const block = this.#only ? (this.#only.client === client ? this.#only : null) : this.#blocks.get(client);
    if (block && clock >= block.clock) return structAt(block, clock);
    const structs = this.#doc.store.clients.get(client) ?? [];
    const found = structs[Y.findIndexSS(structs, clock)];
    if (!found) throw new Error(`struct ${client}:${clock} is not in the document`);
    return found;
  }

  /** True, and counted, when a struct is referred to at a clock inside it. */
  #cuts(found: Found, client: number, clock: number): boolean {
    const start = found instanceof Struct ? found.clock : found.id.clock;
    if (clock <= start || clock >= start + found.length) return false;
    const known = this.#doc.store.clients.get(client)?.length ?? 0;
    this.#effort.cut(known + (this.#blocks.get(client)?.structs.length ?? 0));
    return true;
  }

  /** A struct that names neighbours lives where they live; a neighbour that is gone takes it along. */
  #beside(struct: Struct, left: Found | null, right: Found | null): Place | null {
    const leftPlace = left && this.#placeOf(left);
    const rightPlace = right && this.#placeOf(right);
    if ((left && !leftPlace) || (right && !rightPlace)) return null;
    if (leftPlace && rightPlace && leftPlace !== rightPlace) throw new Refused("impossible");
    const key = keyOf(left ?? right);
    if (left && right && keyOf(right) !== key) throw new Refused("impossible");
    struct.key = key;
    return leftPlace ?? rightPlace;
  }

  #inParent(struct: Struct): Place | null {
    if (struct.parentRoot !== null) return this.#root(struct.parentRoot);
    const parent = this.#find(struct.parentClient, struct.parentClock);
    if (parent instanceof Struct) {
      if (parent.kind === KIND.type) return parent.inner;
      if (parent.kind === KIND.gc || parent.kind === KIND.deleted) return null;
    } else if (parent instanceof Y.GC || parent.content instanceof Y.ContentDeleted) return null;
    else if (parent.content instanceof Y.ContentType) return this.#type(parent.content.type);
    throw new Refused("impossible");
  }

  #placeOf(found: Found): Place | null {
    if (found instanceof Struct) return found.place;
    if (found instanceof Y.GC || !(found.parent instanceof Y.AbstractType)) return null;
    return this.#type(found.parent);
  }

  #root(name: string): Place {
    const known = this.#roots.get(name);
    if (known) return known;
    const allowed: readonly string[] = ROOTS[this.#kind];
    if (!allowed.includes(name)) throw new Refused("foreign-root");
    const place = rootPlace(this.#kind, name, this.#doc);
    this.#roots.set(name, place);
    return place;
  }

  #type(type: AnyType): Place {
    const known = this.#types.get(type);
    if (known) return known;
    const chain: AnyType[] = [];
    let top = type;
    for (let item = top._item; item; item = top._item) {
      chain.push(top);
      if (!(item.parent instanceof Y.AbstractType)) throw new Error("a type in the document has no parent");
      top = item.parent;
    }
    let place = this.#root(Y.findRootTypeKey(top));
    for (const inner of chain.toReversed()) {
      const seen: Place = this.#types.get(inner) ?? innerPlaceOf(place, inner);
      this.#types.set(inner, seen);
      place = seen;
    }
    return place;
  }
}

function checkRecord(record: Uint8Array, client: number, clock: number): void {
  if (checkRedirects(record, client, clock) !== null) throw new Refused("provenance");
}

function keyOf(found: Found | null): string | null {
  if (found === null || found instanceof Y.GC) return null;
  return found instanceof Struct ? found.key : found.parentSub;
}

function structAt({ structs, starts, clock: first, end }: Block, clock: number): Struct {
  let low = 0;
  let high = starts.length - 1;
  // Clocks grow about evenly, so the first guess is near.
  let middle = Math.floor(((clock - first) / (end - first)) * high);
  while (low < high) {
    if ((starts[middle] ?? 0) > clock) high = middle - 1;
    else if ((starts[middle + 1] ?? end) > clock) low = high = middle;
    else low = middle + 1;
    middle = (low + high) >> 1;
  }
  const found = structs[low];
  if (!found || clock < found.clock || clock >= end) throw new Error(`no struct at clock ${clock}`);
  return found;
}
