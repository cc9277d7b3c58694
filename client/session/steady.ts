import type { Readable, SaveState } from "./contract.ts";
import { following } from "./following.ts";
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
  return following(source, (catchUp, shown) => {
    const calm = new Calm(schedule, catchUp, MOST);
    return {
      changed: () => {
        if (shown().kind === "saving" && isCalming(source.get())) return calm.wish();
        calm.stop();
        catchUp();
      },
      stop: () => calm.stop(),
    };
  });
}

/** Nothing that a person would have to know now. */
function isCalming({ kind }: SaveState): boolean {
  return kind === "saving" || kind === "saved";
}
