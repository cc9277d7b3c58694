import type { EditorView } from "prosemirror-view";
import type { TextRange } from "./types.ts";

/** Rest after the last key before a selection counts as made, in milliseconds. */
const REST = 80;

/** Tells of a selection when it has come to rest: not while it is being dragged. */
export class SelectionReport {
  readonly #view: EditorView;
  readonly #tell: (range: TextRange | null) => void;
  #dragging = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #told: TextRange | null = null;

  constructor(view: EditorView, tell: (range: TextRange | null) => void) {
    this.#view = view;
    this.#tell = tell;
    view.dom.addEventListener("pointerdown", this.#down);
    addEventListener("pointerup", this.#up);
    addEventListener("pointercancel", this.#up);
  }

  /** The selection or the text under it changed. */
  changed(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), REST);
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#view.dom.removeEventListener("pointerdown", this.#down);
    removeEventListener("pointerup", this.#up);
    removeEventListener("pointercancel", this.#up);
  }

  readonly #down = (): void => {
    this.#dragging = true;
  };

  readonly #up = (): void => {
    if (!this.#dragging) return;
    this.#dragging = false;
    this.changed();
  };

  #rest(): void {
    this.#timer = null;
    if (this.#dragging || this.#view.isDestroyed) return;
    const range = selectedRange(this.#view);
    if (range === null && this.#told === null) return;
    this.#told = range;
    this.#tell(range);
  }
}

/** The selected text; null for a caret. */
export function selectedRange(view: EditorView): TextRange | null {
  const { from, to, empty } = view.state.selection;
  return empty ? null : { from, to };
}
