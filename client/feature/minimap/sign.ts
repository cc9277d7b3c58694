import type { Sign as ReviewSign } from "#shared/model/review-sign.ts";
import type { Placed } from "../../session/contract.ts";

export type ReviewState = ReviewSign;

/** What the map says of a mark beside its tag; the weightiest first, for there is room for one. */
export const SIGNS = ["gone", "objection", "changed", "open", "accepted"] as const;
export type Sign = (typeof SIGNS)[number];

/** The sign of a mark; null: nothing to say. `review`: null where nobody reviews. */
export function signOf({ placement: { state } }: Placed, review: ReviewState | null): Sign | null {
  if (state === "detached") return "gone";
  const said = review === null ? null : REVIEW[review];
  const changed = state === "edited" || state === "part" || state === "segments";
  return said === "objection" || !changed ? said : "changed";
}

const REVIEW: Readonly<Record<ReviewState, Sign>> = {
  open: "open",
  partly: "open",
  deferred: "open",
  accepted: "accepted",
  rejected: "objection",
  suggested: "objection",
  discussed: "objection",
  reopened: "objection",
  changed: "changed",
};

export const SIGN_WORDS: Readonly<Record<Sign, string>> = {
  gone: "whose words are gone",
  objection: "with an objection",
  changed: "changed",
  open: "not reviewed",
  accepted: "accepted",
};

/** How many marks carry which sign. */
export function countSigns(
  marks: readonly { readonly lead: Placed }[],
  toSign: (placed: Placed) => Sign | null,
): ReadonlyMap<Sign, number> {
  const counts = new Map<Sign, number>();
  for (const { lead } of marks) {
    const sign = toSign(lead);
    if (sign !== null) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return counts;
}
