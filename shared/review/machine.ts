import { can, type Actor } from "../model/role.ts";
import type { ReviewSettings, Verdict } from "../model/verdict.ts";
import { refusal, type Refusal } from "./refusals.ts";

/**
 * The rules of review. A line is what one reviewer says of one mark or paragraph; it is in one of these
 * states, and every act on it is allowed or refused here and nowhere else. What the lines of several
 * reviewers mean together is in standing.ts.
 */

export const STATES = [
  /** Nobody has said anything on this line. */
  "open",
  "accepted",
  "rejected",
  /** Another tag, other words or other fields are suggested, or a mark that is missing. */
  "suggested",
  /** The author has made it as it was suggested. */
  "applied",
  /** There is something to talk about; the author's answer leads here too. */
  "discussed",
  /** To be judged later. */
  "deferred",
  /** Set aside, or kept by its author as it was: to be judged anew. */
  "reopened",
  /** A paragraph that was read, which says nothing about the markup in it. */
  "read",
  /** A later verdict of the same reviewer stands in its place. */
  "superseded",
] as const;
export type State = (typeof STATES)[number];

/** Acts that give a verdict. */
export const JUDGING = [
  "accept",
  "reject",
  "suggest",
  "discuss",
  "defer",
  "complete",
  "missing",
  "read",
] as const;
export type JudgingAct = (typeof JUDGING)[number];

/** Acts of the author on a verdict about their markup. */
export const ANSWERING = ["apply", "answer", "keep"] as const;
export type AnsweringAct = (typeof ANSWERING)[number];

export const ACTS = [...JUDGING, "reopen", "withdraw", ...ANSWERING] as const;
export type Act = (typeof ACTS)[number];

/** The act that gives each kind of verdict. */
export const ACT_OF = {
  accepted: "accept",
  rejected: "reject",
  suggested: "suggest",
  discussed: "discuss",
  deferred: "defer",
  complete: "complete",
  missing: "missing",
  read: "read",
} as const satisfies Record<Verdict["verdict"], JudgingAct>;

/** How a line stands before the act. */
export type Line = {
  readonly state: State;
  /** Its author has answered, applied or kept. */
  readonly answered: boolean;
  /** What was judged has changed since. */
  readonly changed: boolean;
};

export const OPEN_LINE: Line = { state: "open", answered: false, changed: false };

export type Circumstances = {
  readonly who: Actor;
  /** Whose markup it is about; null when it is everybody's. */
  readonly author: string | null;
  /** Whose line it is. */
  readonly reviewer: string;
  readonly archived: boolean;
  readonly settings: ReviewSettings;
};

export type Outcome =
  | { readonly ok: true; readonly state: State }
  | { readonly ok: false; readonly refusal: Refusal };

/** The state that a verdict is in by itself. */
export function stateOf({ verdict, answer, reopened }: Verdict): State {
  if (reopened) return "reopened";
  switch (answer?.act) {
    case "applied":
      return "applied";
    case "answered":
      return "discussed";
    case "kept":
      return "reopened";
    case undefined:
      return GIVEN[verdict];
  }
}

const GIVEN = {
  accepted: "accepted",
  rejected: "rejected",
  suggested: "suggested",
  discussed: "discussed",
  deferred: "deferred",
  complete: "accepted",
  missing: "suggested",
  read: "read",
} as const satisfies Record<Verdict["verdict"], State>;

/** The line of a reviewer whose verdict this is (null: none yet). `changed` is what `changedSince` says. */
export function lineOf(verdict: Verdict | null, changed: boolean): Line {
  if (!verdict) return OPEN_LINE;
  return { state: stateOf(verdict), answered: verdict.answer !== null, changed };
}

/** What becomes of a line by an act, or why the act is refused. Pure; server and screen both ask it. */
export function act(line: Line, what: Act, circumstances: Circumstances): Outcome {
  const denied = mayNot(what, circumstances) ?? cannot(line, what);
  return denied ? { ok: false, refusal: refusal(denied) } : { ok: true, state: NEXT[what] };
}

const NEXT = {
  accept: "accepted",
  reject: "rejected",
  suggest: "suggested",
  discuss: "discussed",
  defer: "deferred",
  complete: "accepted",
  missing: "suggested",
  read: "read",
  reopen: "reopened",
  withdraw: "open",
  apply: "applied",
  answer: "discussed",
  keep: "reopened",
} as const satisfies Record<Act, State>;

type Denied = Refusal["code"] | null;

/** Whether the person may do this at all. */
function mayNot(what: Act, { who, author, reviewer, archived, settings }: Circumstances): Denied {
  const mine = who?.id === reviewer;
  const verb = what === "reopen" && !mine ? "adjudicate" : isAnswer(what) ? "comment.write" : "verdict.write";
  if (!can(who, verb)) return "forbidden";
  if (isAnswer(what) && who?.id !== author) return "not-author";
  if (what === "apply" && !can(who, "layer.write")) return "forbidden";
  if (!can(who, verb, { archived })) return "archived";
  if (isAnswer(what)) return null;
  if (what === "withdraw") return mine ? null : "not-yours";
  if (isJudging(what) && !mine) return "not-yours";
  const ownMark = who?.id === author && what !== "read";
  return ownMark && !settings.ownMarks ? "own-mark" : null;
}

/** Whether the line is in a state for it. */
function cannot({ state, answered, changed }: Line, what: Act): Denied {
  if (state === "superseded") return "superseded";
  switch (what) {
    case "accept":
    case "complete":
      return (state === "accepted" || state === "applied") && !changed ? "already-so" : null;
    case "defer":
      return state === "deferred" && !changed ? "already-so" : null;
    case "read":
      return state !== "open" && state !== "reopened" && !changed ? "already-so" : null;
    case "reject":
    case "suggest":
    case "discuss":
    case "missing":
      return null;
    case "reopen":
      if (state === "reopened") return "already-so";
      return state === "open" || state === "read" ? "nothing-to-reopen" : null;
    case "withdraw":
      if (state === "open") return "nothing-to-withdraw";
      return answered ? "answered" : null;
    case "apply":
      return state === "suggested" ? null : answered ? "answered" : "nothing-to-apply";
    case "answer":
    case "keep":
      if (answered) return "answered";
      return state === "rejected" || state === "suggested" || state === "discussed"
        ? null
        : "nothing-to-answer";
  }
}

function isAnswer(what: Act): boolean {
  return ANSWERING.some((one) => one === what);
}

function isJudging(what: Act): boolean {
  return JUDGING.some((one) => one === what);
}
