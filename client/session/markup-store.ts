import type { AnchorState, Placement } from "#shared/anchor/placement.ts";
import { PlacementCache } from "#shared/anchor/placements.ts";
import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { annotationMap, layerVector, readAnnotation } from "#shared/doc/layer.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type * as Y from "yjs";
import { Cell } from "./cell.ts";
import type { Markup, Placed } from "./contract.ts";
import { Batch, type Schedule } from "./frame.ts";

type Layer = {
  person: Person;
  readonly doc: Y.Doc;
  readonly annotations: Map<string, Annotation>;
  readonly unreadable: Set<string>;
  readonly stop: () => void;
};

const NOWHERE: Placement = { state: "locating", pieces: [], text: "", kept: 1 };
const WHOLE_ARTICLE: Placement = { state: "whole", pieces: [], text: "", kept: 1 };

/** Unplaceable last; the article's own marks first. */
const RANK: Partial<Record<AnchorState, number>> = { locating: 2, detached: 2 };

/**
 * Everybody's marks with their places in the text as it is now. Changes are gathered for a frame; marks
 * about which nothing is different stay the same objects.
 */
export class MarkupStore {
  readonly markup = new Cell<Markup>({ version: 0, placed: [], byKey: new Map(), unreadable: 0 });
  readonly #me: string;
  readonly #layers = new Map<string, Layer>();
  readonly #batch: Batch;
  #index: ArticleIndex | null = null;
  #cache: PlacementCache | null = null;
  #stopIndex: (() => void) | null = null;

  constructor(me: string, schedule: Schedule) {
    this.#me = me;
    this.#batch = new Batch(schedule, () => this.#rebuild());
  }

  /** Places marks in another text, or nowhere. */
  setIndex(index: ArticleIndex | null): void {
    this.#stopIndex?.();
    this.#index = index;
    this.#cache = index && new PlacementCache(index);
    this.#stopIndex = index?.subscribe(() => this.#batch.wish()) ?? null;
    for (const [user, layer] of this.#layers) {
      for (const annotation of layer.annotations.values()) this.#place(user, layer, annotation);
    }
    this.#batch.wish();
  }

  /** Shows a person's layer from `doc`, in place of an earlier one of theirs. */
  setLayer(person: Person, doc: Y.Doc): void {
    const known = this.#layers.get(person.id);
    if (known?.doc === doc) {
      known.person = person;
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
    const onVectors = (): void => this.#placeAll(layer);
    map.observe(onChange);
    vectors.observe(onVectors);
    const layer: Layer = {
      person,
      doc,
      annotations: new Map(),
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
    for (const id of layer.annotations.keys()) this.#cache?.delete(keyOf(user, id));
    this.#batch.wish();
  }

  /** Makes the markup current now, not at the next frame. */
  flush(): void {
    this.#batch.flush();
  }

  dispose(): void {
    this.#batch.stop();
    this.#stopIndex?.();
    for (const layer of this.#layers.values()) layer.stop();
  }

  #read(layer: Layer, id: string): void {
    const user = layer.person.id;
    const before = layer.annotations.get(id);
    const annotation = readAnnotation(layer.doc, id);
    layer.unreadable.delete(id);
    if (annotation === null) {
      if (annotationMap(layer.doc).has(id)) layer.unreadable.add(id);
      layer.annotations.delete(id);
      this.#cache?.delete(keyOf(user, id));
      return;
    }
    layer.annotations.set(id, annotation);
    if (!before || !sameTarget(before, annotation)) this.#place(user, layer, annotation);
  }

  /** A state vector arrived: what was placed without it may stand otherwise. */
  #placeAll(layer: Layer): void {
    for (const annotation of layer.annotations.values()) this.#place(layer.person.id, layer, annotation);
    this.#batch.wish();
  }

  #place(user: string, layer: Layer, annotation: Annotation): void {
    if (annotation.target.kind !== "text") return;
    this.#cache?.set(keyOf(user, annotation.id), annotation.target.ranges, (key) =>
      layerVector(layer.doc, key),
    );
  }

  #placement(user: string, annotation: Annotation): Placement {
    if (annotation.target.kind === "document") return WHOLE_ARTICLE;
    if (!this.#index) return NOWHERE;
    return this.#cache?.get(keyOf(user, annotation.id)) ?? NOWHERE;
  }

  #rebuild(): void {
    const before = this.markup.get();
    const placed: Placed[] = [];
    let unreadable = 0;
    let fresh = 0;
    for (const [user, layer] of this.#layers) {
      unreadable += layer.unreadable.size;
      for (const annotation of layer.annotations.values()) {
        const key = keyOf(user, annotation.id);
        const placement = this.#placement(user, annotation);
        const known = before.byKey.get(key);
        if (
          known?.annotation === annotation &&
          known.placement === placement &&
          known.author === layer.person
        ) {
          placed.push(known);
          continue;
        }
        fresh += 1;
        placed.push({ key, author: layer.person, mine: user === this.#me, annotation, placement });
      }
    }
    if (fresh === 0 && placed.length === before.placed.length && unreadable === before.unreadable) return;
    placed.sort(inTextOrder);
    this.markup.set({
      version: before.version + 1,
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
  return (
    rank(a) - rank(b) ||
    (a.placement.pieces[0]?.start ?? 0) - (b.placement.pieces[0]?.start ?? 0) ||
    (b.placement.pieces.at(-1)?.end ?? 0) - (a.placement.pieces.at(-1)?.end ?? 0) ||
    a.annotation.createdAt - b.annotation.createdAt ||
    (a.key < b.key ? -1 : 1)
  );
}

function rank(placed: Placed): number {
  if (placed.annotation.target.kind === "document") return 0;
  return RANK[placed.placement.state] ?? 1;
}
