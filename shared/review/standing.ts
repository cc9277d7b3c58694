import type { ReviewSettings, Verdict } from "../model/verdict.ts";
import { changedSince, type Change } from "./judged.ts";
import { stateOf, type State } from "./machine.ts";
import { markKey, type ReviewMark } from "./mark.ts";

/** What the verdicts of all reviewers on one mark mean together. */
export type Standing = {
  readonly state: Exclude<State, "superseded" | "read">;
  /** The verdict that decides it, the latest of its kind; null when open. */
  readonly deciding: Verdict | null;
  /** Reviewers whose approval stands. */
  readonly approvals: readonly string[];
  readonly needed: ReviewSettings["approvals"];
  /** Verdicts that no longer count, because the mark has changed since. */
  readonly outdated: readonly { readonly verdict: Verdict; readonly change: Change }[];
};

/** What weighs more comes first: an objection holds against any number of approvals. */
const OBJECTIONS = ["rejected", "suggested", "discussed", "reopened"] as const satisfies readonly State[];

/**
 * How a mark stands. `verdicts` are those on it (see `verdictsByMark`); of one reviewer only the latest
 * counts. A verdict on something that has changed since does not count. The order of `verdicts` is of no
 * matter.
 */
export function standingOf(
  mark: ReviewMark,
  verdicts: readonly Verdict[],
  settings: ReviewSettings,
): Standing {
  const outdated: { verdict: Verdict; change: Change }[] = [];
  const byState = new Map<State, Verdict>();
  const approvals: string[] = [];
  for (const verdict of latestOfEach(verdicts)) {
    const change = changedSince(verdict, mark);
    if (change) {
      outdated.push({ verdict, change });
      continue;
    }
    const state = stateOf(verdict);
    if (state === "accepted" || state === "applied") approvals.push(verdict.by);
    byState.set(state, verdict);
  }
  const needed = settings.approvals;
  const found = { approvals: approvals.sort(), needed, outdated };
  for (const state of OBJECTIONS) {
    const deciding = byState.get(state);
    if (deciding) return { ...found, state, deciding };
  }
  const approval =
    approvals.length >= needed ? (byState.get("accepted") ?? byState.get("applied")) : undefined;
  if (approval)
    return { ...found, state: stateOf(approval) === "applied" ? "applied" : "accepted", deciding: approval };
  const deferred = byState.get("deferred");
  return deferred
    ? { ...found, state: "deferred", deciding: deferred }
    : { ...found, state: "open", deciding: null };
}

/** The latest verdict of each reviewer, the earliest first. */
function latestOfEach(verdicts: readonly Verdict[]): Verdict[] {
  const latest = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const known = latest.get(verdict.by);
    if (!known || isLater(verdict, known)) latest.set(verdict.by, verdict);
  }
  return [...latest.values()].sort((a, b) => (isLater(a, b) ? 1 : -1));
}

/** Two of one millisecond are told apart by their ids, the same way everywhere. */
export function isLater(a: Verdict, b: Verdict): boolean {
  return a.at > b.at || (a.at === b.at && a.id > b.id);
}

/** Verdicts on marks by `markKey`. */
export function verdictsByMark(verdicts: Iterable<Verdict>): ReadonlyMap<string, readonly Verdict[]> {
  const byMark = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    if (verdict.on.kind !== "mark") continue;
    const key = markKey({ author: verdict.on.layer, id: verdict.on.annotation });
    const known = byMark.get(key);
    if (known) known.push(verdict);
    else byMark.set(key, [verdict]);
  }
  return byMark;
}
