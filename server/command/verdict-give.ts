import { setImmediate } from "node:timers/promises";
import { can } from "#shared/model/role.ts";
import type { ReviewSettings, Subject, Verdict } from "#shared/model/verdict.ts";
import { incomplete } from "#shared/review/content.ts";
import {
  changedSince,
  hashMark,
  hashParagraph,
  judgedMark,
  judgedParagraph,
  paragraphChangedSince,
} from "#shared/review/judged.ts";
import { act, ACT_OF, lineOf } from "#shared/review/machine.ts";
import { refusal, type Refusal, type RefusalCode } from "#shared/review/refusals.ts";
import { sameSubject } from "#shared/review/same-place.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import type { Given, NewVerdict } from "#shared/wire/review.ts";
import type { Principal } from "../auth/principal.ts";
import type { Tx } from "../database/database.ts";
import { checkClaim } from "./annotation-check.ts";
import { findArticle } from "./article-row.ts";
import { currentCodebook } from "./codebook.ts";
import { keepNotices } from "./notification.ts";
import type { Submission } from "./review-desk.ts";
import { verdictNotices } from "./review-notice.ts";
import { refused } from "./review-refused.ts";
import {
  findKept,
  hasThread,
  insertKept,
  isTaken,
  lineAt,
  noteAct,
  updateKept,
  type Kept,
} from "./review-rows.ts";
import { publishFor, reviewSettings } from "./review-settings.ts";
import { showReview } from "./review-show.ts";
import { look, type Sight } from "./review-sight.ts";
import type { Services } from "./services.ts";

/**
 * Judges marks and paragraphs: each verdict is taken or refused by itself. Rejects with the Problem of the
 * first when none is taken, and with `not-found` or `archived`.
 */
export async function giveVerdicts(
  services: Services,
  articleId: string,
  submission: Submission,
): Promise<readonly Given[]> {
  const article = await findArticle(services.database.db, articleId);
  if (!can(submission.who, "verdict.write", { archived: article.archived_at !== null }))
    throw refused("archived");
  const given = await services.desk.submit(articleId, submission, (all) =>
    judgeAll(services, articleId, all),
  );
  const [first] = given;
  if (first && !first.ok && given.every(({ ok }) => !ok)) {
    throw refused({ code: first.refusal, sentence: first.sentence });
  }
  return given;
}

/** What all verdicts of one turn are judged by. */
type Bench = {
  readonly tx: Tx;
  readonly article: string;
  readonly archived: boolean;
  readonly blind: boolean;
  readonly settings: ReviewSettings;
  readonly sight: Sight;
  /** Whether the codebook knows what is suggested. */
  readonly allowed: (given: NewVerdict, mark: ReviewMark | null) => boolean;
  readonly at: number;
};

async function judgeAll(
  services: Services,
  article: string,
  submissions: readonly Submission[],
): Promise<Given[][]> {
  const all = submissions.flatMap(({ verdicts }) => verdicts);
  const sight = await look(services, article, {
    marks: all.flatMap(({ on }) => (on.kind === "mark" ? [{ author: on.layer, id: on.annotation }] : [])),
    ranges: all.flatMap(({ on, suggestion }) => [
      ...(on.kind === "paragraph" ? [on.range] : []),
      ...(suggestion?.ranges ?? []),
    ]),
    layers: all.flatMap(({ on }) => (on.kind === "paragraph" ? [on.layer] : [])),
  });
  const given = await services.database.exclusive(async (tx) => {
    const { archived_at, blind } = await findArticle(tx, article);
    const archived = archived_at !== null;
    const settings = await reviewSettings(tx);
    const codebook = await currentCodebook(tx);
    const allowed: Bench["allowed"] = ({ suggestion }, mark) => {
      const tags = suggestion?.tags ?? mark?.tags ?? [];
      const claim = { id: mark?.id ?? "", tags, fields: suggestion?.fields ?? {}, links: [] };
      return !suggestion || checkClaim(codebook, claim, () => null).length === 0;
    };
    const bench = {
      tx,
      article,
      archived,
      blind: blind === 1,
      settings,
      sight,
      allowed,
      at: services.now(),
    };
    const answers: Given[][] = [];
    const told: string[] = [];
    const turn = turns();
    for (const { who, verdicts, draft } of submissions) {
      const keepsDrafts = draft ?? (await publishFor(tx, who.id, settings)).publish === "on-finish";
      const mine: Given[] = [];
      for (const one of verdicts) {
        mine.push(await judge(bench, who, { ...one, draft: keepsDrafts }));
        await turn();
      }
      answers.push(mine);
      const seen = mine.flatMap((one) => (one.ok && !one.draft ? [one.verdict] : []));
      told.push(...(await keepNotices(tx, verdictNotices(article, who.id, seen), bench.at)));
    }
    return { answers, told };
  });
  await showReview(services, article);
  services.signals.tell(given.told);
  return given.answers;
}

/** Milliseconds that others wait at a time while many verdicts are judged. */
const TURN = 10;

/** Lets others have their turn, when it is time. */
function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN) return;
    await setImmediate();
    began = performance.now();
  };
}

type Wanted = NewVerdict & { readonly draft: boolean };

async function judge(bench: Bench, who: Principal, wanted: Wanted): Promise<Given> {
  const { id } = wanted;
  const outcome = await take(bench, who, wanted);
  if ("code" in outcome) return { id, ok: false, refusal: outcome.code, sentence: outcome.sentence };
  return { id, ok: true, draft: outcome.status === "draft", verdict: outcome.verdict };
}

async function take(bench: Bench, who: Principal, wanted: Wanted): Promise<Kept | Refusal> {
  const { tx, article, archived, settings } = bench;
  const known = await findKept(tx, article, wanted.id);
  if (known) return isSame(known, who, wanted) ? known : refusal("id-taken");
  if (await isTaken(tx, article, wanted.id)) return refusal("id-taken");
  const seen = see(bench, wanted);
  if (typeof seen === "string") return refusal(seen);
  const { on, mark } = seen;
  const place = { article, reviewer: who.id };
  const draft = await lineAt(tx, place, on, "draft");
  const standing = await lineAt(tx, place, on, "standing");
  const earlier = draft ?? standing;
  const changed = earlier !== null && seen.changedSince(earlier.verdict);
  const outcome = act(lineOf(earlier?.verdict ?? null, changed), ACT_OF[wanted.verdict], {
    who,
    author: on.layer,
    reviewer: who.id,
    archived,
    settings,
  });
  if (!outcome.ok) return outcome.refusal;
  const verdict = record(bench, who, { wanted, seen });
  if (typeof verdict === "string") return refusal(verdict);
  const lacking = incomplete(verdict, mark);
  if (lacking) return refusal(lacking);
  if (!bench.allowed(wanted, mark)) return refusal("no-such-tag");
  const { thread } = verdict;
  if (thread !== null && !(await hasThread(tx, article, thread))) return refusal("no-such-thread");
  return await keep(bench, verdict, { draft, standing, asDraft: wanted.draft });
}

/** Sent again, a verdict is what it was; the id may not be used for anything else. */
function isSame({ verdict }: Kept, who: Principal, wanted: Wanted): boolean {
  const { on } = verdict;
  if (verdict.by !== who.id || verdict.verdict !== wanted.verdict || on.kind !== wanted.on.kind) return false;
  return on.kind !== "mark" || wanted.on.kind !== "mark" || sameSubject(on, wanted.on);
}

type Seen = {
  readonly on: Subject;
  readonly mark: ReviewMark | null;
  readonly hash: string;
  readonly judged: Verdict["judged"];
  readonly changedSince: (verdict: Verdict) => boolean;
};

/** What the verdict is about, as it is now. */
function see(bench: Bench, wanted: Wanted): Seen | RefusalCode {
  const { on, seen } = wanted;
  const found = on.kind === "mark" ? seeMark(bench.sight, on) : seeParagraph(bench, wanted);
  return typeof found !== "string" && seen !== null && seen !== found.hash ? "changed-meanwhile" : found;
}

function seeMark(sight: Sight, on: Wanted["on"] & { readonly kind: "mark" }): Seen | RefusalCode {
  const mark = sight.mark({ author: on.layer, id: on.annotation });
  if (!mark) return "no-such-mark";
  if (mark.state === "locating") return "changed-meanwhile";
  return {
    on,
    mark,
    hash: hashMark(mark),
    judged: judgedMark(mark),
    changedSince: (verdict) => changedSince(verdict, mark) !== null,
  };
}

function seeParagraph({ sight, blind }: Bench, { on, verdict }: Wanted): Seen | RefusalCode {
  if (on.kind !== "paragraph") return "wrong-kind";
  const words = sight.words(on.range);
  if (!words) return "no-such-text";
  const { text, range, start, end } = words.paragraph;
  // What is said of everybody's markup is for all eyes, and may not tell of layers that are hidden.
  const marks = blind && on.layer === null ? null : sight.between(start, end, on.layer);
  return {
    // Marks can be missing at several places of a paragraph; all else is said of the whole of it.
    on: { kind: "paragraph", layer: on.layer, range: verdict === "missing" ? words.range : range },
    mark: null,
    hash: hashParagraph(text),
    judged: judgedParagraph(text, verdict === "complete" ? marks : null),
    changedSince: (earlier) => paragraphChangedSince(earlier, text, marks) !== null,
  };
}

function record(
  { sight, at }: Bench,
  who: Principal,
  { wanted, seen }: { readonly wanted: Wanted; readonly seen: Seen },
): Verdict | RefusalCode {
  const { id, verdict, reason, words, suggestion, thread } = wanted;
  const ranges = suggestion?.ranges?.map((range) => sight.words(range)?.range ?? null) ?? null;
  const found = ranges?.filter((range) => range !== null) ?? null;
  if (ranges && found?.length !== ranges.length) return "no-such-text";
  return {
    id,
    on: seen.on,
    verdict,
    reason: verdict === "rejected" ? reason : null,
    words,
    suggestion: suggestion && { ...suggestion, ranges: found },
    thread,
    by: who.id,
    at,
    hash: seen.hash,
    judged: seen.judged,
    answer: null,
    reopened: null,
  };
}

type Earlier = { readonly draft: Kept | null; readonly standing: Kept | null; readonly asDraft: boolean };

/** Puts the verdict in the place of the reviewer's earlier one on the same. */
async function keep(
  { tx, article, at }: Bench,
  verdict: Verdict,
  { draft, standing, asDraft }: Earlier,
): Promise<Kept> {
  if (draft) await updateKept(tx, article, { ...draft, status: "superseded" }, false);
  // What stands goes on standing until the draft comes out.
  if (standing && !asDraft) await updateKept(tx, article, { ...standing, status: "superseded" }, true);
  const replaced = asDraft ? draft : standing;
  const kept: Kept = {
    verdict,
    status: asDraft ? "draft" : "standing",
    replaces: replaced?.verdict.id ?? null,
  };
  await insertKept(tx, article, kept);
  const { judged: _judged, ...said } = verdict;
  await noteAct(tx, article, {
    id: verdict.id,
    act: ACT_OF[verdict.verdict],
    actor: verdict.by,
    verdict: verdict.id,
    open: !asDraft,
    body: said,
    at,
  });
  return kept;
}
