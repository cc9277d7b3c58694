import { simpleDiff } from "lib0/diff";
import type { Node, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep, type Step } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { type ProsemirrorBinding, updateYFragment, ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { textOf, walkDocument } from "#shared/doc/walk.ts";

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

type Touched = Set<Y.XmlText | Y.XmlFragment>;

/** Notes a changed text and all that it stands in, and that the binding has to look at them anew. */
function touch(binding: ProsemirrorBinding, text: Y.XmlText, touched: Touched): void {
  for (let type: unknown = text; isPart(type); type = type.parent) {
    touched.add(type);
    binding.mapping.delete(type);
  }
}

function isPart(type: unknown): type is Y.XmlText | Y.XmlElement {
  return type instanceof Y.XmlText || type instanceof Y.XmlElement;
}

/** The children of a node as the document has them: neighbouring text nodes are one. */
function childrenOf(node: Node): (Node | Node[])[] {
  const children: (Node | Node[])[] = [];
  for (const child of node.content.content) {
    const last = children.at(-1);
    if (child.isText && Array.isArray(last)) last.push(child);
    else children.push(child.isText ? [child] : child);
  }
  return children;
}

/** Tells the binding which nodes stand for what was touched; it asks for their sizes. */
function remap(
  binding: ProsemirrorBinding,
  touched: Touched,
  parent: { type: Y.XmlFragment; node: Node },
): void {
  const children = childrenOf(parent.node);
  parent.type.toArray().forEach((type, i) => {
    const child = children[i];
    if (!isPart(type) || !touched.has(type) || child === undefined) return;
    binding.mapping.set(type, child);
    if (type instanceof Y.XmlElement && !Array.isArray(child)) remap(binding, touched, { type, node: child });
  });
}

/** Carries out what is plain about steps, in the document that the binding is about to change. */
class Executor {
  readonly touched: Touched = new Set();
  readonly #binding: ProsemirrorBinding;

  constructor(binding: ProsemirrorBinding) {
    this.#binding = binding;
  }

  /** True when the document is then as after the step. */
  carryOut({ step, before }: Taken): boolean {
    if (!(step instanceof ReplaceStep)) return false;
    const { from, to, slice } = step;
    const end = before.resolve(to);
    const inOneBlock = before.resolve(from).sameParent(end);
    const inserted = plainText(slice);
    if (inserted === "") return this.#delete(from, to) && inOneBlock;
    if (inserted !== null) return inOneBlock && this.#replace(from, to, inserted);
    // What follows a text that is put into a block comes to stand in another block.
    const opens = slice.openStart > 0 || slice.openEnd > 0;
    if (opens && slice.content.textBetween(0, slice.content.size) !== "") this.#delete(from, end.end());
    return false;
  }

  /** Deletes the text between two positions. True when that was all there was. */
  #delete(from: number, to: number): boolean {
    let deleted = 0;
    for (const text of walkDocument(this.#binding.type).texts) {
      const begin = Math.max(from, text.from);
      const end = Math.min(to, text.from + text.length);
      if (begin >= end) continue;
      text.type.delete(begin - text.from, end - begin);
      touch(this.#binding, text.type, this.touched);
      deleted += end - begin;
    }
    return deleted === to - from;
  }

  /** Puts `inserted` in place of the text between two positions of one text. True when there is such a text. */
  #replace(from: number, to: number, inserted: string): boolean {
    const { texts } = walkDocument(this.#binding.type);
    const text = texts.find((each) => each.from <= from && to <= each.from + each.length);
    if (!text) return false;
    const at = from - text.from;
    const { index, remove, insert } = simpleDiff(textOf(text.type).slice(at, at + to - from), inserted);
    if (remove > 0) text.type.delete(at + index, remove);
    if (insert !== "") text.type.insert(at + index, insert);
    touch(this.#binding, text.type, this.touched);
    return true;
  }
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

function carryOutAll(binding: ProsemirrorBinding, taken: readonly Taken[]): Touched {
  const executor = new Executor(binding);
  const move = isMove(taken);
  let current = true;
  for (const each of taken) {
    if (!current) {
      if (!move) break;
      updateYFragment(binding.doc, binding.type, each.before, binding);
    }
    current = executor.carryOut(each);
  }
  return executor.touched;
}

/** Has the view's binding carry out steps before it compares. `waiting` tells those it has not taken yet. Returns what ends that. */
export function flushExactly(view: EditorView, waiting: () => readonly Taken[]): () => void {
  const { binding }: { binding: ProsemirrorBinding } = ySyncPluginKey.getState(view.state);
  const compare = binding._prosemirrorChanged.bind(binding);
  binding._prosemirrorChanged = (document: Node): void => {
    binding.doc.transact(() => {
      const touched = carryOutAll(binding, waiting());
      compare(document);
      if (touched.size > 0) remap(binding, touched, { type: binding.type, node: document });
    }, ySyncPluginKey);
  };
  return () => {
    binding._prosemirrorChanged = compare;
  };
}
