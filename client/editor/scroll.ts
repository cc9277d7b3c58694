import type { EditorView } from "prosemirror-view";
import type { ScrollPlace } from "./types.ts";
import { coveredAbove, scrollerOf, visibleBand } from "./viewport.ts";

/** Frames after the first in which the place is corrected: heights off the screen are estimates. */
const CORRECTIONS = 4;
/** Room kept free around the place, in pixels. */
const CLEARANCE = 48;
/** So many pixels off the wanted place are as good as on it. */
const CLOSE = 1;

type Line = { readonly top: number; readonly bottom: number };

/** Newer wishes end the corrections of older ones. */
const latest = new WeakMap<EditorView, symbol>();

/** Brings a position to its place among what is seen. */
export function scrollToPosition(view: EditorView, position: number, place: ScrollPlace = "near"): void {
  const at = Math.min(Math.max(position, 0), view.state.doc.content.size);
  const scroller = scrollerOf(view.dom);
  const wish = Symbol();
  latest.set(view, wish);
  let left = CORRECTIONS;
  const step = (): void => {
    if (view.isDestroyed || latest.get(view) !== wish) return;
    const { top, bottom } = visibleBand(scroller);
    const way = wayTo(view.coordsAtPos(at), { top: top + coveredAbove(scroller), bottom }, place);
    if (way === 0) return;
    (scroller ?? window).scrollBy({ top: way, behavior: "instant" });
    if (left-- > 0) requestAnimationFrame(step);
  };
  step();
}

/** By how many pixels to scroll, so that a line stands at its place in the band. */
function wayTo(line: Line, band: Line, place: ScrollPlace): number {
  if (place === "near" && line.top >= band.top + CLEARANCE && line.bottom <= band.bottom - CLEARANCE)
    return 0;
  const wanted = place === "top" ? band.top : (band.top + band.bottom) / 2;
  const way = line.top - wanted;
  return Math.abs(way) <= CLOSE ? 0 : way;
}
