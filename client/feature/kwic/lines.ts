import type { Placed, ReadText } from "../../session/contract.ts";

/** Equal marks of several people, which are one line. */
export type KwicMark = { readonly key: string; readonly lead: Placed; readonly members: readonly Placed[] };

/** Key words in context: the words of a mark between what stands before and after them. */
export type KwicLine = {
  readonly key: string;
  readonly left: string;
  readonly words: string;
  readonly right: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** Offset of the first word in the plain text, in UTF-16 code units. */
  readonly start: number;
};

export const ORDERS = ["position", "left", "words", "right", "author"] as const;
export type Order = (typeof ORDERS)[number];

/** UTF-16 code units of context on each side. */
const CONTEXT = 160;

/** A line for each mark with the tag that stands in the text. */
export function kwicLines(
  marks: readonly KwicMark[],
  tag: string,
  { text }: Pick<ReadText, "text">,
): readonly KwicLine[] {
  return marks.flatMap(({ key, lead, members }) => {
    const { pieces } = lead.placement;
    const [first] = pieces;
    const last = pieces.at(-1);
    if (!first || !last || !lead.annotation.tags.includes(tag)) return [];
    return [
      {
        key,
        left: oneLine(wholeCharacters(text, first.start - CONTEXT, first.start)),
        words: oneLine(pieces.map(({ start, end }) => text.slice(start, end)).join(" … ")).trim(),
        right: oneLine(wholeCharacters(text, last.end, last.end + CONTEXT)),
        authors: members.map(({ author }) => author.name),
        tags: lead.annotation.tags,
        start: first.start,
      },
    ];
  });
}

/** Text between two offsets that cuts no character in two. */
function wholeCharacters(text: string, from: number, to: number): string {
  const start = Math.max(0, from);
  const isHalf = (at: number) => /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return text.slice(isHalf(start) ? start + 1 : start, isHalf(to) ? to + 1 : to);
}

/** Paragraphs run on, with a sign where one ends. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ¶ ").replaceAll(/[^\S\n]+/g, " ");
}

const ORDER = new Intl.Collator("en", { sensitivity: "base", ignorePunctuation: true, numeric: true });

/** The lines in another order; equal ones in the order of the text. The left side is read from its end. */
export function sortedLines(lines: readonly KwicLine[], order: Order): readonly KwicLine[] {
  const keyOf = KEYS[order];
  if (!keyOf) return lines.toSorted((one, other) => one.start - other.start);
  return lines
    .map((line) => ({ line, key: keyOf(line) }))
    .sort((one, other) => ORDER.compare(one.key, other.key) || one.line.start - other.line.start)
    .map(({ line }) => line);
}

const KEYS: Readonly<Record<Order, ((line: KwicLine) => string) | null>> = {
  position: null,
  left: ({ left }) => left.trim().split(/\s+/).toReversed().join(" "),
  words: ({ words }) => words,
  right: ({ right }) => right.trim(),
  author: ({ authors }) => authors.join(", "),
};

/** The lines as a table of tab-separated values with a first line of names, for a spreadsheet. */
export function toTsv(lines: readonly KwicLine[], labelOf: (tag: string) => string): string {
  const rows = lines.map(({ left, words, right, tags, authors, start }) => [
    left.trim(),
    words,
    right.trim(),
    tags.map(labelOf).join(", "),
    authors.join(", "),
    String(start),
  ]);
  const head = ["left", "words", "right", "tags", "authors", "offset"];
  return [head, ...rows].map((row) => row.map(cell).join("\t")).join("\n");
}

/** A cell holds no tabs and no breaks. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
