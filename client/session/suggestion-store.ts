import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { readSuggestions, suggestionMap } from "#shared/doc/suggestions.ts";
import type { SuggestionPlace, TextSuggestion } from "#shared/model/suggestion.ts";
import { blockAt, capturePlace } from "#shared/suggestion/capture.ts";
import { standingOf, type Standing } from "#shared/suggestion/standing.ts";
import type { ArticleSession, Readable } from "./contract.ts";
import { nextFrame, type Schedule } from "./frame.ts";
import { type PlacedList, PlacedRecords } from "./placed-records.ts";
import { textPort } from "./text-port.ts";

/** A suggested change with its place in the text as it is now. */
export type PlacedSuggestion = {
  readonly suggestion: TextSuggestion;
  /** Of one that is decided and done: not looked for. */
  readonly standing: Standing;
};

/** In text order, those without a place last. */
export type SuggestionsNow = PlacedList<PlacedSuggestion>;

/** A paragraph: its words, and the offsets between which they stand in the plain text. */
export type Paragraph = { readonly start: number; readonly end: number; readonly text: string };

/** How a place stands in the text of an open article now. */
export function standingNow(session: ArticleSession, place: SuggestionPlace): Standing {
  const index = indexOf(session);
  if (!index) return { kind: "locating" };
  return standingOf(place, {
    place: (range) => index.place([range], () => null),
    within: (start, end) => {
      const block = blockAt(index.plain, start);
      return block && end <= block.end ? index.slice(start, end) : null;
    },
  });
}

/** The paragraph that holds an offset; null when there is none. */
export function paragraphAt(session: ArticleSession, offset: number): Paragraph | null {
  const index = indexOf(session);
  const block = index && blockAt(index.plain, offset);
  return block && { start: block.start, end: block.end, text: index.slice(block.start, block.end) };
}

/** As `capturePlace`; null also while the text has not arrived. */
export function placeOf(session: ArticleSession, start: number, end: number): SuggestionPlace | null {
  const index = indexOf(session);
  return index && capturePlace(index, start, end);
}

function indexOf(session: ArticleSession): ArticleIndex | null {
  return textPort(session).binding.get()?.index ?? null;
}

/** The suggested changes of an open article; nothing is observed while nobody listens. */
export function suggestionsOf(
  session: ArticleSession,
  schedule: Schedule = nextFrame,
): Readable<SuggestionsNow> {
  return new PlacedRecords<TextSuggestion, PlacedSuggestion>(session, {
    map: suggestionMap,
    read: (docs) => {
      const read = docs.map(readSuggestions);
      return {
        records: read.flatMap(({ suggestions }) => suggestions),
        unreadable: read.reduce((sum, one) => sum + one.unreadable, 0),
      };
    },
    place: (suggestion) => ({
      suggestion,
      standing: isWaiting(suggestion) ? standingNow(session, suggestion.place) : DONE,
    }),
    idOf: ({ suggestion }) => suggestion.id,
    same: (one, other) => one.suggestion === other.suggestion && same(one.standing, other.standing),
    inOrder: inTextOrder,
    schedule,
  });
}

const DONE: Standing = { kind: "detached" };

/** There is still something to be done about it in the text. */
function isWaiting({ status, applied }: TextSuggestion): boolean {
  return status === "open" || (status === "accepted" && applied === null);
}

function same(one: Standing, other: Standing): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** In text order, what stands at one place in the order it was made. */
export function inTextOrder(one: PlacedSuggestion, other: PlacedSuggestion): number {
  const [a, b] = [one, other].map(({ standing }) =>
    "from" in standing ? standing.from : Number.MAX_SAFE_INTEGER,
  );
  return (a ?? 0) - (b ?? 0) || one.suggestion.at - other.suggestion.at;
}
