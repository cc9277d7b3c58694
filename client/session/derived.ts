import type { Readable } from "./contract.ts";

/**
 * A store that is computed from another one, once for each of its values. `compute` is given its last
 * result, so that it can return the same one when nothing that matters has changed.
 */
export function derived<T, U>(
  source: Readable<T>,
  compute: (value: T, before: U | undefined) => U,
): Readable<U> {
  let last: { readonly from: T; readonly result: U } | null = null;
  return {
    get: () => {
      const from = source.get();
      if (!last || !Object.is(last.from, from)) last = { from, result: compute(from, last?.result) };
      return last.result;
    },
    subscribe: source.subscribe,
  };
}
