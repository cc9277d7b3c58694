/** The tables of review. Times are milliseconds since 1970. */

export type ReviewVerdictRow = {
  article_id: string;
  /** The reviewer's own name for it. */
  id: string;
  reviewer: string;
  /** What it is about, see `subjectKey`. */
  subject: string;
  /** `draft` is seen by its reviewer alone, `standing` by everybody; the others count no more. */
  status: "draft" | "standing" | "superseded" | "withdrawn";
  /** The verdict that stood in its place before, to stand again when this one is taken back. */
  replaces: string | null;
  /** The verdict as JSON. */
  body: string;
  /** 1 when the review room says what this row says. */
  shown: number;
};

/** Who did what, in order; never changed but for `open`. */
export type ReviewActRow = {
  article_id: string;
  seq: number;
  id: string;
  act: string;
  actor: string;
  verdict_id: string | null;
  /** 0 while it is about a draft and for its actor's eyes only. */
  open: number;
  body: string;
  at: number;
};

export type FinishedReviewRow = {
  article_id: string;
  id: string;
  reviewer: string;
  body: string;
  shown: number;
};

export type ReviewTables = {
  review_verdict: ReviewVerdictRow;
  review_act: ReviewActRow;
  finished_review: FinishedReviewRow;
};
