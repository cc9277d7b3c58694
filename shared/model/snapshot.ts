import type { AnchorState } from "./anchor-state.ts";
import type { FieldValue, Link } from "./annotation.ts";
import type { DaySpan } from "./day-span.ts";
import type { Codebook } from "./codebook.ts";
import type { Ruling } from "./ruling.ts";
import type { FinishedReview, Verdict } from "./verdict.ts";

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
  /** What the words of its date fields mean as days, by field; fields that name no date are left out. */
  readonly dates?: Readonly<Record<string, DaySpan>>;
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

/** A discussion: at a mark, or at words of its own. */
export type SnapshotThread = {
  readonly id: string;
  readonly mark: { readonly author: string; readonly id: string } | null;
  /** Where the words stand; empty for a discussion at a mark, which stands where the mark does. */
  readonly ranges: readonly SnapshotRange[];
  /** `detached` when the words are gone, or the mark is. */
  readonly state: AnchorState;
  /** What it was started at. */
  readonly quote: string;
  readonly createdBy: Person;
  readonly createdAt: number;
  readonly resolved: { readonly by: Person; readonly at: number } | null;
  /** In the order they were made; absent: none ever was. */
  readonly rulings?: readonly Ruling[];
  readonly messages: readonly SnapshotMessage[];
};

export type SnapshotMessage = {
  readonly id: string;
  readonly author: Person;
  /** Plain text; empty when it was deleted. */
  readonly text: string;
  /** Offsets into `text`. */
  readonly mentions: readonly { readonly user: string; readonly start: number; readonly end: number }[];
  readonly createdAt: number;
  readonly editedAt: number | null;
  readonly deleted: { readonly by: Person; readonly at: number } | null;
};

/** A verdict, with where its words stand now. */
export type SnapshotVerdict = Verdict & {
  readonly reviewer: Person;
  /** The paragraph it is about; empty for a verdict on a mark, which stands where the mark does. */
  readonly ranges: readonly SnapshotRange[];
  /** The words that it suggests. */
  readonly suggested: readonly SnapshotRange[];
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
  /** Annotators see their own layer only; who may adjudicate sees all. */
  readonly blind: boolean;
};

export type Snapshot = {
  readonly article: ArticleMeta;
  readonly text: string;
  readonly blocks: readonly SnapshotBlock[];
  readonly codebook: Codebook;
  readonly layers: readonly SnapshotLayer[];
  /** Those that stand, in the order they were given. */
  readonly verdicts: readonly SnapshotVerdict[];
  readonly reviews: readonly FinishedReview[];
  /** Records of verdicts and reviews that could not be read; counted and kept. */
  readonly unreadableVerdicts: number;
  readonly threads: readonly SnapshotThread[];
  /** Records of discussions that could not be read; counted and kept. */
  readonly unreadableThreads: number;
  readonly gold: readonly SnapshotAnnotation[];
  readonly takenAt: number;
};
