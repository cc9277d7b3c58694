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
  return lineOf(mine ?? null, mine !== undefined && paragraphChangedSince(mine, place.text) !== null);
}
