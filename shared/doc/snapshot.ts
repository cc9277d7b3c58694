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
  SnapshotThread,
  SnapshotVerdict,
} from "../model/snapshot.ts";
import { markOf, quoteOf, type Thread } from "../model/thread.ts";
import { annotationMap, layerVector, readInSteps, type Layer } from "./layer.ts";
import { mergeReviews, readReviewInSteps, type ReviewRecords } from "./review.ts";
import { mergeThreads, readThreads } from "./threads.ts";

/** What a snapshot is made of. The documents are only read. */
export type SnapshotSource = {
  readonly article: ArticleMeta;
  readonly codebook: Codebook;
  readonly text: Y.Doc;
  /** The layers that whoever asks may see. */
  readonly layers: readonly { readonly user: Person; readonly doc: Y.Doc }[];
  readonly review: Y.Doc | null;
  /** What is said about hidden layers, as far as whoever asks may see it. */
  readonly hidden?: readonly Y.Doc[];
  /** Milliseconds since 1970. */
  readonly takenAt: number;
};

/**
 * One article as plain data: the only way from live documents to export, agreement, comparison and
 * search. Annotations stand in text order. `index` may be an index of `source.text` that is there
 * already; else one is made for this.
 */
export function takeSnapshot(source: SnapshotSource, index?: TextIndex): Snapshot {
  const steps = snapshotSteps(source, index);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in short steps, for whoever has others to serve meanwhile: one a range of an annotation. */
export function* snapshotSteps(source: SnapshotSource, index?: TextIndex): Generator<void, Snapshot> {
  const own = index ?? createTextIndex(source.text);
  try {
    const { text, blocks } = own.plain;
    const layers: SnapshotLayer[] = [];
    for (const { user, doc } of source.layers) layers.push(yield* layerOf(own, user, doc));
    const rooms = [...(source.review ? [source.review] : []), ...(source.hidden ?? [])];
    const found = mergeThreads(rooms.map(readThreads));
    const records: ReviewRecords[] = [];
    for (const room of rooms) records.push(yield* readReviewInSteps(room));
    const said = mergeReviews(records);
    return {
      article: source.article,
      text,
      blocks,
      codebook: source.codebook,
      layers,
      verdicts: yield* verdictsOf(own, said),
      reviews: [...said.finished.values()].sort(inTime),
      unreadableVerdicts: said.unreadable.length,
      threads: yield* threadsOf(own, found.threads, layers),
      unreadableThreads: found.unreadable,
      gold: source.review ? yield* goldOf(own, source.review) : [],
      takenAt: source.takenAt,
    };
  } finally {
    if (!index) own.destroy();
  }
}

type VectorLookup = (key: string) => Uint8Array | null;

function* layerOf(index: TextIndex, user: Person, doc: Y.Doc): Generator<void, SnapshotLayer> {
  const layer = yield* readInSteps(annotationMap(doc));
  const annotations = yield* placeAll(index, layer, (key) => layerVector(doc, key));
  return { user, annotations, unreadable: layer.unreadable.length };
}

function* goldOf(index: TextIndex, review: Y.Doc): Generator<void, SnapshotAnnotation[]> {
  return yield* placeAll(index, yield* readInSteps(review.getMap("gold")), () => null);
}

function* verdictsOf(
  index: TextIndex,
  { verdicts, people }: ReviewRecords,
): Generator<void, SnapshotVerdict[]> {
  const all: SnapshotVerdict[] = [];
  for (const verdict of verdicts.values()) {
    yield;
    const { on, suggestion, by } = verdict;
    const place = (ranges: readonly Range[]): SnapshotRange[] =>
      rangesOf(
        index.place(ranges, () => null),
        index.plain.text,
      );
    all.push({
      ...verdict,
      reviewer: people.get(by) ?? { id: by, name: "", color: "" },
      ranges: on.kind === "paragraph" ? place([on.range]) : [],
      suggested: suggestion?.ranges ? place(suggestion.ranges) : [],
    });
  }
  return all.sort(inTime);
}

function inTime(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

function* placeAll(
  index: TextIndex,
  layer: Layer,
  vector: VectorLookup,
): Generator<void, SnapshotAnnotation[]> {
  const { text } = index.plain;
  const all: SnapshotAnnotation[] = [];
  for (const annotation of layer.annotations.values()) {
    all.push(yield* placed(annotation, text, (ranges) => index.place(ranges, vector)));
  }
  return all.sort(inTextOrder);
}

function* placed(
  annotation: Annotation,
  text: string,
  place: (ranges: readonly Range[]) => Placement,
): Generator<void, SnapshotAnnotation> {
  const { target, ...rest } = annotation;
  if (target.kind === "document") return { ...rest, document: true, ranges: [], state: "whole", quote: "" };
  const { ranges } = target;
  yield;
  const whole = place(ranges);
  // Each range has a state of its own; with one range it is the whole's.
  const placements: Placement[] = ranges.length === 1 ? [whole] : [];
  for (const range of ranges.length === 1 ? [] : ranges) {
    yield;
    placements.push(place([range]));
  }
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

function* threadsOf(
  index: TextIndex,
  threads: readonly Thread[],
  layers: readonly SnapshotLayer[],
): Generator<void, SnapshotThread[]> {
  const states = new Map<string, SnapshotAnnotation["state"]>();
  for (const { user, annotations } of threads.length > 0 ? layers : []) {
    for (const { id, state } of annotations) states.set(`${user.id}/${id}`, state);
  }
  const all: SnapshotThread[] = [];
  for (const { anchor, messages, ...thread } of threads) {
    yield;
    const { id, createdBy, createdAt, resolved, rulings } = thread;
    const mark = markOf(anchor);
    const said = messages.map(({ nth: _nth, version: _version, ...message }) => message);
    const placement = anchor.kind === "text" ? index.place(anchor.ranges, () => null) : null;
    all.push({
      id,
      mark,
      ranges: placement ? rangesOf(placement, index.plain.text) : [],
      state: placement?.state ?? states.get(`${mark?.author}/${mark?.id}`) ?? "detached",
      quote: quoteOf(anchor),
      createdBy,
      createdAt,
      resolved,
      ...(rulings ? { rulings } : {}),
      messages: said,
    });
  }
  return all;
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
