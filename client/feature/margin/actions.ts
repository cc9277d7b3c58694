import { createContext, useContext } from "react";
import type { Codebook } from "#shared/model/codebook.ts";
import type { TextRange } from "../../editor/types.ts";
import type { MarkBatch, MarkPatch, Placed, ReadText } from "../../session/contract.ts";

/** Where the keyboard goes when a card opens: nowhere, to the card, or to the first thing to fill in. */
export type FocusWish = "card" | "fields" | null;

/** What cards can ask for. The page answers; the object stays the same while the article is open. */
export type CardActions = {
  /** Chooses a mark and opens its card. */
  readonly open: (key: string, focus?: FocusWish) => void;
  /** Leads the keyboard back to the text; the mark stays chosen. */
  readonly leave: () => void;
  readonly close: () => void;
  readonly hover: (key: string | null) => void;
  /** Opens the codebook at a tag. */
  readonly explain: (tag: string) => void;
  /** Opens the codebook at a rule, by its number. */
  readonly explainRule: (n: number) => void;
  /** Sends the mark's words to the codebook as an example; null for who does not change the codebook. */
  readonly example: ((placed: Placed) => void) | null;
  /** Adds a tag to a mark of mine, or takes it away. */
  readonly press: (placed: Placed, tag: string) => void;
  readonly change: (id: string, patch: MarkPatch) => void;
  /** Changes several marks of mine in one step; `done` says what was done. */
  readonly changeMany: (batch: MarkBatch, done: string) => void;
  readonly remove: (placed: Placed) => void;
  /** Fills a field with the words that are selected next. */
  readonly pick: (placed: Placed, attribute: string) => void;
  /** Looks for the words of a mark elsewhere in the article. */
  readonly sameWords: (placed: Placed) => void;
  /** Adds a tag to my mark on the whole article, or takes it away. */
  readonly label: (tag: string) => void;
  /** Lets the person choose in the text what a mark of mine is linked with. */
  readonly pickLink: (placed: Placed) => void;
  /** Puts a mark of mine on other words; null: on those that are selected. */
  readonly repair: (placed: Placed, range: TextRange | null) => void;
  /** Leads to words in the text and selects them. */
  readonly showWords: (range: TextRange) => void;
  /** Makes the same mark in my layer. */
  readonly markToo: (placed: Placed) => void;
};

/** Element id of the list or the sheet of cards, where single cards come and go. */
export const CARDS_ID = "annotations";

/** ARIA 1.3: what `aria-details` of marked words leads to. */
export const COMMENT = { role: "comment" } as const;

/** What all cards of an article have in common. */
export type Desk = {
  readonly codebook: Codebook;
  readonly actions: CardActions;
  readonly canAnnotate: boolean;
  /** All marks of one author, for links. */
  readonly layerOf: (author: string) => readonly Placed[];
  /** All marks of the article as they are now. */
  readonly marks: () => readonly Placed[];
  readonly readText: () => ReadText | null;
  readonly cardId: (key: string) => string;
  /** When the article appeared, ISO 8601 or empty: what "next year" counts from. */
  readonly articleDate: string;
};

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("A card is used outside of a DeskContext");
  return desk;
}
