import * as z from "zod/mini";
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
const UserId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/**
 * Words of the article: by the identities of their characters, as an open article knows them, or by
 * UTF-16 offsets with what stands there.
 */
export const GivenRange = z.union([
  z.object({
    runs: z.array(Run).check(z.minLength(1), z.maxLength(10_000)),
    quote: Quote,
    hint: z.int().check(z.minimum(0)),
  }),
  z.object({
    start: z.int().check(z.minimum(0)),
    end: z.int().check(z.minimum(1)),
    exact: z.string().check(z.maxLength(20_000_000)),
  }),
]);
export type GivenRange = z.infer<typeof GivenRange>;

export const NewVerdict = z.object({
  id: AnnotationId,
  on: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("mark"), layer: UserId, annotation: AnnotationId }),
    z.object({
      kind: z.literal("paragraph"),
      layer: z._default(z.nullable(UserId), null),
      range: GivenRange,
    }),
  ]),
  verdict: VerdictKind,
  reason: z._default(z.nullable(Reason), null),
  words: z._default(Words, ""),
  suggestion: z._default(
    z.nullable(
      z.object({
        tags: z._default(
          z.nullable(z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(20))),
          null,
        ),
        ranges: z._default(z.nullable(z.array(GivenRange).check(z.minLength(1), z.maxLength(200))), null),
        fields: z._default(z.nullable(z.record(z.string().check(z.maxLength(64)), FieldValue)), null),
      }),
    ),
    null,
  ),
  thread: z._default(z.nullable(AnnotationId), null),
  /** Hash of what the reviewer saw (`hashMark`); the verdict is refused when that is no longer so. */
  seen: z._default(z.nullable(Hash), null),
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
  verdict: z.nullable(z.string()),
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
    body: z.partial(
      z.object({ approvals: z.union([z.literal(1), z.literal(2)]), ownMarks: z.boolean(), publish: Publish }),
    ),
    status: 200,
    result: ReviewSettings,
  },
  patchMyReview: {
    method: "PATCH",
    path: "/me/review",
    summary: "Whether others see my verdicts at once; null for the workspace's way",
    verb: "verdict.write",
    body: z.object({ publish: z.nullable(Publish) }),
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
      after: z.optional(AnnotationId),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500)), 200),
    }),
    status: 200,
    result: z.object({ items: z.array(Verdict), next: z.nullable(z.string()) }),
  },
  giveVerdicts: {
    method: "POST",
    path: "/articles/:id/verdicts",
    summary: "Judge marks and paragraphs; each is taken or refused by itself",
    verb: "verdict.write",
    params: byArticle,
    body: z.object({
      verdicts: z.array(NewVerdict).check(z.minLength(1), z.maxLength(500)),
      /** Kept for myself until I finish the review; left out, my setting decides. */
      draft: z.optional(z.boolean()),
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
    result: z.object({ restored: z.nullable(Verdict) }),
  },
  reopenVerdict: {
    method: "POST",
    path: "/articles/:id/verdicts/:verdict/reopen",
    summary: "Set a verdict aside, so that its mark is judged anew",
    verb: "verdict.write",
    params: byVerdict,
    body: z.object({ id: AnnotationId, words: z._default(Words, "") }),
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
      words: z._default(Words, ""),
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
      of: z._default(z.nullable(UserId), null),
      outcome: z.enum(["approve", "request-changes"]),
      summary: z._default(Words, ""),
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
      before: z.optional(z.coerce.number().check(z.int(), z.positive())),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500)), 100),
    }),
    status: 200,
    result: z.object({ items: z.array(ReviewAct), next: z.nullable(z.number()) }),
  },
} as const;
