import { createTextIndex, type ArticleIndex } from "#shared/anchor/text-index.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Range, Run } from "#shared/model/annotation.ts";
import { Problem } from "#shared/model/problem.ts";
import { MOST_REPLACED, type SuggestionPlace } from "#shared/model/suggestion.ts";
import { blockAt, capturePlace } from "#shared/suggestion/capture.ts";
import type { SuggestionTarget } from "#shared/wire/suggestions.ts";
import { invalid } from "./person.ts";
import type { Services } from "./services.ts";
import { refusedSuggestion } from "./suggestion-refused.ts";

/**
 * Where a new suggestion stands, read from the text as the server has it, so that what it quotes did stand
 * there. Rejects with Problem `quote-mismatch`, `invalid-content`, `too-large` or `suggestion-refused`.
 */
export function suggestionPlace(
  { live }: Services,
  article: string,
  target: SuggestionTarget,
): Promise<SuggestionPlace> {
  return live.read(roomName({ kind: "text", article }), (doc) => {
    const index = createTextIndex(doc);
    try {
      const { start, end } = offsetsOf(index, target);
      return start === end ? between(index, start) : over(index, start, end);
    } finally {
      index.destroy();
    }
  });
}

type Offsets = { readonly start: number; readonly end: number };

function offsetsOf(index: ArticleIndex, target: SuggestionTarget): Offsets {
  if (target.kind === "between") return placeBetween(index, target);
  const { start, end } = target.kind === "over" ? placeOver(index, target.runs, target.exact) : target;
  const found = index.plain.text.slice(start, end);
  if (start > end || found !== target.exact) throw mismatch(target.exact, found);
  return { start, end };
}

function placeOver(index: ArticleIndex, runs: Run[], exact: string): Offsets {
  const { pieces, text } = index.place([rangeOf(runs)], () => null);
  const [first] = pieces;
  const last = pieces.at(-1);
  if (!first || !last) throw mismatch(exact, text);
  return { start: first.start, end: last.end };
}

function placeBetween(
  index: ArticleIndex,
  { before, after }: Extract<SuggestionTarget, { kind: "between" }>,
): Offsets {
  const left = before && index.place([rangeOf(before)], () => null).pieces.at(-1);
  const right = after && index.place([rangeOf(after)], () => null).pieces[0];
  const at = left?.end ?? right?.start;
  if (at === undefined) throw mismatch("", "");
  return { start: at, end: at };
}

function over(index: ArticleIndex, start: number, end: number): SuggestionPlace {
  if (end - start > MOST_REPLACED) {
    throw new Problem("too-large", `A suggestion replaces ${MOST_REPLACED.toLocaleString("en")} characters.`);
  }
  const block = blockAt(index.plain, start);
  if (!block || end > block.end) throw refusedSuggestion("several-paragraphs");
  const place = capturePlace(index, start, end);
  if (!place) throw invalid("target", "There is no character in this range.");
  return place;
}

function between(index: ArticleIndex, at: number): SuggestionPlace {
  const place = capturePlace(index, at, at);
  if (!place) throw invalid("target", "There is no character at this place.");
  return place;
}

function rangeOf(runs: Run[]): Range {
  return { runs, sv: "", quote: { exact: "", prefix: "", suffix: "" }, hint: 0 };
}

function mismatch(expected: string, found: string): Problem {
  return new Problem("quote-mismatch", undefined, { mismatches: [{ range: 0, expected, found }] });
}
