import type * as Y from "yjs";
import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { type TakenVector, vectorFor } from "#shared/anchor/vector.ts";
import { putAnnotation, putVector, readAnnotation, removeAnnotations } from "#shared/doc/layer.ts";
import type { Annotation, Range, Target } from "#shared/model/annotation.ts";
import type { MarkBatch, MarkPatch, NewMark } from "./contract.ts";
import { LAYER_ORIGIN } from "./history.ts";

type Ranges = readonly { readonly from: number; readonly to: number }[];

export type MarksOptions = {
  /** My layer's document now; null when I may not mark. */
  readonly layer: () => Y.Doc | null;
  readonly text: () => { readonly doc: Y.Doc; readonly index: ArticleIndex } | null;
  /** Name of the codebook that new marks are made under. */
  readonly codebook: () => string;
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
    return this.apply({ create: [{ ranges, tags, patch }] })[0] ?? null;
  }

  /** Nothing when the mark is gone or I may not mark. */
  change(id: string, patch: MarkPatch): void {
    this.apply({ change: [{ id, patch }] });
  }

  move(id: string, ranges: Ranges): void {
    const layer = this.#options.layer();
    const mark = layer && readAnnotation(layer, id);
    const captured = this.#capture(ranges);
    if (!mark || !captured) return;
    const target: Target = { kind: "text", ranges: captured.ranges };
    this.#write(layer, [{ ...mark, target, updatedAt: this.#options.now() }], []);
  }

  delete(ids: readonly string[]): void {
    this.apply({ remove: ids });
  }

  /** Does all of it as one step; gives the ids of the marks made, none when I may not mark. */
  apply({ create = [], change = [], remove = [] }: MarkBatch): readonly string[] {
    const layer = this.#options.layer();
    if (!layer) return [];
    const made = create.flatMap((one) => this.#made(one) ?? []);
    const changed = change.flatMap(({ id, patch }) => {
      const mark = readAnnotation(layer, id);
      return mark ? [this.#patched(mark, patch)] : [];
    });
    if (made.length + changed.length + remove.length > 0) this.#write(layer, [...made, ...changed], remove);
    return made.map(({ id }) => id);
  }

  #made({ ranges, tags, patch = {} }: NewMark): Annotation | null {
    const named = patch.tags ?? tags;
    const target: Target | null = ranges === null ? { kind: "document" } : this.#target(ranges);
    if (!target || named.length === 0) return null;
    const { codebook, newId, now } = this.#options;
    const at = now();
    return {
      id: newId(),
      tags: [...named],
      target,
      fields: { ...patch.fields },
      links: [...(patch.links ?? [])],
      note: patch.note ?? "",
      codebook: codebook(),
      createdAt: at,
      updatedAt: at,
    };
  }

  #patched(mark: Annotation, patch: MarkPatch): Annotation {
    return {
      ...mark,
      tags: patch.tags ? [...patch.tags] : mark.tags,
      fields: patch.fields ? { ...patch.fields } : mark.fields,
      links: patch.links ? [...patch.links] : mark.links,
      note: patch.note ?? mark.note,
      updatedAt: this.#options.now(),
    };
  }

  #write(layer: Y.Doc, annotations: readonly Annotation[], gone: readonly string[]): void {
    this.#options.onStep();
    const { taken } = this.#vector ?? {};
    layer.transact(() => {
      if (taken && annotations.some((one) => names(one, taken.key)))
        putVector(layer, taken.key, taken.vector);
      for (const annotation of annotations) putAnnotation(layer, annotation);
      removeAnnotations(layer, gone);
    }, LAYER_ORIGIN);
  }

  #target(ranges: Ranges): Target | null {
    const captured = this.#capture(ranges);
    return captured && { kind: "text", ranges: captured.ranges };
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

function names({ target }: Annotation, vector: string): boolean {
  return target.kind === "text" && target.ranges.some(({ sv }) => sv === vector);
}
