import { FinishedReview, type Publish, type ReviewSettings, type Verdict } from "#shared/model/verdict.ts";
import type { ReviewAct } from "#shared/wire/review.ts";
import type { Principal } from "../auth/principal.ts";
import { findArticle } from "./article-row.ts";
import { keptBy, standingIn } from "./review-rows.ts";
import { publishFor, reviewSettings } from "./review-settings.ts";
import { mayKnow } from "./said-room.ts";
import type { Services } from "./services.ts";

export type ReviewOverview = {
  readonly settings: ReviewSettings;
  readonly publish: Publish;
  readonly publishChosen: boolean;
  readonly drafts: Verdict[];
  readonly finished: FinishedReview[];
};

/** How an article is reviewed, and one's own drafts. Rejects with Problem `not-found`. */
export async function getReview(
  { database }: Services,
  who: Principal,
  article: string,
): Promise<ReviewOverview> {
  const { db } = database;
  const where = await findArticle(db, article);
  const settings = await reviewSettings(db);
  const { publish, chosen } = await publishFor(db, who.id, settings);
  const drafts = await keptBy(db, { article, reviewer: who.id }, "draft");
  const rows = await db
    .selectFrom("finished_review")
    .select("body")
    .where("article_id", "=", article)
    .execute();
  const finished = rows
    .map(({ body }) => FinishedReview.parse(JSON.parse(body)))
    .filter(({ of }) => mayKnow(who, where, of));
  return {
    settings,
    publish,
    publishChosen: chosen,
    drafts: drafts.map(({ verdict }) => verdict).sort(inOrder),
    finished: finished.sort(inOrder),
  };
}

/** The verdicts that stand, as far as somebody may know of them, in pages. Rejects with Problem `not-found`. */
export async function listVerdicts(
  { database }: Services,
  who: Principal,
  page: { readonly article: string; readonly after: string | undefined; readonly limit: number },
): Promise<{ items: Verdict[]; next: string | null }> {
  const { article, after = "", limit } = page;
  const where = await findArticle(database.db, article);
  const verdicts = await standingIn(database.db, article, { after, limit: limit + 1 });
  const shown = verdicts.slice(0, limit);
  return {
    items: shown.filter(({ on }) => mayKnow(who, where, on.layer)),
    next: verdicts.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
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
  const where = await findArticle(database.db, article);
  // What was done about hidden layers is for those who may see them all; of one's own acts nothing is hidden.
  const others = mayKnow(who, where, "") ? 1 : -1;
  let query = database.db
    .selectFrom("review_act")
    .selectAll()
    .where("article_id", "=", article)
    .where((eb) => eb.or([eb("open", "=", others), eb("actor", "=", who.id)]))
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
