import type { Placement } from "#shared/anchor/placement.ts";
import { PlacementCache } from "#shared/anchor/placements.ts";
import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { annotationMap, layerVector, readAnnotation } from "#shared/doc/layer.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type * as Y from "yjs";
import { Cell } from "./cell.ts";
import type { Markup, Placed } from "./contract.ts";
import { Batch, Calm, type Schedule } from "./frame.ts";

/** A mark as held here. Its key is made once: thousands of them are looked up in every frame. */
type Held = {
  readonly key: string;
  readonly layer: Layer;
  annotation: Annotation;
  placed: Placed | null;
};

type Layer = {
  person: Person;
  readonly doc: Y.Doc;
  readonly marks: Map<string, Held>;
  readonly unreadable: Set<string>;
  readonly stop: () => void;
};

const NOWHERE: Placement = { state: "locating", pieces: [], text: "", kept: 1 };
const WHOLE_ARTICLE: Placement = { state: "whole", pieces: [], text: "", kept: 1 };

/**
 * Everybody's marks with their places in the text as it is now. Changes of marks are gathered for a frame;
 * those of the text, which move all marks behind them and every screen that shows one, until it rests, so
 * that no key waits for them. Marks about which nothing is different stay the same objects.
 */
export class MarkupStore {
  readonly markup = new Cell<Markup>({ version: 0, placed: [], byKey: new Map(), unreadable: 0 });
  readonly #me: string;
  readonly #layers = new Map<string, Layer>();
  readonly #batch: Batch;
  readonly #calm: Calm;
  #order: Held[] = [];
  /** Marks came or went since the order was made. */
  #recount = true;
  /** Marks that are written anew on the words they had; while nothing else happens, only they are looked at. */
  readonly #rewritten = new Set<Held>();
  /** Something may stand otherwise than in the last markup. */
  #replaced = true;
  #index: ArticleIndex | null = null;
  #cache: PlacementCache | null = null;
  #stopIndex: (() => void) | null = null;

  constructor(me: string, schedules: { readonly frame: Schedule; readonly pause: Schedule }) {
    this.#me = me;
    this.#batch = new Batch(schedules.frame, () => this.#rebuild());
    this.#calm = new Calm(schedules.pause, () => this.#rebuild());
  }

  /** Places marks in another text, or nowhere. */
  setIndex(index: ArticleIndex | null): void {
    this.#stopIndex?.();
    this.#index = index;
    this.#cache = index && new PlacementCache(index);
    this.#replaced = true;
    const moved = (): void => {
      this.#replaced = true;
      this.#calm.wish();
    };
    this.#stopIndex = index?.subscribe(moved) ?? null;
    for (const layer of this.#layers.values()) this.#placeAll(layer);
    this.#batch.wish();
  }

  /** Shows a person's layer from `doc`, in place of an earlier one of theirs. */
  setLayer(person: Person, doc: Y.Doc): void {
    const known = this.#layers.get(person.id);
    if (known?.doc === doc) {
      known.person = person;
      this.#replaced = true;
      this.#batch.wish();
      return;
    }
    this.removeLayer(person.id);
    const map = annotationMap(doc);
    const vectors = doc.getMap("vectors");
    const onChange = (event: Y.YMapEvent<unknown>): void => {
      for (const id of event.keysChanged) this.#read(layer, String(id));
      this.#batch.wish();
    };
    const onVectors = (): void => {
      // A state vector arrived: what was placed without it may stand otherwise.
      this.#placeAll(layer);
      this.#batch.wish();
    };
    map.observe(onChange);
    vectors.observe(onVectors);
    const layer: Layer = {
      person,
      doc,
      marks: new Map(),
      unreadable: new Set(),
      stop: () => {
        map.unobserve(onChange);
        vectors.unobserve(onVectors);
      },
    };
    this.#layers.set(person.id, layer);
    for (const id of map.keys()) this.#read(layer, id);
    this.#batch.wish();
  }

  removeLayer(user: string): void {
    const layer = this.#layers.get(user);
    if (!layer) return;
    layer.stop();
    this.#layers.delete(user);
    for (const { key } of layer.marks.values()) this.#cache?.delete(key);
    this.#recount = true;
    this.#batch.wish();
  }

  /** Makes the markup current now, not at the next frame or pause. */
  flush(): void {
    if (this.#calm.stop()) this.#batch.wish();
    this.#batch.flush();
  }

  dispose(): void {
    this.#batch.stop();
    this.#calm.stop();
    this.#stopIndex?.();
    for (const layer of this.#layers.values()) layer.stop();
  }

  #read(layer: Layer, id: string): void {
    const held = layer.marks.get(id);
    const annotation = readAnnotation(layer.doc, id);
    layer.unreadable.delete(id);
    if (annotation === null) {
      if (annotationMap(layer.doc).has(id)) layer.unreadable.add(id);
      if (!held) return;
      layer.marks.delete(id);
      this.#cache?.delete(held.key);
      this.#recount = true;
      return;
    }
    if (!held) {
      const made: Held = { key: keyOf(layer.person.id, id), layer, annotation, placed: null };
      layer.marks.set(id, made);
      this.#recount = true;
      this.#place(made);
      return;
    }
    const before = held.annotation;
    held.annotation = annotation;
    if (!sameTarget(before, annotation)) this.#place(held);
    else if (before.createdAt === annotation.createdAt) this.#rewritten.add(held);
    else this.#replaced = true;
  }

  #placeAll(layer: Layer): void {
    for (const held of layer.marks.values()) this.#place(held);
  }

  #place({ key, layer, annotation }: Held): void {
    this.#replaced = true;
    if (annotation.target.kind !== "text") return;
    this.#cache?.set(key, annotation.target.ranges, (vector) => layerVector(layer.doc, vector));
  }

  #placement({ key, annotation }: Held): Placement {
    if (annotation.target.kind === "document") return WHOLE_ARTICLE;
    if (!this.#index) return NOWHERE;
    return this.#cache?.get(key) ?? NOWHERE;
  }

  #rebuild(): void {
    this.#calm.stop();
    const before = this.markup.get();
    const rewritten = Array.from(this.#rewritten);
    this.#rewritten.clear();
    const recounted = this.#recount;
    if (!recounted && !this.#replaced && before.unreadable === this.#unreadable()) {
      if (rewritten.length > 0) this.#rewrite(before, rewritten);
      return;
    }
    this.#replaced = false;
    if (this.#recount) this.#order = this.#held();
    this.#recount = false;
    // Words may stand where they stood, in a text that was made anew: what draws them must hear of it.
    const anew = (this.#cache?.refresh().size ?? 0) > 0;
    let fresh = 0;
    let sorted = true;
    let last: Placed | null = null;
    for (const held of this.#order) {
      const { key, annotation, layer } = held;
      const placement = this.#placement(held);
      const known = held.placed;
      let placed = known;
      if (
        !placed ||
        placed.annotation !== annotation ||
        placed.placement !== placement ||
        placed.author !== layer.person
      ) {
        fresh += 1;
        placed = { key, author: layer.person, mine: layer.person.id === this.#me, annotation, placement };
        held.placed = placed;
      }
      sorted &&= last === null || inTextOrder(last, placed) <= 0;
      last = placed;
    }
    const unreadable = this.#unreadable();
    if (!sorted) this.#order.sort((a, b) => (a.placed && b.placed ? inTextOrder(a.placed, b.placed) : 0));
    if (fresh > 0 || anew || recounted || unreadable !== before.unreadable) this.#publish(unreadable);
  }

  #unreadable(): number {
    let count = 0;
    for (const layer of this.#layers.values()) count += layer.unreadable.size;
    return count;
  }

  /** Marks that stand where they stood, in the same order, say something else. */
  #rewrite(before: Markup, rewritten: readonly Held[]): void {
    const fresh = new Map<Placed, Placed>();
    const byKey = new Map(before.byKey);
    for (const held of rewritten) {
      const known = held.placed;
      if (!known) continue;
      held.placed = { ...known, annotation: held.annotation };
      fresh.set(known, held.placed);
      byKey.set(held.key, held.placed);
    }
    const placed = before.placed.slice();
    for (const [at, known] of before.placed.entries()) {
      const now = fresh.get(known);
      if (now) placed[at] = now;
    }
    this.markup.set({ version: before.version + 1, placed, byKey, unreadable: before.unreadable });
  }

  /** Those held before in their order, then the new ones: nearly sorted as a rule. */
  #held(): Held[] {
    const there = (held: Held): boolean =>
      this.#layers.get(held.layer.person.id) === held.layer &&
      held.layer.marks.get(held.annotation.id) === held;
    const kept = this.#order.filter(there);
    const known = new Set(kept);
    for (const layer of this.#layers.values()) {
      for (const held of layer.marks.values()) if (!known.has(held)) kept.push(held);
    }
    return kept;
  }

  #publish(unreadable: number): void {
    const placed = this.#order.flatMap((held) => held.placed ?? []);
    this.markup.set({
      version: this.markup.get().version + 1,
      placed,
      byKey: new Map(placed.map((one) => [one.key, one])),
      unreadable,
    });
  }
}

export function keyOf(user: string, id: string): string {
  return `${user}/${id}`;
}

function sameTarget(a: Annotation, b: Annotation): boolean {
  return a.target === b.target || JSON.stringify(a.target) === JSON.stringify(b.target);
}

/** By place; at the same place the longer first, then the older. */
function inTextOrder(a: Placed, b: Placed): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  const [piecesA, piecesB] = [a.placement.pieces, b.placement.pieces];
  const start = (piecesA[0]?.start ?? 0) - (piecesB[0]?.start ?? 0);
  if (start !== 0) return start;
  return (
    (piecesB.at(-1)?.end ?? 0) - (piecesA.at(-1)?.end ?? 0) ||
    a.annotation.createdAt - b.annotation.createdAt ||
    (a.key < b.key ? -1 : Number(a.key > b.key))
  );
}

/** The article's own marks first, those without a place last. */
function rank({ annotation, placement }: Placed): number {
  if (annotation.target.kind === "document") return 0;
  return placement.pieces.length > 0 ? 1 : 2;
}
