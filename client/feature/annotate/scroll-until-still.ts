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
  const stop = () => {
    cancelAnimationFrame(frame);
    for (const name of OWN_WAY) window.removeEventListener(name, stop);
  };
  const look = () => {
    const box = place();
    const moved = box === null ? 0 : scrollBy(box.top - window.innerHeight * ABOVE);
    // Before the text is drawn there is no place: that is no stillness.
    still = box === null || Math.abs(moved) >= 1 ? 0 : still + 1;
    if (still < STILL && performance.now() - started < LONGEST) frame = requestAnimationFrame(look);
    else stop();
  };
  for (const name of OWN_WAY) window.addEventListener(name, stop, { passive: true });
  frame = requestAnimationFrame(look);
  return stop;
}

/** Scrolls the window by so many pixels and gives how many it really moved: none at its ends. */
function scrollBy(top: number): number {
  const before = window.scrollY;
  window.scrollBy({ top, behavior: "instant" });
  return window.scrollY - before;
}
