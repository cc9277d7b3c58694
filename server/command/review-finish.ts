import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import { FinishedReview } from "#shared/model/verdict.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import { findArticle } from "./article-row.ts";
import { keepNotices } from "./notification.ts";
import { finishNotices } from "./review-notice.ts";
import { refused } from "./review-refused.ts";
import { keptBy, lineAt, noteAct, updateKept, wasDone, type Kept } from "./review-rows.ts";
import { showReview } from "./review-show.ts";
import type { Services } from "./services.ts";

export type Finish = {
  readonly article: string;
  /** The reviewer's own name for it: sent again it changes nothing. */
  readonly id: string;
  readonly of: string | null;
  readonly outcome: FinishedReview["outcome"];
  readonly summary: string;
};

/**
 * Ends a review: the reviewer's drafts on this markup are seen by everybody from now on, with a summary.
 * Rejects with Problem `not-found`, `archived` or `verdict-refused`.
 */
export async function finishReview(
  services: Services,
  who: Principal,
  { article, id, of, outcome, summary }: Finish,
): Promise<FinishedReview> {
  return await services.desk.act(article, async () => {
    let told: string[] = [];
    const review = await services.database.exclusive(async (tx) => {
      const { archived_at } = await findArticle(tx, article);
      if (!can(who, "verdict.write", { archived: archived_at !== null })) throw refused("archived");
      const doing = { id, act: "finish", actor: who.id, verdict: null };
      if (await wasDone(tx, article, doing)) return await finished(tx, article, id);
      const drafts = (await keptBy(tx, { article, reviewer: who.id }, "draft")).filter(
        ({ verdict }) => of === null || verdict.on.layer === of,
      );
      for (const draft of drafts) await bringOut(tx, article, draft);
      const at = services.now();
      const made: FinishedReview = { id, of, outcome, summary, verdicts: drafts.length, by: who.id, at };
      await tx
        .insertInto("finished_review")
        .values({ article_id: article, id, reviewer: who.id, body: JSON.stringify(made), shown: 0 })
        .execute();
      await noteAct(tx, article, { ...doing, open: true, body: { of, outcome, summary }, at });
      const verdicts = drafts.map(({ verdict }) => verdict);
      told = await keepNotices(tx, finishNotices(article, made, verdicts), at);
      return made;
    });
    await showReview(services, article);
    services.signals.tell(told);
    return review;
  });
}

async function bringOut(tx: Tx, article: string, draft: Kept): Promise<void> {
  const { verdict } = draft;
  const before = await lineAt(tx, { article, reviewer: verdict.by }, verdict.on, "standing");
  if (before) await updateKept(tx, article, { ...before, status: "superseded" }, true);
  const out: Kept = { verdict, status: "standing", replaces: before?.verdict.id ?? null };
  await updateKept(tx, article, out, true);
  await tx
    .updateTable("review_act")
    .set({ open: 1 })
    .where("article_id", "=", article)
    .where("verdict_id", "=", verdict.id)
    .execute();
}

async function finished(tx: Tx, article: string, id: string): Promise<FinishedReview> {
  const row = await tx
    .selectFrom("finished_review")
    .select("body")
    .where("article_id", "=", article)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return FinishedReview.parse(JSON.parse(row.body));
}
