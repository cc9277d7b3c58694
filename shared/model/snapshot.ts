import type { AnchorState } from "./anchor-state.ts";
import type { FieldValue, Link } from "./annotation.ts";
import type { Codebook } from "./codebook.ts";

/**
 * The waist: one article, whole, as plain immutable data. Export, agreement, comparison, dashboards
 * and search see nothing else. Offsets are UTF-16 code units into `text`.
 */
export type Person = { readonly id: string; readonly name: string; readonly color: string };

export type SnapshotBlock = {
  readonly start: number;
  readonly end: number;
  readonly kind: "paragraph" | "heading";
  readonly level: number;
  /** Names of the containers it stands in, outermost first, e.g. ["bullet_list", "list_item"]. */
  readonly within: readonly string[];
};

export type SnapshotRange = {
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly state: AnchorState;
};

export type SnapshotAnnotation = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly document: boolean;
  readonly ranges: readonly SnapshotRange[];
  readonly state: AnchorState;
  /** What the annotation quoted when it was made. */
  readonly quote: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly Link[];
  readonly note: string;
  readonly codebook: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type SnapshotLayer = {
  readonly user: Person;
  readonly annotations: readonly SnapshotAnnotation[];
  /** Records that could not be read; counted and kept, never shown as marks. */
  readonly unreadable: number;
};

export type ArticleMeta = {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly publisher: string;
  /** ISO 8601 date or empty. */
  readonly published: string;
  readonly url: string;
  readonly archived: boolean;
};

export type Snapshot = {
  readonly article: ArticleMeta;
  readonly text: string;
  readonly blocks: readonly SnapshotBlock[];
  readonly codebook: Codebook;
  readonly layers: readonly SnapshotLayer[];
  readonly verdicts: readonly unknown[];
  readonly threads: readonly unknown[];
  readonly gold: readonly SnapshotAnnotation[];
  readonly takenAt: number;
};
