/**
 * Places cards beside their lines. All in CSS pixels from the top of the margin. The active card stands
 * exactly at its line; those above are pushed up from it, those below pushed down; none overlap.
 */
export type CardBox = {
  readonly key: string;
  /** Where its line is. */
  readonly top: number;
  readonly height: number;
};

export type CardLayout = {
  readonly tops: ReadonlyMap<string, number>;
  /** Cards for which there is no room above the active one, from the top. */
  readonly hidden: readonly string[];
  /** Lower end of the last card. */
  readonly bottom: number;
};

/** `boxes` in the order of the text. `limit` is the highest place a card may take. */
export function layoutCards(
  boxes: readonly CardBox[],
  activeKey: string | null,
  gap: number,
  limit = 0,
): CardLayout {
  const sorted = boxes
    .map((box, order) => ({ box, order }))
    .sort((one, other) => one.box.top - other.box.top || one.order - other.order)
    .map(({ box }) => box);
  const activeIndex = sorted.findIndex((box) => box.key === activeKey);
  const above = activeIndex < 0 ? [] : sorted.slice(0, activeIndex);
  const active = sorted[activeIndex];
  const tops = new Map<string, number>();

  // Downwards first, so that choosing a card moves only those that are in its way.
  let floor = limit;
  for (const box of above) floor = put(tops, box, floor) + gap;

  const hidden: string[] = [];
  if (active) {
    let ceiling = active.top - gap;
    for (const box of above.toReversed()) {
      const top = Math.min(tops.get(box.key) ?? box.top, ceiling - box.height);
      if (top < limit) {
        tops.delete(box.key);
        hidden.unshift(box.key);
        ceiling = limit;
      } else {
        tops.set(box.key, top);
        ceiling = top - gap;
      }
    }
    tops.set(active.key, active.top);
    floor = active.top + active.height + gap;
  }
  for (const box of sorted.slice(activeIndex + 1)) floor = put(tops, box, floor) + gap;
  return { tops, hidden, bottom: sorted.length === 0 ? limit : floor - gap };
}

/** Puts a box at its line or below `floor`; returns its lower end. */
function put(tops: Map<string, number>, box: CardBox, floor: number): number {
  const top = Math.max(box.top, floor);
  tops.set(box.key, top);
  return top + box.height;
}
