import * as z from "zod/mini";
import type * as Y from "yjs";
import { readLayer } from "#shared/doc/layer.ts";
import { articleFragment, plainText, walkDocument } from "#shared/doc/walk.ts";
import { Cell } from "./cell.ts";
import type { Recovery } from "./contract.ts";

/** Copies of what the server refused, so that nothing a person wrote is lost without their say. */

/** A document as lines a person can read: text blocks, or one line a mark. */
export function linesOf(kind: Recovery["room"], doc: Y.Doc): readonly string[] {
  if (kind === "text") return plainText(walkDocument(articleFragment(doc))).text.split("\n");
  const { annotations, unreadable } = readLayer(doc);
  const marks = Array.from(annotations.values(), (annotation) => {
    const quote =
      annotation.target.kind === "document"
        ? "whole article"
        : annotation.target.ranges.map((range) => `“${range.quote.exact}”`).join(" … ");
    const fields = Object.entries(annotation.fields).map(
      ([name, value]) => `${name}: ${typeof value === "string" ? value : value.join(", ")}`,
    );
    return [annotation.tags.join(", "), quote, ...fields, annotation.note].filter(Boolean).join(" | ");
  });
  return [...marks, ...unreadable.map(({ id, reason }) => `${id}: ${reason}`)];
}

/** Lines of `mine` that `theirs` does not have; each line of `theirs` answers for one of `mine`. */
export function lostLines(mine: readonly string[], theirs: readonly string[]): readonly string[] {
  const there = new Map<string, number>();
  for (const line of theirs) there.set(line, (there.get(line) ?? 0) + 1);
  return mine.filter((line) => {
    const count = there.get(line) ?? 0;
    if (count > 0) there.set(line, count - 1);
    return count === 0 && line.trim() !== "";
  });
}

const Stored = z.array(
  z.object({
    room: z.enum(["text", "layer"]),
    code: z.string(),
    sentence: z.string(),
    text: z.string(),
    at: z.number(),
  }),
);

/** Storage by name, as the browser's `localStorage`. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The recovery copies of one person in one article; they outlive a reload. */
export class Recoveries {
  readonly list: Cell<readonly Recovery[]>;
  readonly #shelf: Shelf | null;
  readonly #name: string;

  constructor(shelf: Shelf | null, userId: string, articleId: string) {
    this.#shelf = shelf;
    this.#name = `gloss/recovery/${userId}/${articleId}`;
    this.list = new Cell<readonly Recovery[]>(this.#read());
  }

  add(recovery: Recovery): void {
    const list = [recovery, ...this.list.get()];
    this.list.set(list);
    try {
      this.#shelf?.setItem(this.#name, JSON.stringify(list));
    } catch {
      // The device's storage is full: the copy is shown and can be downloaded, until the page is left.
    }
  }

  dismiss(): void {
    this.#shelf?.removeItem(this.#name);
    this.list.set([]);
  }

  #read(): readonly Recovery[] {
    const stored = this.#shelf?.getItem(this.#name);
    if (!stored) return [];
    try {
      return z.catch(Stored, []).parse(JSON.parse(stored));
    } catch {
      return [];
    }
  }
}
