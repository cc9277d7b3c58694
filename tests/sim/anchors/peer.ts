import {
  baseKeymap,
  joinBackward,
  lift,
  setBlockType,
  splitBlock,
  toggleMark,
  wrapIn,
} from "prosemirror-commands";
import { Fragment, Slice, type Node } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, TextSelection, type Command } from "prosemirror-state";
import { redo, undo, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { RedirectRecorder } from "#shared/anchor/record.ts";
import { createTextIndex, type ArticleIndex } from "#shared/anchor/text-index.ts";
import { schema } from "#shared/doc/schema.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import { redirectPlugin } from "../../../client/editor/adapter/redirect-plugin.ts";
import { HeadlessView } from "./headless-view.ts";

const {
  paragraph,
  heading,
  blockquote,
  bullet_list: bulletList,
  list_item: listItem,
  hard_break: hardBreak,
} = schema.nodes;

export type Place = { readonly from: number; readonly to: number };

/** Somebody who edits the article: a document, its index and recorder, and an editor with undo. */
export class Peer {
  readonly doc: Y.Doc;
  readonly index: ArticleIndex;
  readonly view: HeadlessView;
  readonly #recorder: RedirectRecorder;
  #clipboard: Slice = Slice.empty;
  /** Undo steps in which Yjs failed. */
  failedSteps = 0;

  constructor(clientID: number, state: Uint8Array | null = null) {
    this.doc = new Y.Doc();
    this.doc.clientID = clientID;
    if (state) Y.applyUpdate(this.doc, state);
    this.index = createTextIndex(this.doc);
    this.#recorder = new RedirectRecorder(this.doc, this.index);
    const plugins = [ySyncPlugin(articleFragment(this.doc)), redirectPlugin(this.#recorder), yUndoPlugin()];
    this.view = new HeadlessView(EditorState.create({ schema, plugins }));
  }

  get text(): string {
    return this.index.plain.text;
  }

  get article(): Node {
    return this.view.state.doc;
  }

  destroy(): void {
    this.view.destroy();
    this.#recorder.destroy();
    this.index.destroy();
    this.doc.destroy();
  }

  /** Fills an empty article, as whoever creates it does. */
  fill(node: Node): void {
    this.view.dispatch(this.view.state.tr.replaceWith(0, this.article.content.size, node.content));
    this.undoManager.clear();
  }

  get undoManager(): Y.UndoManager {
    const state = yUndoPluginKey.getState(this.view.state);
    if (!state) throw new Error("the editor has no undo");
    return state.undoManager;
  }

  /** Where the first occurrence of some words is. */
  find(words: string): Place {
    const start = this.text.indexOf(words);
    if (start < 0) throw new Error(`"${words}" is not in "${this.text}"`);
    return { from: this.index.toPosition(start), to: this.index.toPosition(start + words.length) };
  }

  step(): void {
    this.undoManager.stopCapturing();
  }

  select({ from, to }: Place): void {
    const selection = TextSelection.between(this.article.resolve(from), this.article.resolve(to));
    this.view.dispatch(this.view.state.tr.setSelection(selection));
  }

  run(command: Command): boolean {
    return command(this.view.state, this.view.dispatch);
  }

  insert(at: number, text: string): void {
    this.view.dispatch(this.view.state.tr.insertText(text, at));
  }

  delete({ from, to }: Place): void {
    this.view.dispatch(this.view.state.tr.delete(from, to));
  }

  split(at: number): void {
    this.select({ from: at, to: at });
    this.run(splitBlock);
  }

  /** Joins the block that holds `at` with the one before, as Backspace at its beginning does. */
  join(at: number): void {
    const start = this.article.resolve(at).start();
    this.select({ from: start, to: start });
    if (!this.run(joinBackward)) this.run(baseKeymap["Backspace"] ?? (() => false));
  }

  on(place: Place, command: Command): boolean {
    this.select(place);
    return this.run(command);
  }

  break(at: number): void {
    if (!hardBreak || !this.article.resolve(at).parent.isTextblock) return;
    this.view.dispatch(this.view.state.tr.insert(at, hardBreak.create()));
  }

  cut({ from, to }: Place): void {
    this.#clipboard = this.article.slice(from, to);
    this.view.dispatch(this.view.state.tr.delete(from, to).setMeta("uiEvent", "cut"));
  }

  copy({ from, to }: Place): void {
    this.#clipboard = this.article.slice(from, to);
  }

  paste(at: number): void {
    this.select({ from: at, to: at });
    const transaction = this.view.state.tr.replaceSelection(this.#clipboard);
    this.view.dispatch(transaction.setMeta("paste", true).setMeta("uiEvent", "paste"));
  }

  drag({ from, to }: Place, at: number): void {
    const slice = this.article.slice(from, to);
    const transaction = this.view.state.tr.delete(from, to);
    const target = transaction.mapping.map(at);
    transaction.replaceRange(target, target, slice);
    this.view.dispatch(transaction.setMeta("uiEvent", "drop"));
  }

  /** Moves the top-level block number `block` in front of number `before` (counted without the moved one). */
  moveBlock(block: number, before: number): void {
    const children = [...this.article.content.content];
    const [moved] = children.splice(block, 1);
    if (!moved) return;
    const start = this.article.content.content.slice(0, block).reduce((sum, node) => sum + node.nodeSize, 0);
    const transaction = this.view.state.tr.delete(start, start + moved.nodeSize);
    const target = children.slice(0, before).reduce((sum, node) => sum + node.nodeSize, 0);
    this.view.dispatch(transaction.insert(target, Fragment.from(moved)));
  }

  undo(): void {
    this.#replay(undo);
  }

  redo(): void {
    this.#replay(redo);
  }

  /** Yjs fails in the middle of a step when what it once re-created has been collected; the step then did less. */
  #replay(step: (state: EditorState) => boolean): void {
    try {
      step(this.view.state);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.failedSteps += 1;
    }
  }
}

const always = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error("the schema lacks a type");
  return value;
};

/** Commands of the editor by name. */
export const commands = {
  heading: setBlockType(always(heading), { level: 2 }),
  paragraph: setBlockType(always(paragraph)),
  wrap: wrapIn(always(blockquote)),
  lift,
  list: wrapInList(always(bulletList)),
  splitItem: splitListItem(always(listItem)),
  liftItem: liftListItem(always(listItem)),
  sinkItem: sinkListItem(always(listItem)),
  bold: toggleMark(always(schema.marks["strong"])),
} satisfies Record<string, Command>;

/** Brings the edits of every peer to every other one, until all have all. */
export function sync(peers: readonly Peer[]): void {
  for (let round = 0; round < 4; round++) {
    let moved = false;
    for (const from of peers) {
      for (const to of peers) {
        if (from === to) continue;
        const missing = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
        const before = Y.encodeStateAsUpdate(to.doc);
        Y.applyUpdate(to.doc, missing, "remote");
        if (Y.encodeStateAsUpdate(to.doc).length !== before.length) moved = true;
      }
    }
    if (!moved) return;
  }
}
