import type * as Y from "yjs";
import type { PlainText } from "../anchor/placement.ts";
import { eachChild, eachRun, visibleLength } from "../anchor/yjs-items.ts";
import type { SnapshotBlock } from "../model/snapshot.ts";
import { firstIndex } from "../model/first-index.ts";
import { headingLevel, schema } from "./schema.ts";

/** A text of the document: `from` is the ProseMirror position of its first character, `start` its plain-text offset. */
export type WalkedText = {
  readonly type: Y.XmlText;
  readonly from: number;
  readonly start: number;
  readonly length: number;
};

/** A text block; `from` is the ProseMirror position where its content begins. */
export type WalkedBlock = SnapshotBlock & { readonly from: number };

/** Where everything stands, in document order. Offsets and lengths are UTF-16 code units. */
export type DocumentWalk = {
  readonly texts: readonly WalkedText[];
  readonly blocks: readonly WalkedBlock[];
  readonly length: number;
};

/** The article's fragment of a text document. */
export function articleFragment(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment("prosemirror");
}

class Walker {
  readonly texts: WalkedText[] = [];
  readonly blocks: WalkedBlock[] = [];
  #position = 0;
  #offset = 0;

  container(parent: Y.XmlFragment, within: readonly string[]): void {
    eachChild(parent, (child) => {
      if (!("nodeName" in child)) return;
      const type = schema.nodes[child.nodeName];
      if (!type?.isBlock) return;
      this.#position += 1;
      if (type.isTextblock) this.#block(child, within);
      else this.container(child, [...within, child.nodeName]);
      this.#position += 1;
    });
  }

  #block(element: Y.XmlElement, within: readonly string[]): void {
    if (this.blocks.length > 0) this.#offset += 1;
    const start = this.#offset;
    const from = this.#position;
    eachChild(element, (child) => {
      if ("nodeName" in child) {
        if (schema.nodes[child.nodeName]?.isInline) this.#advance(1);
        return;
      }
      const length = visibleLength(child);
      this.texts.push({ type: child, from: this.#position, start: this.#offset, length });
      this.#advance(length);
    });
    const heading = element.nodeName === "heading";
    const level = heading ? headingLevel(element.getAttribute("level")) : 0;
    this.blocks.push({
      start,
      end: this.#offset,
      kind: heading ? "heading" : "paragraph",
      level,
      within,
      from,
    });
  }

  #advance(by: number): void {
    this.#position += by;
    this.#offset += by;
  }

  get length(): number {
    return this.#offset;
  }
}

/**
 * One walk over the article. Elements that the schema does not know, and text outside of text blocks,
 * are passed over: the editor removes them.
 */
export function walkDocument(fragment: Y.XmlFragment): DocumentWalk {
  const walker = new Walker();
  walker.container(fragment, []);
  return { texts: walker.texts, blocks: walker.blocks, length: walker.length };
}

/** The visible characters of a text. */
export function textOf(type: Y.XmlText): string {
  let text = "";
  eachRun(type, (_client, _clock, characters) => {
    text += characters;
  });
  return text;
}

/**
 * The plain text of a walk: text blocks joined by "\n", a line break inside a block also "\n".
 * `read` may supply texts that the caller already has.
 */
export function plainText(
  walk: DocumentWalk,
  read: (text: WalkedText, at: number) => string = (text) => textOf(text.type),
): PlainText {
  const parts: string[] = [];
  let end = 0;
  walk.texts.forEach((text, at) => {
    if (text.start > end) parts.push("\n".repeat(text.start - end));
    parts.push(read(text, at));
    end = text.start + text.length;
  });
  if (walk.length > end) parts.push("\n".repeat(walk.length - end));
  const blocks = walk.blocks.map(({ from: _from, ...block }) => block);
  return { text: parts.join(""), blocks };
}

/** Index of the last item whose `key` is at most `value`, or -1. Items are sorted by `key`. */
function lastAtMost<T>(items: readonly T[], key: (item: T) => number, value: number): number {
  return firstIndex(items, (item) => key(item) > value) - 1;
}

/** ProseMirror position of a plain-text offset; clamped to the text. */
export function offsetToPosition(walk: DocumentWalk, offset: number): number {
  const block = walk.blocks[lastAtMost(walk.blocks, (each) => each.start, Math.max(offset, 0))];
  return block ? block.from + Math.min(Math.max(offset, 0), block.end) - block.start : 0;
}

/** Plain-text offset of a ProseMirror position; a position between text blocks is the end of the block before. */
export function positionToOffset(walk: DocumentWalk, position: number): number {
  const block = walk.blocks[lastAtMost(walk.blocks, (each) => each.from, position)];
  return block ? Math.min(block.start + position - block.from, block.end) : 0;
}
