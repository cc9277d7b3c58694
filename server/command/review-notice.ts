import { REASONS, type FinishedReview, type Verdict } from "#shared/model/verdict.ts";
import type { Notice } from "./notification.ts";

/** Whom review tells of what: authors of what waits for them, reviewers of what was answered. */

/** One notice for each author whose answer is asked for; what was only accepted or put off tells nobody. */
export function verdictNotices(article: string, by: string, verdicts: readonly Verdict[]): Notice[] {
  const asking = verdicts.filter(({ verdict }) => ASKING[verdict] !== undefined);
  return [...Map.groupBy(asking, ({ on }) => on.layer)].flatMap(([author, all]) => {
    const [first] = all;
    if (author === null || !first) return [];
    const detail = all.length > 1 ? `${all.length} verdicts on your markup` : wordsOf(first);
    return [
      {
        kind: "verdict",
        to: [author],
        by,
        article,
        about: `verdict/${article}/${first.id}`,
        mark: markOf(first),
        detail,
      },
    ];
  });
}

/** One notice for each author whose markup the review was about. */
export function finishNotices(
  article: string,
  review: FinishedReview,
  verdicts: readonly Verdict[],
): Notice[] {
  const authors = new Set(verdicts.flatMap(({ on }) => on.layer ?? []));
  if (review.of !== null) authors.add(review.of);
  const outcome = review.outcome === "approve" ? "Approved" : "Changes requested";
  const detail = review.summary.trim() === "" ? outcome : `${outcome}: ${review.summary.trim()}`;
  return [
    {
      kind: "verdict",
      to: [...authors],
      by: review.by,
      article,
      about: `review/${article}/${review.id}`,
      detail,
    },
  ];
}

/** What the author has said, to the reviewer. */
export function answerNotice(article: string, verdict: Verdict, act: string): Notice[] {
  const { answer, on, by } = verdict;
  if (!answer || on.layer === null) return [];
  const said = { applied: "Applied as you suggested", answered: "Answered", kept: "Kept as it is" }[
    answer.act
  ];
  const detail = answer.words.trim() === "" ? said : `${said}: ${answer.words.trim()}`;
  return [
    {
      kind: "verdict",
      to: [by],
      by: on.layer,
      article,
      about: `answer/${article}/${act}`,
      mark: markOf(verdict),
      detail,
    },
  ];
}

const ASKING: { readonly [K in Verdict["verdict"]]?: string } = {
  rejected: "Rejected",
  suggested: "A change is suggested",
  discussed: "To be discussed",
  missing: "A mark is missing",
};

function wordsOf({ verdict, reason, words }: Verdict): string {
  const label = REASONS.find(({ id }) => id === reason)?.label;
  return [ASKING[verdict], label, words.trim()]
    .filter((part) => part !== undefined && part !== "")
    .join(": ");
}

function markOf({ on }: Verdict): { readonly author: string; readonly id: string } | null {
  return on.kind === "mark" ? { author: on.layer, id: on.annotation } : null;
}
