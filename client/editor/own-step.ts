import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { comesFromDocument } from "./document-change.ts";

/** Set on the edit of an accepted suggestion, which is made in every mode. */
export const ACCEPTED = "accepted";

const ACTS: readonly unknown[] = ["cut", "paste", "drop"];

/**
 * Whether a change is an act of its own for undo, however soon it follows on typing: what was cut,
 * pasted, dropped or accepted, and whatever changes more than letters (bold, a heading, a list, a link).
 */
export function isOwnStep(transaction: Transaction): boolean {
  if (!transaction.docChanged || comesFromDocument(transaction)) return false;
  const event: unknown = transaction.getMeta("uiEvent");
  if (transaction.getMeta(ACCEPTED) === true) return true;
  return ACTS.includes(event) || transaction.steps.some((step) => !(step instanceof ReplaceStep));
}
