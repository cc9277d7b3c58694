import { NewVerdict } from "#shared/wire/review.ts";
import { call, type Input, type Output } from "./client.ts";

export { NewVerdict };

export type MyReview = Output<"getReview">;
export type Given = Output<"giveVerdicts">["items"][number];
export type NewThread = Input<"startThread">["body"];
export type NewAnswer = Input<"answerVerdict">["body"];
export type NewFinish = Input<"finishReview">["body"];

/** The calls of review in an article; each throws ApiProblem. Sent again with the same id, a write does nothing twice. */
export type ReviewApi = {
  readonly load: () => Promise<MyReview>;
  /** Each verdict is taken or refused by itself; the answers are in the order of the verdicts. */
  readonly give: (verdicts: readonly NewVerdict[], draft: boolean) => Promise<readonly Given[]>;
  readonly withdraw: (verdict: string) => Promise<Output<"withdrawVerdict">>;
  readonly reopen: (verdict: string, id: string, words: string) => Promise<Output<"reopenVerdict">>;
  readonly answer: (verdict: string, body: NewAnswer) => Promise<Output<"answerVerdict">>;
  readonly finish: (body: NewFinish) => Promise<Output<"finishReview">>;
  readonly startThread: (body: NewThread) => Promise<Output<"startThread">>;
  /** Whether others see my verdicts at once, in every article; null: as the workspace has it. */
  readonly setPublish: (publish: MyReview["publish"] | null) => Promise<Output<"patchMyReview">>;
};

export function reviewApi(article: string): ReviewApi {
  const params = { id: article };
  return {
    load: () => call("getReview", { params }),
    give: async (verdicts, draft) => {
      const { items } = await call("giveVerdicts", { params, body: { verdicts: [...verdicts], draft } });
      return items;
    },
    withdraw: (verdict) => call("withdrawVerdict", { params: { ...params, verdict } }),
    reopen: (verdict, id, words) =>
      call("reopenVerdict", { params: { ...params, verdict }, body: { id, words } }),
    answer: (verdict, body) => call("answerVerdict", { params: { ...params, verdict }, body }),
    finish: (body) => call("finishReview", { params, body }),
    startThread: (body) => call("startThread", { params, body }),
    setPublish: (publish) => call("patchMyReview", { body: { publish } }),
  };
}
