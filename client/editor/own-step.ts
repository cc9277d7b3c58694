import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { comesFromDocument } from "./document-change.ts";

const ACTS: readonly unknown[] = ["cut", "paste", "drop"];

/**
 * Whether a change is an act of its own for undo, however soon it follows on typing: what was cut,
 * pasted or dropped, and whatever changes more than letters (bold, a heading, a list, a link).
 */
export function isOwnStep(transaction: Transaction): boolean {
  if (!transaction.docChanged || comesFromDocument(transaction)) return false;
  const event: unknown = transaction.getMeta("uiEvent");
  return ACTS.includes(event) || transaction.steps.some((step) => !(step instanceof ReplaceStep));
}
