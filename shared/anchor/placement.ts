import type { AnchorState } from "../model/anchor-state.ts";
import type { Quote, Range, Run } from "../model/annotation.ts";
import type { SnapshotBlock } from "../model/snapshot.ts";

export type { AnchorState } from "../model/anchor-state.ts";

/** One stretch of text: ProseMirror positions `from`/`to` and plain-text offsets `start`/`end`. */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
};

export type Placement = {
  readonly state: AnchorState;
  readonly pieces: readonly Piece[];
  /** The covered text now; pieces joined by " … ". */
  readonly text: string;
  /** Share of the annotated characters still there, 0 to 1. */
  readonly kept: number;
};

/** What `capture` finds: everything of a Range except the state vector's key. */
export type Captured = { readonly runs: Run[]; readonly quote: Quote; readonly hint: number };

/** The article as plain text: text blocks joined by one "\n", a line break inside a block also "\n". */
export type PlainText = { readonly text: string; readonly blocks: readonly SnapshotBlock[] };

/**
 * The live index of a text document: where characters are, by identity. Kept current by observing the
 * document; never writes to it.
 */
export interface TextIndex {
  /** Goes up by one with every change of the text. */
  readonly version: number;
  readonly plain: PlainText;
  /** Identity of the characters between two ProseMirror positions. Null when no character is between. */
  capture(from: number, to: number): Captured | null;
  /** The same by plain-text offsets. */
  captureText(start: number, end: number): Captured | null;
  /** Where ranges stand now. `vector` is the encoded state vector each range's `sv` names (null: unknown). */
  place(ranges: readonly Range[], vector: (key: string) => Uint8Array | null): Placement;
  /** ProseMirror position of a plain offset, and back. */
  toPosition(offset: number): number;
  toOffset(position: number): number;
  subscribe(listener: () => void): () => void;
  destroy(): void;
}
