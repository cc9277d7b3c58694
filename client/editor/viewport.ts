import type { EditorView } from "prosemirror-view";
import type { TextRange } from "./types.ts";

/** Which part of the text is on the screen. Reads layout; call it at most once a frame. */

const CONTAINERS = new Set(["UL", "OL", "LI", "BLOCKQUOTE"]);

type Band = { readonly top: number; readonly bottom: number };

/** The nearest ancestor that scrolls up and down, or null for the page. */
export function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if (overflowY === "auto" || overflowY === "scroll") {
      return parent === document.documentElement || parent === document.body ? null : parent;
    }
  }
  return null;
}

/** The visible band of the screen in pixels. */
export function visibleBand(scroller: HTMLElement | null): Band {
  const height = document.documentElement.clientHeight;
  if (!scroller) return { top: 0, bottom: height };
  const { top, bottom } = scroller.getBoundingClientRect();
  return { top: Math.max(0, top), bottom: Math.min(height, bottom) };
}

/** Pixels at the top of the visible band that something sticky lies over, as the page itself says. */
export function coveredAbove(scroller: HTMLElement | null): number {
  return Number.parseFloat(getComputedStyle(scroller ?? document.documentElement).scrollPaddingTop) || 0;
}

/** Where in the text blocks lines are found: a few pixels past their edge. */
const INSIDE = 8;

/**
 * Positions at the first and the last line of the band; `around` are those of the blocks in it, between
 * which the answer lies.
 */
export function linesInBand(view: EditorView, band: Band, around: TextRange): TextRange {
  const text = view.dom.getBoundingClientRect();
  const at = (top: number): number | null => {
    if (top <= text.top || top >= text.bottom) return null;
    return view.posAtCoords({ left: text.left + INSIDE, top })?.pos ?? null;
  };
  const within = (position: number): number => Math.min(Math.max(position, around.from), around.to);
  const from = within(at(band.top) ?? around.from);
  return { from, to: Math.max(from, within(at(band.bottom - 1) ?? around.to)) };
}

/** Positions from the first to the last text block that touches the band. */
export function rangeInBand(view: EditorView, band: Band): TextRange {
  const first = blockAt(view.dom, (box) => box.bottom >= band.top);
  const last = blockAt(view.dom, (box) => box.bottom >= band.bottom);
  const size = view.state.doc.content.size;
  return {
    from: first ? view.posAtDOM(first, 0) : size,
    to: last ? view.posAtDOM(last, last.childNodes.length) : size,
  };
}

/** The first block, in document order, for which a condition holds that stays true downwards. */
function blockAt(parent: HTMLElement, holds: (box: DOMRect) => boolean): HTMLElement | null {
  const { children } = parent;
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const child = children[middle];
    if (child && holds(child.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  const child = children[low];
  if (!(child instanceof HTMLElement)) return null;
  return (CONTAINERS.has(child.tagName) ? blockAt(child, holds) : null) ?? child;
}
