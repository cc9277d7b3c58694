import * as z from "zod/mini";
import { AnnotationId, FieldValue, Link, Range } from "./annotation.ts";

/**
 * What a reviewer says about a mark or a paragraph, and what became of it. The server alone writes these
 * records; `by` and `at` are its own words. What they mean together is in shared/review.
 */

const UserId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const Time = z.number();

/** Why a mark is rejected; `key` chooses it on a screen. */
export const REASONS = [
  { id: "wrong-tag", key: "1", label: "Wrong tag", help: "Another tag says what this is." },
  { id: "boundary", key: "2", label: "Wrong words", help: "It begins or ends at the wrong place." },
  { id: "not-marked", key: "3", label: "Nothing to mark", help: "These words should carry no mark." },
  { id: "fields", key: "4", label: "Fields", help: "A field is missing or not right." },
  { id: "link", key: "5", label: "Links", help: "A link is missing or leads to the wrong mark." },
  { id: "duplicate", key: "6", label: "Marked twice", help: "Another mark says the same." },
  { id: "rule", key: "7", label: "Against a rule", help: "The codebook says otherwise." },
  { id: "other", key: "8", label: "Other", help: "In your own words." },
] as const;
export type ReasonId = (typeof REASONS)[number]["id"];
const REASON_IDS = REASONS.map(({ id }) => id);
export const Reason = z.enum(REASON_IDS);

/** Verdicts on a mark. */
export const MARK_VERDICTS = ["accepted", "rejected", "suggested", "discussed", "deferred"] as const;
/** Verdicts on a paragraph: nothing is missing in it; a mark is missing in it; it has been read. */
export const PARAGRAPH_VERDICTS = ["complete", "missing", "read"] as const;
export const VerdictKind = z.enum([...MARK_VERDICTS, ...PARAGRAPH_VERDICTS]);
export type VerdictKind = z.infer<typeof VerdictKind>;

/** Most characters that a person may write beside a verdict, an answer or a summary. */
export const WORDS_LENGTH = 4_000;
export const Words = z.string().check(z.maxLength(WORDS_LENGTH));

/**
 * What is judged. `layer` is whose markup it is; a paragraph may be judged for everybody's (null). A
 * paragraph is known by the identities of its characters, so that it stays itself through edits.
 */
export const Subject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("mark"), layer: UserId, annotation: AnnotationId }),
  z.object({ kind: z.literal("paragraph"), layer: z.nullable(UserId), range: Range }),
]);
export type Subject = z.infer<typeof Subject>;

/** How it should be instead; null is "as it is". A field with an empty value is to be emptied. */
export const Suggestion = z.object({
  tags: z._default(
    z.nullable(z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(20))),
    null,
  ),
  ranges: z._default(z.nullable(z.array(Range).check(z.minLength(1), z.maxLength(200))), null),
  fields: z._default(z.nullable(z.record(z.string().check(z.maxLength(64)), FieldValue)), null),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** Longest part of the covered text that is kept with a verdict. */
export const JUDGED_TEXT = 2_000;

export const Hash = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/**
 * What stood there when it was judged, in one form: tags sorted, empty fields left out. `text` is its
 * beginning when it is longer than JUDGED_TEXT; `length` is that of the whole.
 */
export const Judged = z.object({
  text: z.string().check(z.maxLength(JUDGED_TEXT)),
  length: z.int().check(z.minimum(0)),
  tags: z.array(z.string()),
  fields: z.record(z.string(), FieldValue),
  links: z.array(Link),
  /** Of a paragraph in which nothing was missing: how many marks it had, and a hash of their names. */
  marks: z.optional(z.object({ count: z.int().check(z.minimum(0)), hash: Hash })),
});
export type Judged = z.infer<typeof Judged>;

/** What the author did with a verdict. After `applied`, `hash` and `judged` are the mark as it then was. */
export const AuthorAnswer = z.object({
  act: z.enum(["applied", "answered", "kept"]),
  words: z._default(Words, ""),
  at: Time,
  hash: z._default(z.nullable(Hash), null),
  judged: z._default(z.nullable(Judged), null),
});
export type AuthorAnswer = z.infer<typeof AuthorAnswer>;

export const Verdict = z.object({
  id: AnnotationId,
  on: Subject,
  verdict: VerdictKind,
  reason: z._default(z.nullable(Reason), null),
  words: z._default(Words, ""),
  suggestion: z._default(z.nullable(Suggestion), null),
  /** The thread where it is discussed. */
  thread: z._default(z.nullable(AnnotationId), null),
  by: UserId,
  at: Time,
  /** Of everything that was judged, also of what `judged` cuts off. */
  hash: Hash,
  judged: Judged,
  answer: z._default(z.nullable(AuthorAnswer), null),
  /** Set aside by its reviewer or another one, so that the mark is judged anew. */
  reopened: z._default(z.nullable(z.object({ by: UserId, words: z._default(Words, ""), at: Time })), null),
});
export type Verdict = z.infer<typeof Verdict>;

/** A review that somebody has finished: of one colleague's markup, or of everybody's (null). */
export const FinishedReview = z.object({
  id: AnnotationId,
  of: z.nullable(UserId),
  outcome: z.enum(["approve", "request-changes"]),
  summary: z._default(Words, ""),
  /** How many verdicts it brought out. */
  verdicts: z.int().check(z.minimum(0)),
  by: UserId,
  at: Time,
});
export type FinishedReview = z.infer<typeof FinishedReview>;

/** When verdicts are seen by others: each at once, or all when the review is finished. */
export const Publish = z.enum(["at-once", "on-finish"]);
export type Publish = z.infer<typeof Publish>;

/** How a workspace reviews. */
export const ReviewSettings = z.object({
  /** How many reviewers must accept a mark. */
  approvals: z._default(z.union([z.literal(1), z.literal(2)]), 1),
  /** Whether people may judge their own marks. */
  ownMarks: z._default(z.boolean(), false),
  /** For those who have not chosen themselves. */
  publish: z._default(Publish, "at-once"),
});
export type ReviewSettings = z.infer<typeof ReviewSettings>;
export const REVIEW_DEFAULTS: ReviewSettings = ReviewSettings.parse({});
