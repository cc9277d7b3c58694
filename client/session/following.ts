import { Cell } from "./cell.ts";
import type { Readable } from "./contract.ts";
import { whileHeard } from "./while-heard.ts";

/** Decides when a store that follows another one catches up. */
export type Pace = {
  /** The source has changed. */
  readonly changed: () => void;
  /** Nobody listens any more: what was put off is off. */
  readonly stop: () => void;
};

/**
 * A store that shows what another one holds at a pace of its own. While nobody listens it is as its source.
 * `paceOf` is given what catches up, and what is shown still.
 */
export function following<T>(
  source: Readable<T>,
  paceOf: (catchUp: () => void, shown: () => T) => Pace,
): Readable<T> {
  const shown = new Cell(source.get());
  const catchUp = (): void => shown.set(source.get());
  const { changed, stop } = paceOf(catchUp, shown.get);
  let isHeard = false;
  return {
    get: () => (isHeard ? shown : source).get(),
    subscribe: whileHeard(shown.subscribe, () => {
      catchUp();
      isHeard = true;
      const leave = source.subscribe(changed);
      return () => {
        leave();
        stop();
        isHeard = false;
      };
    }),
  };
}
