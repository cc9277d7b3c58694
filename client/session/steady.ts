import type { Readable, SaveState } from "./contract.ts";
import { Cell } from "./cell.ts";
import { afterRest, Calm, type Schedule } from "./frame.ts";

/** So long after the last letter it is said that all is saved, in milliseconds. */
const REST = 300;
/** While letters keep coming, the number of those on their way is brought up to date so often. */
const MOST = 2_000;

/**
 * What becomes of my changes, as it is told to a person: whatever is not safe is said at once; that it is
 * safe, when that has been so for a moment. Otherwise each letter would make it flicker.
 */
export function steady(
  source: Readable<SaveState>,
  schedule: Schedule = afterRest(REST),
): Readable<SaveState> {
  const shown = new Cell(source.get());
  const calm = new Calm(schedule, () => shown.set(source.get()), MOST);
  let listeners = 0;
  let stop = (): void => {};
  const follow = (): void => {
    const isCalm = shown.get().kind === "saving" && isCalming(source.get());
    if (isCalm) return calm.wish();
    calm.stop();
    shown.set(source.get());
  };
  return {
    get: () => (listeners > 0 ? shown.get() : source.get()),
    subscribe: (listener) => {
      if (listeners++ === 0) {
        shown.set(source.get());
        stop = source.subscribe(follow);
      }
      const leave = shown.subscribe(listener);
      return () => {
        leave();
        if (--listeners > 0) return;
        stop();
        calm.stop();
      };
    },
  };
}

/** Nothing that a person would have to know now. */
function isCalming({ kind }: SaveState): boolean {
  return kind === "saving" || kind === "saved";
}
