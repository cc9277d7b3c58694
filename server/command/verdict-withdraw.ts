import { Problem } from "#shared/model/problem.ts";
import type { Verdict } from "#shared/model/verdict.ts";
import { act, lineOf, OPEN_LINE, type Line } from "#shared/review/machine.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import { findArticle } from "./article-row.ts";
import { newId } from "./id.ts";
import { refused } from "./review-refused.ts";
import { findKept, noteAct, updateKept, wasDone, type Kept } from "./review-rows.ts";
import { reviewSettings } from "./review-settings.ts";
import { showReview } from "./review-show.ts";
import type { Services } from "./services.ts";

type Target = { readonly article: string; readonly verdict: string };

/**
 * Takes back one's own last verdict on something; the one that stood there before stands again and is
 * given back. Done again it changes nothing. Rejects with Problem `not-found`, `forbidden`, `archived` or
 * `verdict-refused`.
 */
export async function withdrawVerdict(
  services: Services,
  who: Principal,
  { article, verdict: id }: Target,
): Promise<{ readonly restored: Verdict | null }> {
  return await services.desk.act(article, async () => {
    const restored = await services.database.exclusive(async (tx) => {
      const kept = await visible(tx, who, { article, verdict: id });
      const before = kept.replaces === null ? null : await findKept(tx, article, kept.replaces);
      if (kept.status === "withdrawn") {
        return before && (before.status === "draft" || before.status === "standing") ? before : null;
      }
      await allow(tx, who, { article, kept, what: "withdraw" });
      const wasDraft = kept.status === "draft";
      await updateKept(tx, article, { ...kept, status: "withdrawn" }, !wasDraft);
      await noteAct(tx, article, {
        id: newId(),
        act: "withdraw",
        actor: who.id,
        verdict: id,
        open: !wasDraft,
        body: {},
        at: services.now(),
      });
      if (before?.status !== "superseded") return null;
      const again: Kept = { ...before, status: kept.status };
      await updateKept(tx, article, again, !wasDraft);
      return again;
    });
    await showReview(services, article);
    return { restored: restored?.verdict ?? null };
  });
}

/**
 * Sets a verdict aside, so that its mark is judged anew: one's own, or a colleague's. Done again under
 * the same id it changes nothing. Rejects as `withdrawVerdict` does.
 */
export async function reopenVerdict(
  services: Services,
  who: Principal,
  target: Target & { readonly id: string; readonly words: string },
): Promise<Verdict> {
  const { article, verdict: name, id, words } = target;
  return await services.desk.act(article, async () => {
    const verdict = await services.database.exclusive(async (tx) => {
      const kept = await visible(tx, who, target);
      const doing = { id, act: "reopen", actor: who.id, verdict: name };
      if (await wasDone(tx, article, doing)) return kept.verdict;
      await allow(tx, who, { article, kept, what: "reopen" });
      const at = services.now();
      const reopened = { ...kept.verdict, reopened: { by: who.id, words, at } };
      await updateKept(tx, article, { ...kept, verdict: reopened }, true);
      await noteAct(tx, article, { ...doing, open: true, body: { words }, at });
      return reopened;
    });
    await showReview(services, article);
    return verdict;
  });
}

/** A verdict that somebody may know of: others' drafts are as good as not there. */
export async function visible(tx: Tx, who: Principal, { article, verdict }: Target): Promise<Kept> {
  const kept = await findKept(tx, article, verdict);
  const mine = kept?.verdict.by === who.id;
  const wasSeen = kept && (kept.status === "standing" || (await wasOpen(tx, article, verdict)));
  if (kept && (mine || wasSeen)) return kept;
  throw new Problem("not-found", "There is no such verdict.");
}

async function wasOpen(tx: Tx, article: string, verdict: string): Promise<boolean> {
  const row = await tx
    .selectFrom("review_act")
    .select("seq")
    .where("article_id", "=", article)
    .where("verdict_id", "=", verdict)
    .where("open", "=", 1)
    .executeTakeFirst();
  return row !== undefined;
}

type Attempt = {
  readonly article: string;
  readonly kept: Kept;
  readonly what: "withdraw" | "reopen" | "apply" | "answer" | "keep";
};

/** Rejects with the Problem that the rules of review give. */
export async function allow(tx: Tx, who: Principal, { article, kept, what }: Attempt): Promise<void> {
  const outcome = act(lineFor(kept, what), what, {
    who,
    author: kept.verdict.on.layer,
    reviewer: kept.verdict.by,
    archived: (await findArticle(tx, article)).archived_at !== null,
    settings: await reviewSettings(tx),
  });
  if (!outcome.ok) throw refused(outcome.refusal);
}

/** Whether the mark has changed since is of no matter for these acts. */
function lineFor({ verdict, status }: Kept, what: Attempt["what"]): Line {
  if (status === "withdrawn") return OPEN_LINE;
  if (status === "superseded")
    return { state: "superseded", answered: verdict.answer !== null, changed: false };
  // A draft has only one reader, who takes it back instead.
  if (status === "draft" && what !== "withdraw") return OPEN_LINE;
  return lineOf(verdict, false);
}
