import type { Quote } from "../model/annotation.ts";

/**
 * Places in a text that read like a quote whose characters are gone. They are guesses, to be offered to a
 * person with their score and never applied by themselves: a phrase that was deleted here may stand
 * elsewhere and mean another thing. Offsets are UTF-16 code units.
 */
export type FuzzyPlace = {
  readonly start: number;
  readonly end: number;
  /** How alike the words and what stands around them are, 0 to 1; 1 is the same in the same surroundings. */
  readonly score: number;
};

type Token = { readonly word: string; readonly start: number; readonly end: number };

/** Places less alike than this are not worth a look. */
const LEAST = 0.5;
/** Share of the words, by weight, that a stretch must have to be compared word by word. */
const LEAST_SHARED = 0.4;
/** Pairs of words compared at most, over all stretches: what bounds the time for long quotes. */
const MOST_PAIRS = 4_000_000;
/** Share of the score that the surroundings decide. */
const AROUND = 0.15;
/** Places of the very words that are looked at. */
const MOST_EQUAL = 200;
/** Characters in which the words on either side are looked for. */
const NEAR = 120;
/** Words compared on either side. */
const CONTEXT_WORDS = 8;

/**
 * The best places for a quote, the most alike first, none over another. One pass over the text finds
 * stretches that share the quote's rarer words, and only the best of these are compared word by word, so
 * the time grows linearly with the text.
 */
export function fuzzyPlaces(text: string, quote: Quote, most = 5): readonly FuzzyPlace[] {
  const wanted = tokensOf(quote.exact);
  if (wanted.length === 0) return [];
  const tokens = tokensOf(text);
  const stretches = stretchesOf(tokens, wanted);
  const affordable = Math.max(1, Math.floor(MOST_PAIRS / (wanted.length * wanted.length * 2)));
  const before = tokensOf(quote.prefix).slice(-CONTEXT_WORDS);
  const after = tokensOf(quote.suffix).slice(0, CONTEXT_WORDS);
  const placeAt = (start: number, end: number, alike: number): FuzzyPlace => {
    const around =
      shareOf(before, tokensOf(text.slice(Math.max(0, start - NEAR), start)).slice(-CONTEXT_WORDS)) +
      shareOf(after, tokensOf(text.slice(end, end + NEAR)).slice(0, CONTEXT_WORDS));
    return { start, end, score: alike * (1 - AROUND) + (around / 2) * AROUND };
  };
  const equal = equalPlaces(text, quote.exact.trim()).map(([start, end]) => placeAt(start, end, 1));
  const places = stretches.slice(0, Math.min(affordable, most * 4)).flatMap((at) => {
    const found = align(tokens, wanted, at);
    return found ? [placeAt(tokens[found.first]?.start ?? 0, tokens[found.last]?.end ?? 0, found.alike)] : [];
  });
  return apart([...equal, ...places]).slice(0, most);
}

/** Where the very words stand, not inside of longer ones. */
function equalPlaces(text: string, exact: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = text.indexOf(exact); at >= 0 && found.length < MOST_EQUAL; at = text.indexOf(exact, at + 1)) {
    const end = at + exact.length;
    const cut = /^[\p{L}\p{N}]{2}$/u;
    if (!cut.test(text.slice(at - 1, at + 1)) && !cut.test(text.slice(end - 1, end + 1)))
      found.push([at, end]);
  }
  return found;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const [word] = match;
    tokens.push({ word: word.toLowerCase(), start: match.index, end: match.index + word.length });
  }
  return tokens;
}

/** First tokens of stretches, as long as the quote, that share most with it; the best first. */
function stretchesOf(tokens: readonly Token[], wanted: readonly Token[]): number[] {
  const need = new Map<string, number>();
  for (const { word } of wanted) need.set(word, (need.get(word) ?? 0) + 1);
  const weight = weightsOf(tokens, need);
  let total = 0;
  for (const [word, times] of need) total += (weight.get(word) ?? 0) * times;

  const size = wanted.length;
  const have = new Map<string, number>();
  const buckets = new Map<number, { at: number; shared: number }>();
  let shared = 0;
  const step = (word: string | undefined, by: 1 | -1): void => {
    if (word === undefined) return;
    const needed = need.get(word);
    if (needed === undefined) return;
    const had = have.get(word) ?? 0;
    have.set(word, had + by);
    if (by === 1 ? had < needed : had <= needed) shared += by * (weight.get(word) ?? 0);
  };
  // A quote longer than the text still has one stretch: all of it.
  for (let end = 0; end < tokens.length; end++) {
    step(tokens[end]?.word, 1);
    if (end >= size) step(tokens[end - size]?.word, -1);
    const at = Math.max(0, end - size + 1);
    const bucket = Math.floor(at / size);
    const best = buckets.get(bucket);
    if (shared >= total * LEAST_SHARED && (!best || shared > best.shared))
      buckets.set(bucket, { at, shared });
  }
  return [...buckets.values()].sort((a, b) => b.shared - a.shared || a.at - b.at).map(({ at }) => at);
}

/** Rare words say more about a place than frequent ones; those that the text does not have count like the rarest. */
function weightsOf(tokens: readonly Token[], need: ReadonlyMap<string, number>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { word } of tokens) if (need.has(word)) uses.set(word, (uses.get(word) ?? 0) + 1);
  return new Map([...need.keys()].map((word) => [word, 1 / (1 + Math.log2(1 + (uses.get(word) ?? 1)))]));
}

type Aligned = { readonly first: number; readonly last: number; readonly alike: number };

/** The longest common sequence of words of the quote and the text around a stretch; null: too little. */
function align(tokens: readonly Token[], wanted: readonly Token[], at: number): Aligned | null {
  const slack = Math.max(3, Math.ceil(wanted.length / 2));
  const from = Math.max(0, at - slack);
  const here = tokens.slice(from, at + wanted.length + slack);
  const width = here.length + 1;
  const lengths = new Float64Array((wanted.length + 1) * width);
  for (let i = wanted.length - 1; i >= 0; i--) {
    for (let j = here.length - 1; j >= 0; j--) {
      const same = wanted[i]?.word === here[j]?.word;
      lengths[i * width + j] = same
        ? (lengths[(i + 1) * width + j + 1] ?? 0) + (wanted[i]?.word.length ?? 0)
        : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const matched = path(lengths, wanted, here);
  const [first, last] = [matched[0], matched.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = sizeOf(here.slice(first, last + 1));
  const alike = (2 * (lengths[0] ?? 0)) / (sizeOf(wanted) + span);
  return alike < LEAST ? null : { first: from + first, last: from + last, alike };
}

/** Which tokens of the text take part in the common sequence. */
function path(lengths: Float64Array, wanted: readonly Token[], here: readonly Token[]): number[] {
  const width = here.length + 1;
  const matched: number[] = [];
  let [i, j] = [0, 0];
  while (i < wanted.length && j < here.length) {
    const now = lengths[i * width + j] ?? 0;
    const takes = wanted[i]?.word === here[j]?.word;
    if (takes && now === (lengths[(i + 1) * width + j + 1] ?? 0) + (wanted[i]?.word.length ?? 0)) {
      // A match that could stand later as well is taken there: the stretch stays short.
      if (matched.length === 0 && (lengths[i * width + j + 1] ?? 0) === now) {
        j += 1;
        continue;
      }
      matched.push(j);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return matched;
}

function sizeOf(tokens: readonly Token[]): number {
  let size = 0;
  for (const { word } of tokens) size += word.length;
  return size;
}

/** Share of the words that stand there too; nothing to compare is half a match. */
function shareOf(wanted: readonly Token[], here: readonly Token[]): number {
  if (wanted.length === 0) return 0.5;
  const words = new Set(here.map(({ word }) => word));
  return wanted.filter(({ word }) => words.has(word)).length / wanted.length;
}

function apart(places: readonly FuzzyPlace[]): FuzzyPlace[] {
  const kept: FuzzyPlace[] = [];
  for (const place of [...places].sort((a, b) => b.score - a.score || a.start - b.start)) {
    if (kept.every(({ start, end }) => place.end <= start || place.start >= end)) kept.push(place);
  }
  return kept;
}
