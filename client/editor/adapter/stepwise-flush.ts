import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { type ProsemirrorBinding, updateYFragment, ySyncPluginKey } from "y-prosemirror";

/** A move takes a few steps; a change with more is none. */
const MAX_STEPS = 16;

/** What one transaction did to the text, as far as moves are concerned. */
export type Stage = {
  /** The documents before each of its steps. */
  readonly documents: readonly Node[];
  readonly deletes: boolean;
  readonly inserts: boolean;
};

const hasText = (node: Node, from: number, to: number): boolean => node.textBetween(from, to) !== "";

/** The stage of a transaction that changes the document. */
export function stageOf(transaction: Transaction): Stage {
  let deletes = false;
  let inserts = false;
  transaction.steps.slice(0, MAX_STEPS).forEach((step, i) => {
    if (!(step instanceof ReplaceStep)) return;
    const { content } = step.slice;
    const before = transaction.docs[i];
    inserts ||= content.size > 0 && content.textBetween(0, content.size) !== "";
    deletes ||= content.size === 0 && before !== undefined && hasText(before, step.from, step.to);
  });
  return { documents: transaction.docs, deletes, inserts };
}

/**
 * The documents that the binding should pass through on its way to the present one. The binding compares
 * whole documents: where a moved text comes to stand on another that begins or ends alike, it would take
 * what is alike for the same text. Seeing the text go first and come back then, it does not.
 */
function stopovers(stages: readonly Stage[]): readonly Node[] {
  const documents = stages.flatMap((stage) => stage.documents);
  const moves = stages.some(({ deletes }) => deletes) && stages.some(({ inserts }) => inserts);
  return moves && documents.length <= MAX_STEPS ? documents.slice(1) : [];
}

/** Makes the view's binding take moves step by step. `waiting` tells what it has not taken yet. Returns what ends that. */
export function flushStepwise(view: EditorView, waiting: () => readonly Stage[]): () => void {
  const { binding }: { binding: ProsemirrorBinding } = ySyncPluginKey.getState(view.state);
  const take = binding._prosemirrorChanged.bind(binding);
  binding._prosemirrorChanged = (document: Node): void => {
    binding.doc.transact(() => {
      for (const stopover of stopovers(waiting())) {
        updateYFragment(binding.doc, binding.type, stopover, binding);
      }
      take(document);
    }, ySyncPluginKey);
  };
  return () => {
    binding._prosemirrorChanged = take;
  };
}
