import { findSameWords, type WordsQuery } from "#shared/model/same-words.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { MarkBatch, Placed, ReadText } from "../../session/contract.ts";
import { inCodebookOrder } from "./toggle.ts";

/** A place where the words stand and that can get the tags. */
export type SamePlace = {
  /** Offsets in the plain text. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly words: string;
  readonly after: string;
  /** My mark on exactly these words, which would get the tags; null: a new mark. */
  readonly mine: Placed | null;
};

export type SamePlaces = {
  readonly places: readonly SamePlace[];
  /** How many have a mark of mine with all the tags. */
  readonly marked: number;
};

/** Characters of context on either side. */
const CONTEXT = 44;

/** Where the words stand; places that have all `tags` from me already are only counted. */
export function samePlaces(
  { text }: Pick<ReadText, "text">,
  query: WordsQuery,
  { tags, placed }: { readonly tags: readonly string[]; readonly placed: readonly Placed[] },
): SamePlaces {
  const mine = new Map<string, Placed>();
  for (const one of placed) {
    const [piece] = one.placement.pieces;
    if (one.mine && piece && one.placement.pieces.length === 1) mine.set(`${piece.start} ${piece.end}`, one);
  }
  let marked = 0;
  const places: SamePlace[] = [];
  for (const { start, end } of findSameWords(text, query)) {
    const known = mine.get(`${start} ${end}`) ?? null;
    if (known && tags.length > 0 && tags.every((tag) => known.annotation.tags.includes(tag))) {
      marked += 1;
      continue;
    }
    places.push({
      start,
      end,
      before: lastLine(text.slice(Math.max(0, start - CONTEXT), start)),
      words: text.slice(start, end),
      after: firstLine(text.slice(end, end + CONTEXT)),
      mine: known,
    });
  }
  return { places, marked };
}

/** What gives the tags to these places, as one act. */
export function tagPlaces(
  codebook: Codebook,
  places: readonly SamePlace[],
  tags: readonly string[],
  toPosition: ReadText["toPosition"],
): MarkBatch {
  const exclusive = codebook.tagMode.default === "exclusive";
  const joined = (had: readonly string[]) =>
    exclusive ? tags : inCodebookOrder(codebook, [...new Set([...had, ...tags])]);
  return {
    create: places
      .filter(({ mine }) => mine === null)
      .map(({ start, end }) => ({ ranges: [{ from: toPosition(start), to: toPosition(end) }], tags })),
    change: places.flatMap(({ mine }) =>
      mine ? [{ id: mine.annotation.id, patch: { tags: joined(mine.annotation.tags) } }] : [],
    ),
  };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
