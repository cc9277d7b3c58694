/** Finding the same words in a text. Offsets are UTF-16 code units. */

export type WordsQuery = {
  readonly words: string;
  /** Not inside of longer words. */
  readonly wholeWords: boolean;
  readonly matchCase: boolean;
};

export type Stretch = { readonly start: number; readonly end: number };

/** More places than this are not looked for. */
export const MOST_PLACES = 20_000;

/**
 * The places where the words stand, first to last, none over another. Blanks match any blanks inside one
 * block of text, straight signs match curly ones. Empty words stand nowhere.
 */
export function findSameWords(text: string, query: WordsQuery, most = MOST_PLACES): readonly Stretch[] {
  const wanted = query.words.trim();
  if (wanted === "") return [];
  const pattern = new RegExp(patternOf(wanted, query.wholeWords), query.matchCase ? "gu" : "giu");
  const found: Stretch[] = [];
  for (let match = pattern.exec(text); match && found.length < most; match = pattern.exec(text)) {
    found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

const WORD = "[\\p{L}\\p{N}_]";

function patternOf(words: string, wholeWords: boolean): string {
  const body = words
    .split(/(\s+)/)
    .map((part) => (/^\s+$/.test(part) ? (part.includes("\n") ? "\\s+" : "[^\\S\\n]+") : escaped(part)))
    .join("");
  if (!wholeWords) return body;
  const before = new RegExp(`^${WORD}`, "u").test(words) ? `(?<!${WORD})` : "";
  const after = new RegExp(`${WORD}$`, "u").test(words) ? `(?!${WORD})` : "";
  return before + body + after;
}

function escaped(part: string): string {
  return part
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replaceAll(/['’‘]/g, "['’‘]")
    .replaceAll(/["“”„]/g, '["“”„]')
    .replaceAll(/[-‑–]/g, "[\\-‑–]");
}
