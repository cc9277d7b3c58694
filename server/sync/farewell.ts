import type { Session } from "./session.ts";
import { pause } from "./wait.ts";

/** Longest pause between two closes, and how often it is looked whether all have ended. Milliseconds. */
const LONGEST_STEP = 5;
const LOOK_EVERY = 20;

export type FarewellTimes = {
  /** In which time all are closed. */
  readonly drainSpread: number;
  /** How long their ends are waited for. */
  readonly closing: number;
};

/**
 * Closes all sessions with `draining`, one after another so that not everybody returns at once, and
 * waits for them to end; those that do not are cut. Sessions leave the set as they end.
 */
export async function sayFarewell(sessions: ReadonlySet<Session>, times: FarewellTimes): Promise<void> {
  const all = [...sessions];
  const step = Math.min(times.drainSpread / Math.max(1, all.length), LONGEST_STEP);
  for (const [index, session] of all.entries()) {
    session.close("draining");
    // Timers are coarse: a pause after each of a thousand would take seconds too long.
    if (Math.floor((index + 1) * step) > Math.floor(index * step)) await pause(step);
  }
  for (let waited = 0; sessions.size > 0 && waited < times.closing; waited += LOOK_EVERY) {
    await pause(LOOK_EVERY);
  }
  for (const session of sessions) session.socket.cut();
}
