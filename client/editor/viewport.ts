import type { EditorView } from "prosemirror-view";
import { firstIndex } from "#shared/model/first-index.ts";
import type { TextRange } from "./types.ts";

/** Which part of the text is on the screen. Reads layout; call it at most once a frame. */

const CONTAINERS = new Set(["UL", "OL", "LI", "BLOCKQUOTE"]);

/** A part of the screen, in pixels from its upper end. */
export type Band = { readonly top: number; readonly bottom: number };

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

/**
 * Positions at about the first and the last line of the band. Text is taken to be spread evenly in its block:
 * to ask the browser which character is where takes longer than a frame of a scroll has.
 */
export function linesInBand(view: EditorView, band: Band): TextRange {
  const at = (edge: number): number => {
    const block = blockAt(view.dom, (box) => box.bottom >= edge);
    if (!block) return view.state.doc.content.size;
    const { top, height } = block.getBoundingClientRect();
    const from = view.posAtDOM(block, 0);
    const to = view.posAtDOM(block, block.childNodes.length);
    const share = height === 0 ? 0 : Math.min(1, Math.max(0, (edge - top) / height));
    return Math.round(from + share * (to - from));
  };
  const from = at(band.top);
  return { from, to: Math.max(from, at(band.bottom)) };
}

/** The first text block that touches the band. */
export function firstInBand(view: EditorView, band: Band): HTMLElement | null {
  return blockAt(view.dom, (box) => box.bottom >= band.top);
}

/** Positions from the first to the last text block that touches the band. */
export function rangeInBand(view: EditorView, band: Band): TextRange {
  const first = firstInBand(view, band);
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
  const child = children[firstIndex(children, (each) => holds(each.getBoundingClientRect()))];
  if (!(child instanceof HTMLElement)) return null;
  return (CONTAINERS.has(child.tagName) ? blockAt(child, holds) : null) ?? child;
}
