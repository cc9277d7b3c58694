import type { Readable } from "./contract.ts";
import { afterPaint, Batch, type Schedule } from "./frame.ts";

/** A store that follows another one a moment later. */
export type Painted<T> = Readable<T> & {
  /** Whether it is behind its source. */
  readonly waits: () => boolean;
  /** Catches up now. */
  readonly flush: () => void;
};

/**
 * A store told of once its change is on the screen: what draws the change at once is not held up by what
 * follows from it. Without listeners it is as the source is.
 */
export function painted<T>(source: Readable<T>, schedule: Schedule = afterPaint): Painted<T> {
  const listeners = new Set<() => void>();
  let shown: T;
  let stop = (): void => {};
  const batch = new Batch(schedule, () => {
    shown = source.get();
    for (const listener of Array.from(listeners)) listener();
  });
  return {
    get: () => (listeners.size > 0 ? shown : source.get()),
    subscribe: (listener) => {
      if (listeners.size === 0) {
        shown = source.get();
        stop = source.subscribe(() => batch.wish());
      }
      // The same function may listen twice.
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return;
        stop();
        batch.stop();
      };
    },
    waits: () => batch.waits,
    flush: () => batch.flush(),
  };
}
