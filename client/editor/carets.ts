import type { EditorView } from "prosemirror-view";
import type { Present } from "../session/contract.ts";
import { domRange } from "./dom-range.ts";

/**
 * Colleagues' carets and selections, drawn over the text and not in it: an element inside the text would
 * break words, input methods and screen readers.
 */

/** How long a name shows after its caret moved, in milliseconds. */
const NAME_SHOWN = 2_000;
const MOST_BOXES = 80;

type Drawn = {
  readonly caret: HTMLElement;
  readonly tint: HTMLElement;
  head: number;
  timer: ReturnType<typeof setTimeout> | null;
};

export class Carets {
  readonly element: HTMLElement;
  readonly #drawn = new Map<number, Drawn>();

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "gloss-carets";
    this.element.setAttribute("aria-hidden", "true");
  }

  /** Draws everybody but me and the quiet ones where they are now. Reads layout. */
  draw(view: EditorView, people: readonly Present[]): void {
    const shown = people.filter(({ self, quiet, head }) => !self && !quiet && head !== null);
    const ids = new Set(shown.map(({ clientId }) => clientId));
    for (const [id, drawn] of this.#drawn) if (!ids.has(id)) this.#remove(id, drawn);
    if (shown.length === 0) return;
    const origin = this.element.getBoundingClientRect();
    const size = view.state.doc.content.size;
    const places = shown.map((person) => ({ person, place: placeOf(view, person, size) }));
    for (const { person, place } of places) {
      const drawn = this.#drawn.get(person.clientId) ?? this.#add(person);
      drawn.caret.hidden = place === null;
      drawn.tint.replaceChildren();
      if (!place) continue;
      dress(drawn, person);
      drawn.caret.style.transform = `translate(${place.left - origin.left}px, ${place.top - origin.top}px)`;
      drawn.caret.style.height = `${place.bottom - place.top}px`;
      drawn.tint.replaceChildren(...place.boxes.map((box) => tintBox(box, origin)));
      if (drawn.head !== person.head) this.#showName(drawn, person.head ?? 0);
    }
  }

  destroy(): void {
    for (const [id, drawn] of this.#drawn) this.#remove(id, drawn);
    this.element.remove();
  }

  #add(person: Present): Drawn {
    const caret = document.createElement("div");
    caret.className = "gloss-caret";
    const flag = document.createElement("span");
    flag.className = "gloss-caret-name";
    caret.append(flag);
    const tint = document.createElement("div");
    tint.className = "gloss-caret-tint";
    this.element.append(tint, caret);
    const drawn: Drawn = { caret, tint, head: -1, timer: null };
    this.#drawn.set(person.clientId, drawn);
    return drawn;
  }

  #remove(id: number, drawn: Drawn): void {
    if (drawn.timer !== null) clearTimeout(drawn.timer);
    drawn.caret.remove();
    drawn.tint.remove();
    this.#drawn.delete(id);
  }

  #showName(drawn: Drawn, head: number): void {
    drawn.head = head;
    drawn.caret.classList.add("has-moved");
    if (drawn.timer !== null) clearTimeout(drawn.timer);
    drawn.timer = setTimeout(() => drawn.caret.classList.remove("has-moved"), NAME_SHOWN);
  }
}

function dress(drawn: Drawn, { name, color }: Present): void {
  drawn.caret.style.setProperty("--person", color);
  drawn.tint.style.setProperty("--person", color);
  const flag = drawn.caret.firstElementChild;
  if (flag && flag.textContent !== name) flag.textContent = name;
}

type Place = { left: number; top: number; bottom: number; boxes: readonly DOMRect[] };

function placeOf(view: EditorView, { anchor, head }: Present, size: number): Place | null {
  if (head === null || head > size) return null;
  const { left, top, bottom } = view.coordsAtPos(head);
  const other = anchor === null ? head : Math.min(anchor, size);
  const selected =
    other === head ? null : domRange(view, { from: Math.min(other, head), to: Math.max(other, head) });
  const boxes = selected ? Array.from(selected.getClientRects()).slice(0, MOST_BOXES) : [];
  return { left, top, bottom, boxes };
}

function tintBox(box: DOMRect, origin: DOMRect): HTMLElement {
  const element = document.createElement("div");
  element.style.transform = `translate(${box.left - origin.left}px, ${box.top - origin.top}px)`;
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
  return element;
}
