import { paragraphChangedSince } from "#shared/review/judged.ts";
import { lineOf, type Line } from "#shared/review/machine.ts";
import type { Verdict } from "#shared/model/verdict.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { paragraphAt, standsAt, type Paragraph } from "../../session/words-at.ts";
import type { Entry } from "./book.ts";
import type { ReviewStore } from "./store.ts";

/** The paragraph of a mark, and what has been said of it. */
export type Place = Paragraph;

/** The paragraph in which a mark begins; null for one of the whole article or without words. */
export function paragraphOf(session: ArticleSession, { placed }: Pick<Entry, "placed">): Place | null {
  const start = placed.placement.pieces[0]?.start;
  return start === undefined ? null : paragraphAt(session, start);
}

/**
 * Names of the marks in a paragraph, of one author or of everybody (null); null where not all of them are
 * known to everybody who reads what is said.
 */
export function marksIn(
  { session }: ReviewStore,
  place: Place,
  layer: string | null,
): readonly string[] | null {
  if (layer === null && session.meta.get().blind) return null;
  return session.markup.get().placed.flatMap(({ key, author, placement }) => {
    const hit = placement.pieces.some(({ start, end }) => start < place.end && end > place.start);
    return hit && (layer === null || author.id === layer) ? [key] : [];
  });
}

/** Whether a paragraph is another than when this was said of it: its text, or which marks it has. */
export function changedSinceSaid(store: ReviewStore, place: Place, verdict: Verdict): boolean {
  return paragraphChangedSince(verdict, place.text, marksIn(store, place, verdict.on.layer)) !== null;
}

/** What was said of a paragraph, mine included, the latest last. */
export function saidOf(store: ReviewStore, place: Place): readonly Verdict[] {
  const { verdicts, drafts } = store.view.get();
  const about = [...verdicts.values(), ...drafts.values()].filter(({ on }) => {
    if (on.kind !== "paragraph") return false;
    const at = standsAt(store.session, on.range);
    return at !== null && at.start < place.end && at.end > place.start;
  });
  return about.toSorted((one, other) => one.at - other.at);
}

/** How my own line on a paragraph stands. */
export function lineAt(store: ReviewStore, place: Place): Line {
  const layer = store.scope?.author ?? null;
  const mine = saidOf(store, place).findLast(({ by, on }) => by === store.who.id && on.layer === layer);
  return lineOf(mine ?? null, mine !== undefined && changedSinceSaid(store, place, mine));
}
