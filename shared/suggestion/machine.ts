import { type Actor, can } from "../model/role.ts";
import type { Person } from "../model/snapshot.ts";
import type { TextSuggestion } from "../model/suggestion.ts";
import type { SuggestionRefusal } from "./refusals.ts";

/**
 * What may happen to a suggested change, and what becomes of it. Accepting is a claim: one screen wins it,
 * makes the edit in the text and says so; a claim that is not redeemed can be taken over, so nothing hangs.
 */

/** Milliseconds for which an accepted change is left to the screen that accepted it. */
export const CLAIM = 10_000;

/** With the name under which the edit is claimed, which is nobody else's business. */
export type Kept = TextSuggestion & { readonly claim: string | null };

export type SuggestionAct =
  | { readonly kind: "accept"; readonly claim: string }
  | { readonly kind: "reject"; readonly reason: string }
  | { readonly kind: "withdraw" }
  /** The edit is made. */
  | { readonly kind: "applied"; readonly claim: string }
  /** The edit could not be made: as if it had not been accepted. */
  | { readonly kind: "release"; readonly claim: string };

export type Acting = {
  readonly who: Actor & Person;
  readonly archived: boolean;
  readonly now: number;
};

/** `next` is the very same object when it stands like this already. */
export type Step =
  | { readonly ok: true; readonly next: Kept }
  | { readonly ok: false; readonly refusal: SuggestionRefusal };

/** True for an accepted change whose edit nobody has made, and nobody is making any more. */
export function isUnapplied(
  { status, applied, claimedAt }: Pick<TextSuggestion, "status" | "applied" | "claimedAt">,
  now: number,
): boolean {
  return status === "accepted" && applied === null && now - (claimedAt ?? 0) >= CLAIM;
}

/** Pure: what an act makes of a suggestion. */
export function stepSuggestion(kept: Kept, act: SuggestionAct, acting: Acting): Step {
  const { who, archived } = acting;
  const verb = act.kind === "withdraw" ? "comment.write" : "text.write";
  if (!can(who, verb)) return refuse("forbidden");
  if (!can(who, verb, { archived })) return refuse("archived");
  switch (act.kind) {
    case "accept":
      return accept(kept, act.claim, acting);
    case "reject":
      return reject(kept, act.reason, acting);
    case "withdraw":
      return withdraw(kept, acting);
    case "applied":
      return applied(kept, act.claim, acting);
    case "release":
      return release(kept, act.claim);
  }
}

function accept(kept: Kept, claim: string, acting: Acting): Step {
  const claimed = { claim, claimedAt: acting.now };
  if (kept.status === "open") {
    return change(kept, { ...claimed, status: "accepted", decided: decision(acting, "") });
  }
  if (kept.status !== "accepted") return refuse("decided");
  if (kept.claim === claim) return { ok: true, next: kept };
  if (kept.applied) return refuse("decided");
  return isUnapplied(kept, acting.now) ? change(kept, claimed) : refuse("being-accepted");
}

function reject(kept: Kept, reason: string, acting: Acting): Step {
  const mine = kept.decided?.by.id === acting.who.id;
  if (kept.status === "rejected" && mine) return { ok: true, next: kept };
  // What was accepted and never made can still be closed.
  if (kept.status !== "open" && !isUnapplied(kept, acting.now)) {
    return refuse(kept.status === "accepted" && !kept.applied ? "being-accepted" : "decided");
  }
  const over = { claim: null, claimedAt: null };
  return change(kept, { ...over, status: "rejected", decided: decision(acting, reason) });
}

function withdraw(kept: Kept, acting: Acting): Step {
  if (kept.by.id !== acting.who.id) return refuse("not-yours");
  if (kept.status === "withdrawn") return { ok: true, next: kept };
  if (kept.status !== "open") return refuse("decided");
  return change(kept, { status: "withdrawn", decided: decision(acting, "") });
}

function applied(kept: Kept, claim: string, { who, now }: Acting): Step {
  if (kept.status !== "accepted" || kept.claim !== claim) return refuse("not-accepted");
  if (kept.applied) return { ok: true, next: kept };
  return change(kept, { applied: { by: personOf(who), at: now }, claimedAt: null });
}

function release(kept: Kept, claim: string): Step {
  if (kept.status === "open") return { ok: true, next: kept };
  if (kept.status !== "accepted" || kept.claim !== claim || kept.applied) return refuse("not-accepted");
  return change(kept, { status: "open", decided: null, claim: null, claimedAt: null });
}

function change(kept: Kept, more: Partial<Kept>): Step {
  return { ok: true, next: { ...kept, ...more, version: kept.version + 1 } };
}

function refuse(refusal: SuggestionRefusal): Step {
  return { ok: false, refusal };
}

function decision({ who, now }: Acting, reason: string): NonNullable<TextSuggestion["decided"]> {
  return { by: personOf(who), at: now, reason };
}

function personOf({ id, name, color }: Person): Person {
  return { id, name, color };
}
