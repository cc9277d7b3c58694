import { finishReview } from "../command/review-finish.ts";
import { getReview, listReviewActs, listVerdicts } from "../command/review-read.ts";
import { changeReviewSettings, choosePublish, reviewSettings } from "../command/review-settings.ts";
import { answerVerdict } from "../command/verdict-answer.ts";
import { giveVerdicts } from "../command/verdict-give.ts";
import { reopenVerdict, withdrawVerdict } from "../command/verdict-withdraw.ts";
import type { REVIEW_API } from "#shared/wire/review.ts";
import type { Handlers } from "./call.ts";

/** One line per endpoint of review. */
export const REVIEW_HANDLERS: Pick<Handlers, keyof typeof REVIEW_API> = {
  getReviewSettings: ({ services }) => reviewSettings(services.database.db),
  patchReviewSettings: ({ services, body }) => changeReviewSettings(services, body),
  patchMyReview: async ({ services, who, body }) => ({
    publish: await choosePublish(services, who.id, body.publish),
  }),
  getReview: ({ services, who, params }) => getReview(services, who, params.id),
  listVerdicts: ({ services, who, params, query: { after, limit } }) =>
    listVerdicts(services, who, { article: params.id, after, limit }),
  giveVerdicts: async ({ services, who, params, body }) => {
    const given = await giveVerdicts(services, params.id, {
      who,
      verdicts: body.verdicts,
      draft: body.draft,
    });
    return { items: [...given] };
  },
  withdrawVerdict: ({ services, who, params }) =>
    withdrawVerdict(services, who, { article: params.id, verdict: params.verdict }),
  reopenVerdict: async ({ services, who, params, body }) => ({
    verdict: await reopenVerdict(services, who, { article: params.id, verdict: params.verdict, ...body }),
  }),
  answerVerdict: async ({ services, who, params, body }) => ({
    verdict: await answerVerdict(services, who, { article: params.id, verdict: params.verdict, ...body }),
  }),
  finishReview: ({ services, who, params, body }) =>
    finishReview(services, who, { article: params.id, ...body }),
  listReviewActs: ({ services, who, params, query: { before, limit } }) =>
    listReviewActs(services, who, { article: params.id, before, limit }),
};
