/** Share of the window above the place, so that there is room for a card below it. */
const ABOVE = 0.25;
/** Milliseconds after which a place that still moves is left alone. */
const LONGEST = 1_500;
/** Frames in a row without a move after which a place is taken to stand still. */
const STILL = 8;

/** What a person does to go elsewhere; from then on the page is theirs. */
const OWN_WAY = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Brings a place in the text to the upper part of the window and holds it there while blocks around it
 * are laid out, which have estimated heights until they come near. Ends when the place stands still, when
 * the person scrolls, or after a while. Returns a function that ends it.
 */
export function scrollUntilStill(place: () => DOMRect | null): () => void {
  const started = performance.now();
  let still = 0;
  let frame = 0;
  let last: { readonly top: number; readonly scrolled: number } | null = null;
  const stop = () => {
    cancelAnimationFrame(frame);
    for (const name of OWN_WAY) window.removeEventListener(name, stop);
  };
  const look = () => {
    const top = place()?.top ?? null;
    // Before the text is drawn there is no place: that is no stillness.
    if (top === null) still = 0;
    else if (last && isScrolledAway(top - last.top, window.scrollY - last.scrolled)) return stop();
    else {
      const moved = scrollBy(top - window.innerHeight * ABOVE);
      still = Math.abs(moved) >= 1 ? 0 : still + 1;
      last = { top: top - moved, scrolled: window.scrollY };
    }
    if (still < STILL && performance.now() - started < LONGEST) frame = requestAnimationFrame(look);
    else stop();
  };
  for (const name of OWN_WAY) window.addEventListener(name, stop, { passive: true });
  frame = requestAnimationFrame(look);
  return stop;
}

/**
 * Whether something else has scrolled: the place went the other way than the window. Growing blocks
 * push the place down, with or without the browser's own scrolling along.
 */
function isScrolledAway(moved: number, scrolled: number): boolean {
  return Math.abs(scrolled) > 1 && moved * scrolled < 0 && Math.abs(moved) > Math.abs(scrolled) / 2;
}

/** Scrolls the window by so many pixels and gives how many it really moved: none at its ends. */
function scrollBy(top: number): number {
  const before = window.scrollY;
  window.scrollBy({ top, behavior: "instant" });
  return window.scrollY - before;
}
