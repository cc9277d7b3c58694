import { FinishedReview, type Publish, type ReviewSettings, type Verdict } from "#shared/model/verdict.ts";
import type { ReviewAct } from "#shared/wire/review.ts";
import type { Principal } from "../auth/principal.ts";
import { findArticle } from "./article-list.ts";
import { keptBy, standingIn } from "./review-rows.ts";
import { publishFor, reviewSettings } from "./review-settings.ts";
import type { Services } from "./services.ts";

export type ReviewOverview = {
  readonly settings: ReviewSettings;
  readonly publish: Publish;
  readonly publishChosen: boolean;
  readonly verdicts: Verdict[];
  readonly drafts: Verdict[];
  readonly finished: FinishedReview[];
};

/** What everybody sees of the review of an article, and one's own drafts. Rejects with Problem `not-found`. */
export async function getReview(
  { database }: Services,
  who: Principal,
  article: string,
): Promise<ReviewOverview> {
  return await database.exclusive(async (tx) => {
    await findArticle(tx, article);
    const settings = await reviewSettings(tx);
    const { publish, chosen } = await publishFor(tx, who.id, settings);
    const drafts = await keptBy(tx, { article, reviewer: who.id }, "draft");
    const rows = await tx
      .selectFrom("finished_review")
      .select("body")
      .where("article_id", "=", article)
      .execute();
    const finished = rows.map(({ body }) => FinishedReview.parse(JSON.parse(body)));
    return {
      settings,
      publish,
      publishChosen: chosen,
      verdicts: (await standingIn(tx, article)).sort(inOrder),
      drafts: drafts.map(({ verdict }) => verdict).sort(inOrder),
      finished: finished.sort(inOrder),
    };
  });
}

type Stamped = { readonly at: number; readonly id: string };

function inOrder(a: Stamped, b: Stamped): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** Who did what, the latest first; what others keep to themselves is not among it. */
export async function listReviewActs(
  { database }: Services,
  who: Principal,
  page: { readonly article: string; readonly before: number | undefined; readonly limit: number },
): Promise<{ items: ReviewAct[]; next: number | null }> {
  const { article, before, limit } = page;
  await findArticle(database.db, article);
  let query = database.db
    .selectFrom("review_act")
    .selectAll()
    .where("article_id", "=", article)
    .where((eb) => eb.or([eb("open", "=", 1), eb("actor", "=", who.id)]))
    .orderBy("seq", "desc")
    .limit(limit + 1);
  if (before !== undefined) query = query.where("seq", "<", before);
  const rows = await query.execute();
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(({ seq, id, act, actor, at, verdict_id, body }) => ({
      seq,
      id,
      act,
      by: actor,
      at,
      verdict: verdict_id,
      body: JSON.parse(body) as unknown,
    })),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}
