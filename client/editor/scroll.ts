import type { EditorView } from "prosemirror-view";
import { scrollerOf, visibleBand } from "./viewport.ts";

/** Frames after the first in which the place is corrected: heights off the screen are estimates. */
const CORRECTIONS = 4;
/** Room kept free around the place, in pixels. */
const CLEARANCE = 48;

/** Brings a position to the middle of what is seen, unless it is well in sight. */
export function scrollToPosition(view: EditorView, position: number): void {
  const at = Math.min(Math.max(position, 0), view.state.doc.content.size);
  const scroller = scrollerOf(view.dom);
  let left = CORRECTIONS;
  const step = (): void => {
    if (view.isDestroyed) return;
    const target = scroller ?? document.documentElement;
    const covered = Number.parseFloat(getComputedStyle(target).scrollPaddingTop) || 0;
    const band = visibleBand(scroller);
    const top = band.top + covered;
    const box = view.coordsAtPos(at);
    if (box.top >= top + CLEARANCE && box.bottom <= band.bottom - CLEARANCE) return;
    (scroller ?? window).scrollBy({ top: box.top - (top + band.bottom) / 2, behavior: "instant" });
    if (left-- > 0) requestAnimationFrame(step);
  };
  step();
}
