import type { Tagging } from "../../feature/annotate/use-tagging.ts";
import type { Heading } from "../../feature/filters/outline.tsx";
import type { Desk } from "../../feature/margin/actions.ts";
import type { PersonHere } from "../../feature/people/gather.ts";
import type { Following } from "../../feature/people/use-follow.ts";
import type { EditorHandle, EditorMode, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import type { Choice } from "./use-choice.ts";
import type { LinkPick } from "./use-link-pick.ts";
import type { Pick } from "./use-pick.ts";
import type { Quick } from "./use-quick.ts";

/** What is on the page now, as far as commands need to know. */
export type Stage = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly mode: EditorMode;
  readonly canEditText: boolean;
  readonly canAnnotate: boolean;
  readonly selection: TextRange | null;
  readonly active: Placed | null;
  readonly choice: Choice;
  readonly pick: Pick;
  readonly linkPick: LinkPick;
  readonly tagging: Tagging;
  readonly quick: Quick;
  /** The text is there to be marked by me and not to be typed in. */
  readonly marking: boolean;
  readonly desk: Desk;
  readonly people: readonly PersonHere[];
  readonly following: Following;
  readonly headings: readonly Heading[];
  readonly bar: { readonly shown: boolean; readonly dismiss: () => void };
  /** The first field of the chosen mark that is empty and takes words; null: none. */
  readonly emptyField: () => string | null;
  readonly moves: Moves;
  readonly undo: () => void;
  readonly view: View;
};

export type Moves = {
  readonly toMark: (step: 1 | -1) => void;
  readonly inStack: (step: 1 | -1) => void;
  readonly toHeading: (step: 1 | -1) => void;
  readonly toRegion: (step: 1 | -1) => void;
  readonly describe: () => void;
};

export type View = {
  readonly openPalette: () => void;
  readonly openKeys: () => void;
  readonly setMode: (mode: EditorMode) => void;
  /** Whether all marks are listed, beside the text or over it. */
  readonly list: boolean;
  readonly toggleList: () => void;
  readonly togglePanel: () => void;
  /** Whether the map of the article is shown; null where there is no room for it. */
  readonly minimap: boolean | null;
  readonly toggleMinimap: () => void;
  /** Shows all marks of a tag in context. */
  readonly showContext: (tag: string) => void;
  readonly clearFilter: () => void;
  /** Whether signs at the ends of selected words stay out of their mark. */
  readonly trimSigns: boolean;
  readonly toggleTrimSigns: () => void;
  readonly share: () => void;
  /** Opens the codebook at a tag; null: at its beginning. */
  readonly explain: (tag: string | null) => void;
  readonly codebookOpen: boolean;
  readonly closeCodebook: () => void;
};
