import type { Placement } from "../anchor/placement.ts";
import type { AnchorState } from "../model/anchor-state.ts";
import type { Annotation, FieldValue, Link } from "../model/annotation.ts";
import type { Snapshot, SnapshotAnnotation } from "../model/snapshot.ts";

/** A mark as review sees it: what it says, and what it covers now. Offsets are UTF-16 code units. */
export type ReviewMark = {
  /** Whose layer it stands in. */
  readonly author: string;
  readonly id: string;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly Link[];
  /** The covered text as it stands now; separate pieces in text order, joined by " … ". */
  readonly text: string;
  readonly state: AnchorState;
  /** -1 for a mark of the whole article, null when none of its text is left. */
  readonly start: number | null;
  readonly end: number | null;
};

const SEPARATOR = " … ";

/** A mark of an open article, from the annotation and its place now. */
export function placedMark(author: string, annotation: Annotation, placement: Placement): ReviewMark {
  const { id, tags, fields, links, target } = annotation;
  const said = { author, id, tags, fields, links };
  if (target.kind === "document") return { ...said, text: "", state: "whole", start: -1, end: -1 };
  const { pieces, text, state } = placement;
  return { ...said, text, state, start: pieces[0]?.start ?? null, end: pieces.at(-1)?.end ?? null };
}

/** A mark of a snapshot; the same as `placedMark` makes of it in the open article. */
export function snapshotMark(author: string, annotation: SnapshotAnnotation): ReviewMark {
  const { id, tags, fields, links, state } = annotation;
  const said = { author, id, tags, fields, links, state };
  if (annotation.document) return { ...said, text: "", start: -1, end: -1 };
  const ranges = annotation.ranges.toSorted((a, b) => a.start - b.start);
  return {
    ...said,
    text: ranges.map(({ exact }) => exact).join(SEPARATOR),
    start: ranges[0]?.start ?? null,
    end: ranges.at(-1)?.end ?? null,
  };
}

/** Every mark of a snapshot, in text order. */
export function snapshotMarks({ layers }: Pick<Snapshot, "layers">): ReviewMark[] {
  return layers
    .flatMap(({ user, annotations }) => annotations.map((annotation) => snapshotMark(user.id, annotation)))
    .sort(inTextOrder);
}

/** Marks of the whole article first, then by place, the longer of two that begin together first; detached ones last. */
export function inTextOrder(a: ReviewMark, b: ReviewMark): number {
  return (
    (a.start ?? Number.MAX_SAFE_INTEGER) - (b.start ?? Number.MAX_SAFE_INTEGER) ||
    (b.end ?? 0) - (a.end ?? 0) ||
    compare(a.author, b.author) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** `<author>/<id>`: unique in the article. */
export function markKey({ author, id }: Pick<ReviewMark, "author" | "id">): string {
  return `${author}/${id}`;
}
