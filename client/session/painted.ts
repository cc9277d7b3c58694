import type { Readable } from "./contract.ts";
import { following } from "./following.ts";
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
 * follows from it.
 */
export function painted<T>(source: Readable<T>, schedule: Schedule = afterPaint): Painted<T> {
  let catchUp = (): void => {};
  const batch = new Batch(schedule, () => catchUp());
  const store = following(source, (now) => {
    catchUp = now;
    return { changed: () => batch.wish(), stop: () => batch.stop() };
  });
  return { ...store, waits: () => batch.waits, flush: () => batch.flush() };
}
