/** How a mark stands in review in one word, for where there is room for a sign only. */
export const SIGNS = [
  /** Nobody has judged it. */
  "open",
  /** Accepted by some, and more are needed. */
  "partly",
  "accepted",
  "rejected",
  "suggested",
  "discussed",
  "deferred",
  /** Set aside, to be judged anew. */
  "reopened",
  /** What was judged is no longer what stands there. */
  "changed",
] as const;
export type Sign = (typeof SIGNS)[number];
