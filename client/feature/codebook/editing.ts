import { createContext, useContext } from "react";
import type { DraftMistake } from "#shared/codebook/mistakes.ts";
import type { PlanStep } from "#shared/codebook/plan-step.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { DraftState, DraftStore } from "./draft-store.ts";
import { PARTS, type ListPart } from "./entries.ts";

/** What is open in the editor. */
export type EditorPlace =
  | { readonly kind: "about" | "publish" | "versions" }
  | { readonly kind: "entry"; readonly part: ListPart; readonly id: string };

/** What all parts of the codebook editor share. */
export type Editing = {
  readonly store: DraftStore;
  readonly state: DraftState;
  readonly mistakes: readonly DraftMistake[];
  readonly place: EditorPlace | null;
  /** Null: the list alone, where there is no room for both. */
  readonly go: (place: EditorPlace | null) => void;
  /** One step for undo; steps with the same key that follow soon are one. */
  readonly change: (key: string, change: (codebook: Codebook) => Codebook) => void;
  readonly plan: (step: PlanStep) => void;
  /** Leaves marks as they are: takes the step about this out of the plan. */
  readonly unplan: (subject: string) => void;
};

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("A part of the codebook editor is used outside of it");
  return editing;
}

/** A place as it stands in the address, and back. */
export function placeToText(place: EditorPlace | null): string | null {
  if (!place) return null;
  return place.kind === "entry" ? `${place.part}/${place.id}` : place.kind;
}

export function placeFromText(text: string | null): EditorPlace | null {
  if (text === null) return null;
  if (text === "about" || text === "publish" || text === "versions") return { kind: text };
  const at = text.indexOf("/");
  const part = PARTS.find((one) => one === text.slice(0, Math.max(0, at)));
  return part ? { kind: "entry", part, id: text.slice(at + 1) } : null;
}
