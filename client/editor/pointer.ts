import type { EditorView } from "prosemirror-view";
import type { Box, EditorProps } from "./types.ts";

/** Text that moves under a resting pointer points at nothing before it rests too, in milliseconds. */
const REST = 100;

/** The pointer over marks: the elements that draw them carry their keys, the shortest mark innermost. */
export class Pointer {
  readonly #view: EditorView;
  readonly #props: () => EditorProps;
  #hovered: string | null = null;
  #at = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, props: () => EditorProps) {
    this.#view = view;
    this.#props = props;
    view.dom.addEventListener("pointerover", this.#over);
    view.dom.addEventListener("pointerleave", this.#leave);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#view.dom.removeEventListener("pointerover", this.#over);
    this.#view.dom.removeEventListener("pointerleave", this.#leave);
  }

  clicked(event: MouseEvent, repeated: boolean): void {
    const element = markAt(event.target);
    if (!element) return;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const box: Box = { left, top, right, bottom };
    this.#props().onMarkClick?.(this.#keysFrom(element), box, repeated);
  }

  readonly #over = (event: PointerEvent): void => {
    const element = markAt(event.target);
    const key = element ? (this.#keysFrom(element)[0] ?? null) : null;
    const at = `${event.clientX} ${event.clientY}`;
    const isResting = at === this.#at;
    this.#at = at;
    clearTimeout(this.#timer);
    if (isResting) this.#timer = setTimeout(() => this.#hover(key), REST);
    else this.#hover(key);
  };

  readonly #leave = (): void => {
    clearTimeout(this.#timer);
    this.#hover(null);
  };

  #hover(key: string | null): void {
    if (key === this.#hovered) return;
    this.#hovered = key;
    this.#props().onMarkHover?.(key);
  }

  #keysFrom(innermost: HTMLElement): readonly string[] {
    const keys = new Set<string>();
    for (let at: HTMLElement | null = innermost; at && at !== this.#view.dom; at = at.parentElement) {
      for (const key of at.dataset["key"]?.split(" ") ?? []) keys.add(key);
    }
    return Array.from(keys);
  }
}

function markAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
}
