/**
 * The first index at which a condition holds that stays true from there on; the length of the list when it
 * holds nowhere. By bisection: the condition is asked of a few items only.
 */
export function firstIndex<T>(list: ArrayLike<T>, holds: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item === undefined || holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
