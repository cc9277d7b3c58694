import { simpleDiff } from "lib0/diff";
import type { Node, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep, type Step } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { type ProsemirrorBinding, updateYFragment, ySyncPluginKey } from "y-prosemirror";
import type * as Y from "yjs";
import { walkDocument } from "#shared/doc/walk.ts";

/**
 * The binding compares whole documents and knows nothing of what was done. Of two equal letters it may
 * keep the wrong one, and where moved text comes to stand on text that begins or ends alike it takes what
 * is alike for the same. So, before it compares, the steps whose effect on the text is plain are carried
 * out in the document as they were done. Whatever they leave undone the comparison does afterwards, so
 * the outcome never depends on them, only which characters survive.
 */

/** A step with the document that it was applied to. */
export type Taken = { readonly step: Step; readonly before: Node };

/** Most documents that a move is taken through one by one. */
const MAX_STOPOVERS = 16;

export function takenSteps(transaction: Transaction): Taken[] {
  return transaction.steps.map((step, i) => ({ step, before: transaction.docs[i] ?? transaction.before }));
}

/** The text of a slice that is nothing but text. */
function plainText({ content, openStart, openEnd }: Slice): string | null {
  if (openStart > 0 || openEnd > 0) return null;
  let text = "";
  for (const node of content.content) {
    if (!node.isText) return null;
    text += node.text ?? "";
  }
  return text;
}

function forget(binding: ProsemirrorBinding, text: Y.XmlText): void {
  for (let type: unknown = text; type instanceof Object && "parent" in type; type = type.parent) {
    binding.mapping.delete(type as Y.XmlText);
  }
}

/** Deletes the text between two positions. True when that was all there was. */
function deleteText(binding: ProsemirrorBinding, from: number, to: number): boolean {
  let deleted = 0;
  for (const text of walkDocument(binding.type).texts) {
    const begin = Math.max(from, text.from);
    const end = Math.min(to, text.from + text.length);
    if (begin >= end) continue;
    text.type.delete(begin - text.from, end - begin);
    forget(binding, text.type);
    deleted += end - begin;
  }
  return deleted === to - from;
}

/** Puts `inserted` in place of the text between two positions of one text. True when there is such a text. */
function replaceText(
  binding: ProsemirrorBinding,
  range: { from: number; to: number },
  inserted: string,
): boolean {
  const { from, to } = range;
  const text = walkDocument(binding.type).texts.find(
    (each) => each.from <= from && to <= each.from + each.length,
  );
  if (!text) return false;
  const at = from - text.from;
  const { index, remove, insert } = simpleDiff(text.type.toString().slice(at, at + to - from), inserted);
  if (remove > 0) text.type.delete(at + index, remove);
  if (insert !== "") text.type.insert(at + index, insert);
  forget(binding, text.type);
  return true;
}

/** Carries out what is plain about a step. True when the document is then as after the step. */
function carryOut(binding: ProsemirrorBinding, { step, before }: Taken): boolean {
  if (!(step instanceof ReplaceStep)) return false;
  const { from, to, slice } = step;
  const inserted = plainText(slice);
  const inOneBlock = before.resolve(from).sameParent(before.resolve(to));
  if (inserted === "") return deleteText(binding, from, to) && inOneBlock;
  return inserted !== null && inOneBlock && replaceText(binding, { from, to }, inserted);
}

/** True when text goes in one step and comes in another. */
function isMove(taken: readonly Taken[]): boolean {
  let goes = false;
  let comes = false;
  for (const { step, before } of taken) {
    if (!(step instanceof ReplaceStep)) continue;
    const { content } = step.slice;
    if (content.size > 0) comes ||= content.textBetween(0, content.size) !== "";
    else goes ||= before.textBetween(step.from, step.to) !== "";
  }
  return goes && comes && taken.length <= MAX_STOPOVERS;
}

function carryOutAll(binding: ProsemirrorBinding, taken: readonly Taken[]): void {
  const move = isMove(taken);
  let current = true;
  for (const each of taken) {
    if (!current) {
      if (!move) return;
      updateYFragment(binding.doc, binding.type, each.before, binding);
    }
    current = carryOut(binding, each);
  }
}

/** Has the view's binding carry out steps before it compares. `waiting` tells those it has not taken yet. Returns what ends that. */
export function flushExactly(view: EditorView, waiting: () => readonly Taken[]): () => void {
  const { binding }: { binding: ProsemirrorBinding } = ySyncPluginKey.getState(view.state);
  const compare = binding._prosemirrorChanged.bind(binding);
  binding._prosemirrorChanged = (document: Node): void => {
    binding.doc.transact(() => {
      carryOutAll(binding, waiting());
      compare(document);
    }, ySyncPluginKey);
  };
  return () => {
    binding._prosemirrorChanged = compare;
  };
}
