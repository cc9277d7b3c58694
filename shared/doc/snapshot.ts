import type * as Y from "yjs";
import type { Placement, TextIndex } from "../anchor/placement.ts";
import { createTextIndex } from "../anchor/text-index.ts";
import type { Annotation, Range } from "../model/annotation.ts";
import type { Codebook } from "../model/codebook.ts";
import type {
  ArticleMeta,
  Person,
  Snapshot,
  SnapshotAnnotation,
  SnapshotLayer,
  SnapshotRange,
} from "../model/snapshot.ts";
import { layerVector, readLayer, readRecords, type Layer } from "./layer.ts";

/** What a snapshot is made of. The documents are only read. */
export type SnapshotSource = {
  readonly article: ArticleMeta;
  readonly codebook: Codebook;
  readonly text: Y.Doc;
  /** The layers that whoever asks may see. */
  readonly layers: readonly { readonly user: Person; readonly doc: Y.Doc }[];
  readonly review: Y.Doc | null;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
};

/**
 * One article as plain data: the only way from live documents to export, agreement, comparison and
 * search. Annotations stand in text order. `index` may be an index of `source.text` that is there
 * already; else one is made for this.
 */
export function takeSnapshot(source: SnapshotSource, index?: TextIndex): Snapshot {
  const own = index ?? createTextIndex(source.text);
  try {
    const { text, blocks } = own.plain;
    return {
      article: source.article,
      text,
      blocks,
      codebook: source.codebook,
      layers: source.layers.map(({ user, doc }) => layerOf(own, user, doc)),
      verdicts: valuesOf(source.review, "verdicts"),
      threads: valuesOf(source.review, "threads"),
      gold: source.review ? goldOf(own, source.review) : [],
      takenAt: source.takenAt,
    };
  } finally {
    if (!index) own.destroy();
  }
}

type VectorLookup = (key: string) => Uint8Array | null;

function layerOf(index: TextIndex, user: Person, doc: Y.Doc): SnapshotLayer {
  const layer = readLayer(doc);
  const annotations = placeAll(index, layer, (key) => layerVector(doc, key));
  return { user, annotations, unreadable: layer.unreadable.length };
}

function goldOf(index: TextIndex, review: Y.Doc): SnapshotAnnotation[] {
  return placeAll(index, readRecords(review.getMap("gold")), () => null);
}

/** Plain values of a root map, by key, so that every process gives them in the same order. */
function valuesOf(doc: Y.Doc | null, root: "verdicts" | "threads"): unknown[] {
  if (!doc) return [];
  const values: Readonly<Record<string, unknown>> = doc.getMap(root).toJSON();
  return Object.keys(values)
    .sort()
    .map((key) => values[key]);
}

function placeAll(index: TextIndex, layer: Layer, vector: VectorLookup): SnapshotAnnotation[] {
  const { text } = index.plain;
  return [...layer.annotations.values()]
    .map((annotation) => placed(annotation, text, (ranges) => index.place(ranges, vector)))
    .sort(inTextOrder);
}

function placed(
  annotation: Annotation,
  text: string,
  place: (ranges: readonly Range[]) => Placement,
): SnapshotAnnotation {
  const { target, ...rest } = annotation;
  if (target.kind === "document") return { ...rest, document: true, ranges: [], state: "whole", quote: "" };
  const { ranges } = target;
  const whole = place(ranges);
  // Each range has a state of its own; with one range it is the whole's.
  const placements = ranges.length === 1 ? [whole] : ranges.map((range) => place([range]));
  return {
    ...rest,
    document: false,
    ranges: placements.flatMap((placement) => rangesOf(placement, text)),
    state: whole.state,
    quote: ranges.map((range) => range.quote.exact).join(" … "),
  };
}

function rangesOf({ pieces, state }: Placement, text: string): SnapshotRange[] {
  return pieces.map(({ start, end }) => ({ start, end, exact: text.slice(start, end), state }));
}

/** Marks of the whole document first, then by place (the longer of two that begin together first), then the detached. */
function inTextOrder(a: SnapshotAnnotation, b: SnapshotAnnotation): number {
  return (
    startOf(a) - startOf(b) ||
    endOf(b) - endOf(a) ||
    a.createdAt - b.createdAt ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

function startOf({ document, ranges }: SnapshotAnnotation): number {
  if (document) return -1;
  return ranges[0]?.start ?? Number.MAX_SAFE_INTEGER;
}

function endOf({ ranges }: SnapshotAnnotation): number {
  return ranges.at(-1)?.end ?? 0;
}
