import type { Node } from "prosemirror-model";
import { schema } from "#shared/doc/schema.ts";
import { MAX_BLOCKS, tooManyBlocks } from "./limits.ts";

export type Blocks = { readonly blocks: readonly Node[]; readonly notes: readonly string[] };

/** A wrapped text has several lines a paragraph, but not this many in all. */
const MAX_LINES = 10 * MAX_BLOCKS;

/** Widest line of a text that was wrapped by a mail program, a terminal or an editor. */
const WIDEST = 100;
const NARROWEST = 40;
/** So many full lines it takes, and so great a share of lines must be full, to call a text wrapped. */
const ENOUGH_LINES = 6;
const SHARE_FULL = 0.95;

/** A line that starts something of its own even in a wrapped text: a list item, an indent, a quote. */
const OWN_LINE = /^(\s|[-*•–>]\s|\(?[0-9]{1,3}[.)]\s|\(?[a-z][.)]\s)/;

/**
 * Plain text as paragraphs: one a line, the line unchanged; lines without anything are only space
 * between. A text that is clearly hard-wrapped gets its paragraphs back. `text` has "\n" as line end.
 */
export function plainBlocks(text: string): Blocks {
  const groups = groupsOf(text);
  const width = wrapWidth(groups);
  const lines = width === null ? groups.flat() : groups.flatMap(joinGroup);
  if (lines.length > MAX_BLOCKS) throw tooManyBlocks();
  const notes = width === null ? [] : [`Lines wrapped at about ${width} characters were joined.`];
  return { blocks: lines.map(paragraph), notes };
}

/** The lines that have something in them, parted where there are empty ones. */
function groupsOf(text: string): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  let count = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      group = [];
      continue;
    }
    if (group.length === 0) groups.push(group);
    group.push(line);
    count += 1;
    if (count > MAX_LINES) throw tooManyBlocks();
  }
  return groups;
}

function paragraph(line: string): Node {
  return schema.nodes.paragraph.create(null, schema.text(line));
}

/**
 * The width at which a text was wrapped; null when it was not. Proof is that blank lines part the
 * paragraphs and that nearly no line inside one had room for the next line's first word.
 */
function wrapWidth(groups: readonly (readonly string[])[]): number | null {
  const pairs = groups.flatMap((group) =>
    group.slice(1).flatMap((next, index) => {
      const line = group[index] ?? "";
      return OWN_LINE.test(next) ? [] : [{ line: line.trimEnd(), word: /^\S+/.exec(next)?.[0] ?? "" }];
    }),
  );
  if (groups.length < 2 || pairs.length < ENOUGH_LINES) return null;
  const width = groups.flat().reduce((widest, line) => Math.max(widest, line.trimEnd().length), 0);
  if (width > WIDEST || width < NARROWEST) return null;
  const full = pairs.filter(({ line, word }) => line.length + 1 + word.length > width);
  return full.length >= pairs.length * SHARE_FULL ? width : null;
}

function joinGroup(group: readonly string[]): string[] {
  const paragraphs: string[] = [];
  for (const line of group) {
    const last = paragraphs.length - 1;
    const before = paragraphs[last];
    if (before === undefined || OWN_LINE.test(line)) paragraphs.push(line);
    // A hyphen at the end may belong to the word or not; kept, it can be seen and mended.
    else paragraphs[last] = before.trimEnd() + (/\p{L}-$/u.test(before) ? "" : " ") + line;
  }
  return paragraphs;
}
