import type { Verdict } from "../model/verdict.ts";
import { changedSince } from "./judged.ts";
import { stateOf } from "./machine.ts";
import { markKey, type ReviewMark } from "./mark.ts";
import type { ReviewState } from "./queue.ts";

export type InboxItem = {
  readonly verdict: Verdict;
  /** The mark it is about; null for a mark that is missing in a paragraph. */
  readonly mark: ReviewMark | null;
  /** Where it is in the article's plain text, -1 for a mark of the whole article. */
  readonly start: number;
};

export type Inbox = {
  /** What waits for me, in text order. */
  readonly items: readonly InboxItem[];
  /** How many of my marks have been accepted as they are now. */
  readonly accepted: number;
};

/**
 * Verdicts and suggestions on somebody's own markup that they have not dealt with: rejected, suggested
 * and discussed ones, unless answered. Whoever changes or deletes the mark has dealt with it too.
 * `startOf` says where the text of a paragraph stands now, null when it is gone.
 */
export function authorInbox(
  { marks, verdicts }: ReviewState,
  author: string,
  startOf: (verdict: Verdict) => number | null = hintOf,
): Inbox {
  const own = new Map(marks.filter((mark) => mark.author === author).map((mark) => [markKey(mark), mark]));
  const items: InboxItem[] = [];
  const accepted = new Set<string>();
  for (const verdict of verdicts) {
    const { on } = verdict;
    if (on.layer !== author) continue;
    const state = stateOf(verdict);
    const waits =
      verdict.answer === null && (state === "rejected" || state === "suggested" || state === "discussed");
    if (on.kind === "paragraph") {
      const start = waits ? startOf(verdict) : null;
      if (start !== null) items.push({ verdict, mark: null, start });
      continue;
    }
    const mark = own.get(markKey({ author, id: on.annotation }));
    if (!mark || changedSince(verdict, mark)) continue;
    if (state === "accepted") accepted.add(mark.id);
    if (waits) items.push({ verdict, mark, start: mark.start ?? Number.MAX_SAFE_INTEGER });
  }
  items.sort(
    (a, b) => a.start - b.start || a.verdict.at - b.verdict.at || (a.verdict.id < b.verdict.id ? -1 : 1),
  );
  return { items, accepted: accepted.size };
}

function hintOf({ on }: Verdict): number | null {
  return on.kind === "paragraph" ? on.range.hint : null;
}
