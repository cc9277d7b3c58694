/** A place in CSS pixels. */
export type Spot = { readonly x: number; readonly y: number };

/** How far a line swings out to the left of the text, in pixels. */
const SWING = 28;

/** The path of a line between two places: it leaves and arrives at the left, so that it crosses few words. */
export function linePath(from: Spot, to: Spot): string {
  const flat = Math.abs(from.y - to.y) < 4;
  if (flat) {
    // On one line of text it goes over the words.
    const top = Math.min(from.y, to.y) - 18;
    return `M${from.x} ${from.y - 10} C${from.x} ${top}, ${to.x} ${top}, ${to.x} ${to.y - 10}`;
  }
  const left = Math.min(from.x, to.x) - SWING;
  return `M${from.x - 2} ${from.y} C${left} ${from.y}, ${left} ${to.y}, ${to.x - 3} ${to.y}`;
}
