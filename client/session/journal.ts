import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import type { Shelf } from "./recovery.ts";

/** Storage by name that can be looked through, as the browser's `localStorage`. */
export type Shelves = Shelf & Pick<Storage, "key" | "length">;

/** Most characters a tab writes down for one document; what is larger is left to the local copy alone. */
const MOST = 200_000;

/**
 * What a tab wrote that its local copy does not hold yet. The copy is written in the background: a page
 * that is reloaded or closed at once would lose the last keys. This is written before the key's own task
 * ends, and is empty again as soon as the copy has it.
 */
export class Journal {
  readonly #shelf: Shelves;
  readonly #prefix: string;
  readonly #own: string;
  #updates: Uint8Array[] = [];
  #size = 0;

  /** `name` is the local copy's, `tab` is nobody else's. */
  constructor(shelf: Shelves, name: string, tab: string) {
    this.#shelf = shelf;
    this.#prefix = `gloss/journal/${name}/`;
    this.#own = `${this.#prefix}${tab}`;
  }

  /** How many updates stand here. */
  get length(): number {
    return this.#updates.length;
  }

  add(update: Uint8Array): void {
    this.#updates.push(update);
    this.#size += update.length;
    this.#write();
  }

  /** The local copy holds the first `count` updates now. */
  written(count: number): void {
    for (const { length } of this.#updates.splice(0, count)) this.#size -= length;
    this.#write();
  }

  /**
   * What tabs that are gone left behind, with what to call once the local copy holds it. What cannot be
   * read is left out and stays where it is.
   */
  left(): { readonly updates: readonly Uint8Array[]; readonly forget: () => void } {
    const found = this.#others().flatMap((name) => {
      const text = this.#shelf.getItem(name) ?? "";
      const update = updateFrom(text);
      return update ? [{ name, text, update }] : [];
    });
    return {
      updates: found.map(({ update }) => update),
      forget: () => {
        // A tab that is still there may have written on.
        for (const { name, text } of found)
          if (this.#shelf.getItem(name) === text) this.#shelf.removeItem(name);
      },
    };
  }

  clear(): void {
    this.#updates = [];
    this.#size = 0;
    for (const name of this.#others()) this.#shelf.removeItem(name);
    this.#write();
  }

  #others(): string[] {
    return Array.from({ length: this.#shelf.length }, (_, i) => this.#shelf.key(i) ?? "").filter(
      (name) => name.startsWith(this.#prefix) && name !== this.#own,
    );
  }

  #write(): void {
    // Four characters for three bytes.
    if (this.#size === 0 || this.#size * 4 > MOST * 3) {
      this.#shelf.removeItem(this.#own);
      return;
    }
    try {
      this.#shelf.setItem(this.#own, toBase64(Y.mergeUpdates(this.#updates)));
    } catch {
      // The device's storage is full: the local copy will tell as much, or hold it in a moment.
      this.#shelf.removeItem(this.#own);
    }
  }
}

/** Null for what is no update: it must not keep a document from being opened. */
function updateFrom(text: string): Uint8Array | null {
  try {
    const update = fromBase64(text);
    Y.decodeUpdate(update);
    return update;
  } catch {
    return null;
  }
}
