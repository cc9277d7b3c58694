import type { TextRange } from "../../editor/types.ts";

/** What the page lends to the screens of review. */

/** Where a key finds the way to send what is being written. */
export type SubmitRef = (submit: (() => void) | null) => void;

export type EdgeStep = {
  readonly edge: "start" | "end";
  readonly forward: boolean;
};

export type Tools = {
  /** The ranges with one end moved by a word; null when it cannot go further. */
  readonly moveEdge: (ranges: readonly TextRange[], step: EdgeStep) => readonly TextRange[] | null;
  /** The text between two positions. */
  readonly textOf: (ranges: readonly TextRange[]) => string;
  /** Opens the codebook at a tag. */
  readonly explain: (tag: string) => void;
  /** Goes on with somebody's markup, or everybody's. */
  readonly review: (author: string | null) => void;
  /** Leaves review. */
  readonly leave: () => void;
  /** Opens a discussion. */
  readonly openThread: (thread: string) => void;
};
