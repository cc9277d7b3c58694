import { firstIndex } from "../model/first-index.ts";

/** A ProseMirror StepMap: the replaced ranges of one step, in order. */
export type PositionMap = {
  forEach(visit: (oldStart: number, oldEnd: number, newStart: number, newEnd: number) => void): void;
};

/** `length` positions that were at `old` before and are at `now` after. */
export type Stretch = { old: number; length: number; now: number };

function firstEndingAfter(stretches: readonly Stretch[], position: number): number {
  return firstIndex(stretches, ({ now, length }) => now + length > position);
}

function replace(stretches: Stretch[], start: number, end: number, delta: number): void {
  let at = firstEndingAfter(stretches, start);
  const first = stretches[at];
  if (first && first.now < start) {
    const head = start - first.now;
    stretches.splice(
      at,
      1,
      { old: first.old, length: head, now: first.now },
      {
        old: first.old + head,
        length: first.length - head,
        now: start,
      },
    );
    at += 1;
  }
  let gone = 0;
  for (let each = stretches[at]; each && each.now + each.length <= end; each = stretches[at + gone])
    gone += 1;
  if (gone > 0) stretches.splice(at, gone);
  const rest = stretches[at];
  if (rest && rest.now < end) {
    const cut = end - rest.now;
    rest.old += cut;
    rest.length -= cut;
    rest.now = end;
  }
  if (delta === 0) return;
  for (let i = at; i < stretches.length; i++) {
    const stretch = stretches[i];
    if (stretch) stretch.now += delta;
  }
}

/**
 * What a series of steps leaves of a document of `size` positions, in order. Whatever a step replaces is
 * gone; all else keeps its order, so both the old and the new positions rise.
 */
export function keptStretches(maps: readonly PositionMap[], size: number): readonly Stretch[] {
  const stretches: Stretch[] = [{ old: 0, length: size, now: 0 }];
  for (const map of maps) {
    const ranges: [number, number, number][] = [];
    map.forEach((oldStart, oldEnd, newStart, newEnd) =>
      ranges.push([oldStart, oldEnd, newEnd - newStart - (oldEnd - oldStart)]),
    );
    // From the right, so that the positions of the ranges to the left stay true.
    for (const [start, end, delta] of ranges.reverse()) replace(stretches, start, end, delta);
  }
  return stretches;
}
