import * as z from "zod/mini";
import { AnnotationId, Range } from "./annotation.ts";

/**
 * A proposed change of the article's text, as it stands in the review room's root map `suggestions`. The
 * text itself holds only what is true: a proposal is drawn over it, and becomes an edit when somebody who
 * may edit accepts it. Only the server writes these records. Times are milliseconds since 1970.
 */

/** Longest text put in place, in UTF-16 code units. */
export const MOST_PROPOSED = 4_000;
/** Longest text that one proposal replaces, in UTF-16 code units. */
export const MOST_REPLACED = 4_000;
/** Longest reason of a rejection, in UTF-16 code units. */
export const MOST_REASON = 500;
/** Most proposals in an article that wait for a decision. */
export const MOST_OPEN = 1_000;
/** Most proposals in an article. */
export const MOST_SUGGESTIONS = 10_000;

export const SuggestionId = AnnotationId;

/** Where it changes the text: words that are replaced, or a place between two characters. */
export const SuggestionPlace = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("over"), range: Range }),
  /** The characters on both sides within the paragraph; at its ends there is only one. */
  z.object({ kind: z.literal("between"), before: z.nullable(Range), after: z.nullable(Range) }),
]);
export type SuggestionPlace = z.infer<typeof SuggestionPlace>;

/** Somebody as they were called when they did it. */
const Somebody = z.object({
  id: z.string().check(z.maxLength(64)),
  name: z.string().check(z.maxLength(80)),
  color: z.string().check(z.maxLength(32)),
});

export const SUGGESTION_STATUSES = ["open", "accepted", "rejected", "withdrawn"] as const;

export const TextSuggestion = z.object({
  id: SuggestionId,
  place: SuggestionPlace,
  /** What stands there afterwards, plain text of one line; empty: the words are deleted. */
  text: z.string().check(z.maxLength(MOST_PROPOSED)),
  by: Somebody,
  at: z.number(),
  status: z.enum(SUGGESTION_STATUSES),
  decided: z.nullable(
    z.object({ by: Somebody, at: z.number(), reason: z.string().check(z.maxLength(MOST_REASON)) }),
  ),
  /** Accepted, and since when somebody's screen is making the edit; null when nobody's is. */
  claimedAt: z.nullable(z.number()),
  /** Who made the edit of an accepted one, and when; null: it is not made yet. */
  applied: z.nullable(z.object({ by: Somebody, at: z.number() })),
  /** Goes up with every change: what is older never replaces what is newer. */
  version: z.int().check(z.minimum(1)),
});
export type TextSuggestion = z.infer<typeof TextSuggestion>;

export type SuggestionKind = "insertion" | "deletion" | "replacement";

export function kindOf({ place, text }: Pick<TextSuggestion, "place" | "text">): SuggestionKind {
  if (place.kind === "between") return "insertion";
  return text === "" ? "deletion" : "replacement";
}

/** The words it replaces as they stood when it was made; empty for an insertion. */
export function replacedBy({ place }: Pick<TextSuggestion, "place">): string {
  return place.kind === "over" ? place.range.quote.exact : "";
}
