/** The tables of suggested changes of the text. Times are milliseconds since 1970. */

export type TextSuggestionRow = {
  id: string;
  article_id: string;
  /** JSON: where it changes the text, see `SuggestionPlace` in shared/model/suggestion.ts. */
  place: string;
  /** What stands there afterwards. */
  body: string;
  created_by: string;
  created_at: number;
  status: string;
  decided_by: string | null;
  decided_at: number | null;
  reason: string;
  /** The name under which the edit of an accepted one is claimed. */
  claim: string | null;
  claimed_at: number | null;
  applied_by: string | null;
  applied_at: number | null;
  /** Goes up with every change. */
  version: number;
  /** The version that stands in the review room. */
  shown: number;
};

/** What was done to a suggestion, by whom, in which order: only ever added to. */
export type TextSuggestionActRow = {
  suggestion_id: string;
  version: number;
  act: string;
  actor: string;
  at: number;
};

export type SuggestionTables = {
  text_suggestion: TextSuggestionRow;
  text_suggestion_act: TextSuggestionActRow;
};
