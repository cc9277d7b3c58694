import { z } from "zod";
import { AnnotationId, Quote, Run, FieldValue } from "../model/annotation.ts";
import {
  FinishedReview,
  Hash,
  Publish,
  Reason,
  ReviewSettings,
  Verdict,
  VerdictKind,
  Words,
} from "../model/verdict.ts";
import { REFUSAL_CODES } from "../review/refusals.ts";
import { Id } from "./shapes.ts";

/** Review over the HTTP API. Ids of verdicts and acts are the caller's: sent again, they do nothing twice. */

const byArticle = z.object({ id: Id });
const byVerdict = z.object({ id: Id, verdict: AnnotationId });
const UserId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/**
 * Words of the article: by the identities of their characters, as an open article knows them, or by
 * UTF-16 offsets with what stands there.
 */
export const GivenRange = z.union([
  z.object({ runs: z.array(Run).min(1).max(10_000), quote: Quote, hint: z.number().int().min(0) }),
  z.object({
    start: z.number().int().min(0),
    end: z.number().int().min(1),
    exact: z.string().max(20_000_000),
  }),
]);
export type GivenRange = z.infer<typeof GivenRange>;

export const NewVerdict = z.object({
  id: AnnotationId,
  on: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("mark"), layer: UserId, annotation: AnnotationId }),
    z.object({ kind: z.literal("paragraph"), layer: UserId.nullable().default(null), range: GivenRange }),
  ]),
  verdict: VerdictKind,
  reason: Reason.nullable().default(null),
  words: Words.default(""),
  suggestion: z
    .object({
      tags: z.array(z.string().max(64)).min(1).max(20).nullable().default(null),
      ranges: z.array(GivenRange).min(1).max(200).nullable().default(null),
      fields: z.record(z.string().max(64), FieldValue).nullable().default(null),
    })
    .nullable()
    .default(null),
  thread: AnnotationId.nullable().default(null),
  /** Hash of what the reviewer saw (`hashMark`); the verdict is refused when that is no longer so. */
  seen: Hash.nullable().default(null),
});
export type NewVerdict = z.infer<typeof NewVerdict>;

const RefusalCode = z.enum(REFUSAL_CODES);

/** What became of each verdict sent, in the order they were sent. */
export const Given = z.discriminatedUnion("ok", [
  z.object({ id: z.string(), ok: z.literal(true), draft: z.boolean(), verdict: Verdict }),
  z.object({ id: z.string(), ok: z.literal(false), refusal: RefusalCode, sentence: z.string() }),
]);
export type Given = z.infer<typeof Given>;

export const ReviewAct = z.object({
  /** Rises with time. */
  seq: z.number(),
  id: z.string(),
  act: z.string(),
  by: z.string(),
  at: z.number(),
  /** Null for what is about no single verdict. */
  verdict: z.string().nullable(),
  /** What was said, as it was said. */
  body: z.unknown(),
});
export type ReviewAct = z.infer<typeof ReviewAct>;

export const REVIEW_API = {
  getReviewSettings: {
    method: "GET",
    path: "/review/settings",
    summary: "How this workspace reviews",
    verb: "review.read",
    status: 200,
    result: ReviewSettings,
  },
  patchReviewSettings: {
    method: "PATCH",
    path: "/review/settings",
    summary: "Change how this workspace reviews",
    verb: "settings.write",
    body: z
      .object({ approvals: z.union([z.literal(1), z.literal(2)]), ownMarks: z.boolean(), publish: Publish })
      .partial(),
    status: 200,
    result: ReviewSettings,
  },
  patchMyReview: {
    method: "PATCH",
    path: "/me/review",
    summary: "Whether others see my verdicts at once; null for the workspace's way",
    verb: "verdict.write",
    body: z.object({ publish: Publish.nullable() }),
    status: 200,
    result: z.object({ publish: Publish }),
  },
  getReview: {
    method: "GET",
    path: "/articles/:id/review",
    summary: "How an article is reviewed: settings, finished reviews and my own drafts",
    verb: "review.read",
    params: byArticle,
    status: 200,
    result: z.object({
      settings: ReviewSettings,
      /** What holds for me. */
      publish: Publish,
      /** Whether I chose that myself. */
      publishChosen: z.boolean(),
      drafts: z.array(Verdict),
      finished: z.array(FinishedReview),
    }),
  },
  listVerdicts: {
    method: "GET",
    path: "/articles/:id/verdicts",
    summary: "The verdicts that stand, in the order of their ids",
    verb: "review.read",
    params: byArticle,
    query: z.object({
      after: AnnotationId.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    status: 200,
    result: z.object({ items: z.array(Verdict), next: z.string().nullable() }),
  },
  giveVerdicts: {
    method: "POST",
    path: "/articles/:id/verdicts",
    summary: "Judge marks and paragraphs; each is taken or refused by itself",
    verb: "verdict.write",
    params: byArticle,
    body: z.object({
      verdicts: z.array(NewVerdict).min(1).max(500),
      /** Kept for myself until I finish the review; left out, my setting decides. */
      draft: z.boolean().optional(),
    }),
    status: 200,
    result: z.object({ items: z.array(Given) }),
  },
  withdrawVerdict: {
    method: "POST",
    path: "/articles/:id/verdicts/:verdict/withdraw",
    summary: "Take back my own last verdict; the one before it stands again",
    verb: "verdict.write",
    params: byVerdict,
    status: 200,
    result: z.object({ restored: Verdict.nullable() }),
  },
  reopenVerdict: {
    method: "POST",
    path: "/articles/:id/verdicts/:verdict/reopen",
    summary: "Set a verdict aside, so that its mark is judged anew",
    verb: "verdict.write",
    params: byVerdict,
    body: z.object({ id: AnnotationId, words: Words.default("") }),
    status: 200,
    result: z.object({ verdict: Verdict }),
  },
  answerVerdict: {
    method: "POST",
    path: "/articles/:id/verdicts/:verdict/answer",
    summary: "Apply, answer or turn down a verdict on my own markup",
    verb: "comment.write",
    params: byVerdict,
    body: z.object({
      id: AnnotationId,
      act: z.enum(["apply", "answer", "keep"]),
      words: Words.default(""),
    }),
    status: 200,
    result: z.object({ verdict: Verdict }),
  },
  finishReview: {
    method: "POST",
    path: "/articles/:id/review/finish",
    summary: "Bring out my drafts, with a summary",
    verb: "verdict.write",
    params: byArticle,
    body: z.object({
      id: AnnotationId,
      /** Whose markup was reviewed; null for everybody's. Only drafts on it come out. */
      of: UserId.nullable().default(null),
      outcome: z.enum(["approve", "request-changes"]),
      summary: Words.default(""),
    }),
    status: 201,
    result: FinishedReview,
  },
  listReviewActs: {
    method: "GET",
    path: "/articles/:id/review/acts",
    summary: "Who said and did what in review, the latest first",
    verb: "review.read",
    params: byArticle,
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    status: 200,
    result: z.object({ items: z.array(ReviewAct), next: z.number().nullable() }),
  },
} as const;
