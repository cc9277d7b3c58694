import type { Placement } from "#shared/anchor/placement.ts";
import type { Annotation, FieldValue, Link } from "#shared/model/annotation.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Role } from "#shared/model/role.ts";
import type { ArticleMeta, Person, SnapshotBlock } from "#shared/model/snapshot.ts";

/** The face of an open article towards the screens. Screens see these types and never a Y.Doc. */

/** An external store for `useSyncExternalStore`: `get` returns the same value until it changes. */
export interface Readable<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

/** One annotation with its author and its place in the text as it is now. */
export type Placed = {
  /** `<author id>/<annotation id>`: unique in the article. */
  readonly key: string;
  readonly author: Person;
  readonly mine: boolean;
  readonly annotation: Annotation;
  readonly placement: Placement;
};

export type Markup = {
  readonly version: number;
  /** In text order; document marks first, detached ones last. */
  readonly placed: readonly Placed[];
  readonly byKey: ReadonlyMap<string, Placed>;
  /** Records in somebody's layer that could not be read. */
  readonly unreadable: number;
};

export type SaveState =
  | { readonly kind: "connecting" }
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly changes: number }
  | { readonly kind: "offline"; readonly changes: number }
  | { readonly kind: "read-only"; readonly reason: string }
  | { readonly kind: "refused"; readonly code: string; readonly sentence: string };

export type Present = Person & {
  /** One per open tab. */
  readonly clientId: number;
  readonly self: boolean;
  readonly quiet: boolean;
  /** Selection in the text as ProseMirror positions, if it is there. */
  readonly anchor: number | null;
  readonly head: number | null;
  /** First position they see, to follow them; null while unknown. */
  readonly viewport: number | null;
};

/** Changes of mine that the server refused and that would otherwise be lost. */
export type Recovery = {
  readonly room: "text" | "layer";
  readonly code: string;
  readonly sentence: string;
  /** What was refused, as text to read, copy or download. */
  readonly text: string;
  readonly at: number;
};

/** What a person can set on a mark when making or changing it. */
export type MarkPatch = {
  readonly tags?: readonly string[];
  readonly fields?: Readonly<Record<string, FieldValue>>;
  readonly links?: readonly Link[];
  readonly note?: string;
};

/** A mark to make. */
export type NewMark = {
  /** ProseMirror ranges; null: the article as a whole. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[] | null;
  readonly tags: readonly string[];
  readonly patch?: MarkPatch;
};

/** Several changes of marks of mine that are one act. */
export type MarkBatch = {
  readonly create?: readonly NewMark[];
  readonly change?: readonly { readonly id: string; readonly patch: MarkPatch }[];
  readonly remove?: readonly string[];
};

/** The article as plain text, in UTF-16 code units, and its offsets as ProseMirror positions. */
export type ReadText = {
  readonly text: string;
  /** Paragraphs and headings, in order. */
  readonly blocks: readonly SnapshotBlock[];
  readonly toPosition: (offset: number) => number;
  readonly toOffset: (position: number) => number;
};

export interface ArticleSession {
  readonly articleId: string;
  readonly me: Person & { readonly role: Role };
  /** The codebook in force now; `codebookNow` tells when it is another. */
  readonly codebook: Codebook;
  readonly codebookNow: Readable<Codebook>;
  /** The version that the server says is in force, as `id@version`; null until it has said so. */
  readonly codebookNamed: Readable<string | null>;
  /** Goes on with another codebook. Marks that are there keep the version they were made under. */
  setCodebook(codebook: Codebook): void;
  readonly ready: Readable<boolean>;
  readonly meta: Readable<ArticleMeta>;
  readonly markup: Readable<Markup>;
  readonly save: Readable<SaveState>;
  readonly people: Readable<readonly Present[]>;
  readonly canEditText: Readable<boolean>;
  readonly canAnnotate: Readable<boolean>;
  readonly history: Readable<{ readonly canUndo: boolean; readonly canRedo: boolean }>;
  /** Steps that could not be undone or redone as a whole and were dropped, so far. */
  readonly lostSteps: Readable<number>;

  /** Makes a mark of mine on the given ProseMirror ranges; returns its id, or null when no text is covered. */
  createMark(
    ranges: readonly { from: number; to: number }[],
    tags: readonly string[],
    patch?: MarkPatch,
  ): string | null;
  /** Changes a mark of mine; one undo step. */
  changeMark(id: string, patch: MarkPatch): void;
  /** Moves a mark of mine to other ranges; one undo step. */
  moveMark(id: string, ranges: readonly { from: number; to: number }[]): void;
  /** Deletes marks of mine; one undo step. */
  deleteMarks(ids: readonly string[]): void;
  /**
   * Makes, changes and deletes marks of mine; all of it is one undo step. Marks that are gone and new
   * ones that would cover no text are left out. Returns the ids of those made.
   */
  changeMany(batch: MarkBatch): readonly string[];
  /** The text as it is now; null while it has not arrived. */
  readText(): ReadText | null;
  /** Undoes my last action, text or mark. */
  undo(): void;
  redo(): void;
  /** A mark of mine on exactly these characters, to merge tags into; null when there is none. */
  findMine(from: number, to: number): Placed | null;
  /** Copies of refused changes, newest first, until dismissed. They survive a reload. */
  readonly recoveries: Readable<readonly Recovery[]>;
  dismissRecoveries(): void;
  setQuiet(quiet: boolean): void;
  readonly quiet: Readable<boolean>;
  dispose(): void;
}
