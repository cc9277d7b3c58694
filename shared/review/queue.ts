import type { ReviewSettings, Verdict } from "../model/verdict.ts";
import { changedSince, type Change } from "./judged.ts";
import { stateOf } from "./machine.ts";
import { inTextOrder, markKey, type ReviewMark } from "./mark.ts";
import { isLater, standingOf, verdictsByMark, type Standing } from "./standing.ts";

/** What review is about: the marks of an article and what has been said of them. */
export type ReviewState = {
  /** Of everybody, in any order. */
  readonly marks: readonly ReviewMark[];
  /** Those that everybody sees. */
  readonly verdicts: readonly Verdict[];
  readonly settings: ReviewSettings;
};

/** Which marks somebody goes through. */
export type Scope = {
  /** Whose markup; null for everybody's but mine. */
  readonly author: string | null;
  /** Only marks with one of these tags. */
  readonly tags?: readonly string[];
  /** Leaves out what others have settled already. */
  readonly unsettled?: boolean;
  /** Takes up again what I have put off. */
  readonly deferred?: boolean;
};

/** Why a mark is to be judged (again). */
export type Why = "new" | "changed" | "answered" | "reopened" | "deferred";

export type QueueItem = {
  readonly mark: ReviewMark;
  readonly why: Why;
  /** What I said of it last, published or draft; null for a mark that is new to me. */
  readonly mine: Verdict | null;
  /** With `changed`: what I judged and what stands there now. */
  readonly change: Change | null;
  readonly standing: Standing;
};

export type Queue = {
  /** In text order. */
  readonly items: readonly QueueItem[];
  /** How many of the marks in scope need nothing of me, as in "14 of 52". */
  readonly done: number;
  readonly total: number;
  /** How many I have put off; they count as done until they are taken up again. */
  readonly deferred: number;
};

/**
 * What a reviewer has to judge: every mark in scope that they have not judged, or that changed, was
 * answered or was reopened since. `drafts` are their verdicts that nobody else sees yet.
 */
export function reviewQueue(
  { marks, verdicts, settings }: ReviewState,
  reviewer: { readonly id: string; readonly drafts?: readonly Verdict[] },
  scope: Scope,
): Queue {
  const published = verdictsByMark(verdicts);
  const drafts = verdictsByMark(reviewer.drafts ?? []);
  const items: QueueItem[] = [];
  let total = 0;
  let deferred = 0;
  for (const mark of marks) {
    if (!inScope(mark, reviewer.id, { scope, settings })) continue;
    const key = markKey(mark);
    const onIt = published.get(key) ?? [];
    const mine = latest(reviewer.id, [...onIt, ...(drafts.get(key) ?? [])]);
    const change = mine && changedSince(mine, mark);
    const why = reasonFor(mine, change);
    const standing = standingOf(mark, onIt, settings);
    if (scope.unsettled && (why === "new" || why === "deferred") && isSettled(standing)) continue;
    total += 1;
    if (why === "deferred") deferred += 1;
    if (why === null || (why === "deferred" && !scope.deferred)) continue;
    items.push({ mark, why, mine, change, standing });
  }
  items.sort((a, b) => inTextOrder(a.mark, b.mark));
  return { items, done: total - items.length, total, deferred };
}

function inScope(
  { author, tags }: ReviewMark,
  reviewer: string,
  { scope, settings }: { readonly scope: Scope; readonly settings: ReviewSettings },
): boolean {
  if (scope.author !== null && author !== scope.author) return false;
  if (author === reviewer && !settings.ownMarks) return false;
  return scope.tags === undefined || tags.some((tag) => scope.tags?.includes(tag));
}

function latest(by: string, verdicts: readonly Verdict[]): Verdict | null {
  let found: Verdict | null = null;
  for (const verdict of verdicts) {
    if (verdict.by === by && (!found || isLater(verdict, found))) found = verdict;
  }
  return found;
}

function reasonFor(mine: Verdict | null, change: Change | null): Why | null {
  if (!mine) return "new";
  if (change) return "changed";
  if (mine.answer?.act === "answered" && !mine.reopened) return "answered";
  const state = stateOf(mine);
  return state === "reopened" || state === "deferred" ? state : null;
}

/** Enough reviewers have accepted it, or somebody has rejected it. */
export function isSettled({ state }: Standing): boolean {
  return state === "accepted" || state === "applied" || state === "rejected";
}
