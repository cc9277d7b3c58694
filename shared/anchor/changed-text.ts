import type * as Y from "yjs";
import { schema } from "../doc/schema.ts";
import { eachChild, eachFate, hasChangedInside, visibleLength, type Fate } from "./yjs-items.ts";

/** Characters with their ids and the ProseMirror position of the first one. */
export type TextRun = {
  readonly client: number;
  readonly clock: number;
  readonly position: number;
  readonly text: string;
};

/** Deleted text with positions in the document before, inserted text with positions in the document now. */
export type ChangedText = { readonly deleted: readonly TextRun[]; readonly inserted: readonly TextRun[] };

type Role = "block" | "inline" | "container" | "unknown";

function roleOf(element: Y.XmlElement): Role {
  const type = schema.nodes[element.nodeName];
  if (!type) return "unknown";
  if (type.isTextblock) return "block";
  return type.isInline ? "inline" : "container";
}

function sizeOf(element: Y.XmlElement, inBlock: boolean): number {
  const role = roleOf(element);
  if (inBlock) return role === "inline" ? 1 : 0;
  if (role !== "block" && role !== "container") return 0;
  let size = 2;
  eachChild(element, (child) => {
    if ("nodeName" in child) size += sizeOf(child, role === "block");
    else if (role === "block") size += visibleLength(child);
  });
  return size;
}

class Walker {
  readonly deleted: TextRun[] = [];
  readonly inserted: TextRun[] = [];
  readonly #transaction: Y.Transaction;
  #before = 0;
  #now = 0;

  constructor(transaction: Y.Transaction) {
    this.#transaction = transaction;
  }

  inside(parent: Y.XmlFragment, inBlock: boolean): void {
    eachFate(parent, this.#transaction, (fate) => {
      if (typeof fate.content === "string") return;
      if ("nodeName" in fate.content) this.#element(fate, fate.content, inBlock);
      else if (inBlock) this.#text(fate, fate.content);
    });
  }

  #element(fate: Fate, element: Y.XmlElement, inBlock: boolean): void {
    const same = fate.before && fate.now;
    if (inBlock || (same && !hasChangedInside(element, this.#transaction))) {
      this.#advance(fate, sizeOf(element, inBlock));
      return;
    }
    const role = roleOf(element);
    if (role !== "block" && role !== "container") return;
    this.#advance(fate, 1);
    this.inside(element, role === "block");
    this.#advance(fate, 1);
  }

  #text(fate: Fate, text: Y.XmlText): void {
    if (fate.before && fate.now && !hasChangedInside(text, this.#transaction)) {
      this.#advance(fate, visibleLength(text));
      return;
    }
    eachFate(text, this.#transaction, (part) => {
      if (typeof part.content !== "string") return;
      const { client, clock, content } = part;
      if (part.before && !part.now)
        this.deleted.push({ client, clock, position: this.#before, text: content });
      if (part.now && !part.before) this.inserted.push({ client, clock, position: this.#now, text: content });
      this.#advance(part, content.length);
    });
  }

  #advance(fate: Pick<Fate, "before" | "now">, by: number): void {
    if (fate.before) this.#before += by;
    if (fate.now) this.#now += by;
  }
}

/** The text that a transaction has deleted and inserted; to be called in its `afterTransaction`. */
export function changedText(fragment: Y.XmlFragment, transaction: Y.Transaction): ChangedText {
  const walker = new Walker(transaction);
  walker.inside(fragment, false);
  return { deleted: walker.deleted, inserted: walker.inserted };
}
