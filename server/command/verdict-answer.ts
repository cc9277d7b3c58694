import type { Verdict } from "#shared/model/verdict.ts";
import type { AnsweringAct } from "#shared/review/machine.ts";
import type { Principal } from "../auth/principal.ts";
import { keepNotices } from "./notification.ts";
import { answerNotice } from "./review-notice.ts";
import { refused } from "./review-refused.ts";
import { noteAct, updateKept, wasDone } from "./review-rows.ts";
import { showReview } from "./review-show.ts";
import type { Services } from "./services.ts";
import { applySuggestion, type Applied } from "./verdict-apply.ts";
import { allow, visible } from "./verdict-withdraw.ts";

export type Answer = {
  readonly article: string;
  readonly verdict: string;
  /** The author's own name for this act: sent again it changes nothing. */
  readonly id: string;
  readonly act: AnsweringAct;
  readonly words: string;
};

const DONE = { apply: "applied", answer: "answered", keep: "kept" } as const;
const NOTHING: Applied = { hash: null, judged: null };

/**
 * What the author of a mark does about a verdict: applies its suggestion, answers it in words, or keeps
 * the mark as it is. Rejects with Problem `not-found`, `forbidden`, `archived` or `verdict-refused`.
 */
export async function answerVerdict(services: Services, who: Principal, given: Answer): Promise<Verdict> {
  const { article, id, act: what, words } = given;
  const doing = { id, act: what, actor: who.id, verdict: given.verdict };
  return await services.desk.act(article, async () => {
    // Nothing else changes verdicts of this article meanwhile, so what is found here still holds below.
    const before = await services.database.exclusive(async (tx) => {
      const kept = await visible(tx, who, given);
      if (await wasDone(tx, article, doing)) return { kept, done: true };
      await allow(tx, who, { article, kept, what });
      if (what === "answer" && words.trim() === "") throw refused("words-missing");
      return { kept, done: false };
    });
    if (before.done) {
      await showReview(services, article);
      return before.kept.verdict;
    }
    const { kept } = before;
    const applied = what === "apply" ? await applySuggestion(services, article, kept.verdict, id) : NOTHING;
    const at = services.now();
    const verdict: Verdict = { ...kept.verdict, answer: { act: DONE[what], words, at, ...applied } };
    const told = await services.database.exclusive(async (tx) => {
      await updateKept(tx, article, { ...kept, verdict }, true);
      await noteAct(tx, article, { ...doing, open: true, body: { words }, at });
      return await keepNotices(tx, answerNotice(article, verdict, id), at);
    });
    await showReview(services, article);
    services.signals.tell(told);
    return verdict;
  });
}
