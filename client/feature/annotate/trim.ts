import type { TextRange } from "../../editor/types.ts";

/** Signs that stand between clauses and belong to neither. */
const STRAY = /^(?:[\s,;:!?…·–—]|\.(?!\p{N}))+|[\s,;:…·–—]+$/gu;
/** An abbreviation keeps its last full stop: "U.S.", "e.g.". */
const ABBREVIATION = /\p{L}\.\p{L}+\.$/u;
const CLOSING: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "“": "”",
  "«": "»",
  "‹": "›",
  "„": "“",
  "‘": "’",
  '"': '"',
  "'": "'",
};
/** Pairs that are taken off when they hold all the words; brackets then belong to the words. */
const QUOTES = "“«‹„‘\"'";
/** An apostrophe may end a word, so alone it is no half of a pair. */
const APOSTROPHES = "’'";

/**
 * A range without the blanks at its ends; null when there is nothing else. `text` is what it covers,
 * blocks joined by a line break. `signs`: quotation marks around it, halves of pairs and punctuation at
 * the ends go too. Only the first and the last block are cut, where one character is one position.
 */
export function trimRange(range: TextRange, text: string, signs = false): TextRange | null {
  if (text.trim() === "") return null;
  const kept = signs ? withoutSigns(text) : text.trim();
  const head = text.indexOf(kept);
  const tail = text.length - head - kept.length;
  const lines = text.split("\n");
  const isInside = (cut: number, line = "") => lines.length === 1 || cut < line.length;
  return {
    from: isInside(head, lines[0]) ? range.from + head : range.from,
    to: isInside(tail, lines.at(-1)) ? range.to - tail : range.to,
  };
}

/** The text without stray signs at its ends; only blanks go where nothing else would be left. */
function withoutSigns(text: string): string {
  let kept = text.trim();
  for (;;) {
    const next = unwrapped(withoutStop(kept.replaceAll(STRAY, "")));
    if (!/[\p{L}\p{N}]/u.test(next)) return text.trim();
    if (next === kept) return kept;
    kept = next;
  }
}

function withoutStop(text: string): string {
  return ABBREVIATION.test(text) ? text : text.replace(/[.!?]+$/, "");
}

/** Without quotation marks around all of it, and without halves of pairs at its ends. */
function unwrapped(text: string): string {
  const [first = "", last = ""] = [text.at(0), text.at(-1)];
  const inside = text.slice(1, -1);
  const close = CLOSING[first];
  if (QUOTES.includes(first) && close === last && ![first, last].some((sign) => inside.includes(sign))) {
    return inside;
  }
  if (close !== undefined && !hasPair(text, first, close)) return text.slice(1);
  const opens = Object.keys(CLOSING).filter((open) => CLOSING[open] === last);
  if (opens.length === 0 || APOSTROPHES.includes(last)) return text;
  return opens.some((open) => hasPair(text, open, last)) ? text : text.slice(0, -1);
}

function hasPair(text: string, open: string, close: string): boolean {
  return open === close ? text.split(open).length % 2 === 1 : text.includes(open) && text.includes(close);
}
