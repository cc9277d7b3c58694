import type { DirectEditorProps, EditorView } from "prosemirror-view";
import type { Ref } from "react";
import type { ArticleSession, Placed, Readable } from "../session/contract.ts";

/** What the article editor takes and gives. Positions are ProseMirror positions of the text as it is now. */

/**
 * Annotate: caret and selection work, nothing changes the text. Suggest: the same for the text, and what is
 * typed is heard by an extension. Edit: an ordinary text editor.
 */
export type EditorMode = "annotate" | "suggest" | "edit";

export type TextRange = { readonly from: number; readonly to: number };

/** In CSS pixels of the viewport. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Where a position comes to stand: in the middle unless it is well in sight, in the middle, as the first line. */
export type ScrollPlace = "near" | "middle" | "top";

export type SpanUnit = "word" | "sentence" | "paragraph";

export type EditorProps = {
  readonly session: ArticleSession;
  /** Edit falls back to Annotate while the session's `canEditText` is false. */
  readonly mode: EditorMode;
  readonly ref?: Ref<EditorHandle>;
  /** Keys of marks drawn as chosen and as hovered. Neither rebuilds anything. */
  readonly activeKey?: string | null;
  readonly hoverKey?: string | null;
  /** Marks to draw; a new function is applied at once. Absent: all. */
  readonly filter?: ((placed: Placed) => boolean) | undefined;
  /** Class names of a mark beside its own; a new function is applied at once. Absent: none. */
  readonly traits?: ((placed: Placed) => readonly string[]) | undefined;
  /**
   * Element id of a mark's card, for `aria-details`; null where there is none. A new function is applied
   * at once. Absent: `card-<key>`, made safe by `cardId`.
   */
  readonly cardId?: (key: string) => string | null;
  /** Name of the text box for screen readers. */
  readonly label?: string;
  /**
   * The selection came to rest (a drag or a key has ended) or the text under it moved.
   * Null: nothing but a caret. `box` is the bounding box of the selection.
   */
  readonly onSelection?: (range: TextRange | null, box: Box | null) => void;
  /** The visible marks under the caret changed, smallest first. */
  readonly onCaret?: (keys: readonly string[]) => void;
  /** A click on marks, smallest first. `repeated`: soon after another at the same spot. */
  readonly onMarkClick?: (keys: readonly string[], box: Box, repeated: boolean) => void;
  /** The pointer is over a mark, the smallest there; null when it left. */
  readonly onMarkHover?: (key: string | null) => void;
  /** Annotate mode: a key that would have changed the text or is a command. True: it was handled. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  /** Blocks of the text that are on the screen, and those whose marks are drawn; once per frame at most. */
  readonly onVisible?: (range: TextRange, drawn: TextRange) => void;
  /** From the first to the last line in sight below what lies over the page; once per frame at most. */
  readonly onLines?: (lines: TextRange) => void;
  /** The text was laid out anew (edit, resize, load): positions on the screen may have moved. */
  readonly onLayout?: () => void;
};

/** What draws on the text, or hears what is done in it, and is fetched apart from the editor. */
export type EditorExtension = {
  readonly props: Omit<Partial<DirectEditorProps>, "state" | "plugins" | "dispatchTransaction">;
  /** The view goes; nothing of it may be used any more. */
  destroy(): void;
};

export type EditorHandle = {
  focus(): void;
  /** Scrolls to a position, see `ScrollPlace`; absent: "near". */
  scrollTo(position: number, place?: ScrollPlace): void;
  setSelection(range: TextRange): void;
  /** Null: nothing but a caret. */
  getSelection(): TextRange | null;
  caret(): number;
  /** Null when the position does not exist in the text. */
  coordsAt(position: number): Box | null;
  /** The same for a position of a mark: the text may have changed since marks were placed in it. */
  markCoordsAt(position: number): Box | null;
  /**
   * Upper ends of the lines in which marks begin, whether they are as they were placed last or the time before;
   * far from the screen they are estimates. Null: it stands nowhere.
   */
  markTopsAt(marks: readonly Placed[]): readonly (number | null)[];
  /** Bounding box of a range; null when it does not exist in the text. */
  boxOf(range: TextRange): Box | null;
  /** Keys of visible marks at a position, smallest first. */
  marksAt(position: number): readonly string[];
  /** Grows the selection to whole words, sentences or paragraphs. */
  grow(unit: SpanUnit): void;
  /** Takes back the last `grow`. */
  shrink(): void;
  /** Paints stretches of the text as it is drawn now as the CSS highlight `name`; none takes it away. */
  paint(name: string, ranges: readonly TextRange[]): void;
  /** Plain text between two positions, blocks joined by a line break. */
  textBetween(range: TextRange): string;
  /** Gives each view of the text, from now on, its extension; there is one. Returns what takes it away. */
  extend(attach: (view: EditorView) => EditorExtension): () => void;
  /** The text box itself, for positioning beside it. */
  element(): HTMLElement | null;
  readonly controls: EditorControls;
};

export const BLOCK_KINDS = ["paragraph", "heading-1", "heading-2", "heading-3"] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** What the toolbar shows of the selection. */
export type ControlState = {
  readonly enabled: boolean;
  readonly strong: boolean;
  readonly em: boolean;
  /** Address of the link at the selection, or null. */
  readonly link: string | null;
  readonly block: BlockKind | "other";
  readonly bulletList: boolean;
  readonly orderedList: boolean;
  readonly quote: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
};

export type TextCommand =
  | { readonly kind: "strong" | "em" | "bullet-list" | "ordered-list" | "quote" | "outdent" }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" }
  | { readonly kind: "block"; readonly block: BlockKind }
  /** Null takes the link away. */
  | { readonly kind: "link"; readonly href: string | null };

/** The toolbar's side of the editor. */
export type EditorControls = {
  readonly state: Readable<ControlState>;
  /** Runs a command on the selection and gives the text the focus; false when it does not apply. */
  run(command: TextCommand): boolean;
};

/** Element id of a mark's card. */
export function cardId(key: string): string {
  return `card-${key.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`;
}
