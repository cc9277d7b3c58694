import type * as Y from "yjs";
import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { type TakenVector, vectorFor } from "#shared/anchor/vector.ts";
import { putAnnotation, putVector, readAnnotation, removeAnnotations } from "#shared/doc/layer.ts";
import type { Annotation, Range } from "#shared/model/annotation.ts";
import type { MarkPatch } from "./contract.ts";
import { LAYER_ORIGIN } from "./history.ts";

type Ranges = readonly { readonly from: number; readonly to: number }[];

export type MarksOptions = {
  /** My layer's document now; null when I may not mark. */
  readonly layer: () => Y.Doc | null;
  readonly text: () => { readonly doc: Y.Doc; readonly index: ArticleIndex } | null;
  /** Name of the codebook that new marks are made under. */
  readonly codebook: string;
  /** Called before each change: it is an undo step of its own. */
  readonly onStep: () => void;
  readonly now: () => number;
  readonly newId: () => string;
};

/** My marks: the only writer of my layer. Each call is one transaction and one undo step. */
export class OwnMarks {
  readonly #options: MarksOptions;
  #vector: { readonly doc: Y.Doc; readonly taken: TakenVector } | null = null;

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  /** Null when I may not mark, no tag is given or no text is covered. */
  create(ranges: Ranges, tags: readonly string[], patch: MarkPatch = {}): string | null {
    const { codebook, newId, now } = this.#options;
    const layer = this.#options.layer();
    const captured = this.#capture(ranges);
    const named = patch.tags ?? tags;
    if (!layer || !captured || named.length === 0) return null;
    const id = newId();
    const at = now();
    this.#write(layer, captured.taken, {
      id,
      tags: [...named],
      target: { kind: "text", ranges: captured.ranges },
      fields: { ...patch.fields },
      links: [...(patch.links ?? [])],
      note: patch.note ?? "",
      codebook,
      createdAt: at,
      updatedAt: at,
    });
    return id;
  }

  /** Nothing when the mark is gone or I may not mark. */
  change(id: string, patch: MarkPatch): void {
    const layer = this.#options.layer();
    const mark = layer && readAnnotation(layer, id);
    if (!mark) return;
    this.#write(layer, null, {
      ...mark,
      tags: patch.tags ? [...patch.tags] : mark.tags,
      fields: patch.fields ? { ...patch.fields } : mark.fields,
      links: patch.links ? [...patch.links] : mark.links,
      note: patch.note ?? mark.note,
      updatedAt: this.#options.now(),
    });
  }

  move(id: string, ranges: Ranges): void {
    const layer = this.#options.layer();
    const mark = layer && readAnnotation(layer, id);
    const captured = this.#capture(ranges);
    if (!mark || !captured) return;
    this.#write(layer, captured.taken, {
      ...mark,
      target: { kind: "text", ranges: captured.ranges },
      updatedAt: this.#options.now(),
    });
  }

  delete(ids: readonly string[]): void {
    const layer = this.#options.layer();
    if (!layer) return;
    this.#options.onStep();
    layer.transact(() => removeAnnotations(layer, ids), LAYER_ORIGIN);
  }

  #write(layer: Y.Doc, taken: TakenVector | null, annotation: Annotation): void {
    this.#options.onStep();
    layer.transact(() => {
      if (taken) putVector(layer, taken.key, taken.vector);
      putAnnotation(layer, annotation);
    }, LAYER_ORIGIN);
  }

  #capture(ranges: Ranges): { readonly ranges: Range[]; readonly taken: TakenVector } | null {
    const text = this.#options.text();
    if (!text) return null;
    const last = this.#vector?.doc === text.doc ? this.#vector.taken : null;
    const taken = vectorFor(text.doc, last, this.#options.now());
    this.#vector = { doc: text.doc, taken };
    const captured = ranges.flatMap(({ from, to }) => {
      const found = text.index.capture(Math.min(from, to), Math.max(from, to));
      return found ? [{ ...found, sv: taken.key }] : [];
    });
    return captured.length > 0 ? { ranges: captured, taken } : null;
  }
}
