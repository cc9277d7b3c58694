/**
 * What keys make of a suggestion that is being written: pure, in UTF-16 offsets of the article's plain
 * text. Nothing of it leaves its paragraph, and characters are taken as people count them.
 */

/** `text` in place of what stands between `start` and `end`. */
export type Draft = { readonly start: number; readonly end: number; readonly text: string };

export type Paragraph = { readonly start: number; readonly end: number; readonly text: string };

export type DraftInput =
  | { readonly kind: "insert"; readonly text: string }
  | { readonly kind: "delete"; readonly forward: boolean; readonly unit: "character" | "word" };

export type Drafted = {
  /** Null: nothing is suggested any more. */
  readonly draft: Draft | null;
  /** Where the caret stands then. */
  readonly caret: number;
};

/**
 * `before`: what is being written, or what is selected with no text yet. Null where the key would reach
 * over the paragraph's end.
 */
export function nextDraft(before: Draft, input: DraftInput, paragraph: Paragraph): Drafted | null {
  if (input.kind === "insert") return drafted({ ...before, text: before.text + input.text }, before.end);
  const { forward, unit } = input;
  if (before.text !== "" && !forward) {
    const text = before.text.slice(0, -lastUnit(before.text, unit));
    return drafted({ ...before, text }, before.end);
  }
  if (forward) {
    const ahead = paragraph.text.slice(before.end - paragraph.start);
    if (ahead === "") return null;
    const end = before.end + firstUnit(ahead, unit);
    return drafted({ ...before, end }, end);
  }
  const behind = paragraph.text.slice(0, before.start - paragraph.start);
  if (behind === "") return null;
  const start = before.start - lastUnit(behind, unit);
  return drafted({ ...before, start }, start);
}

/** What deleting selected words makes. */
export function deletion(start: number, end: number): Drafted {
  return drafted({ start, end, text: "" }, end);
}

function drafted(draft: Draft, caret: number): Drafted {
  return { draft: draft.start === draft.end && draft.text === "" ? null : draft, caret };
}

const graphemes = new Intl.Segmenter();
const words = new Intl.Segmenter(undefined, { granularity: "word" });

function firstUnit(text: string, unit: "character" | "word"): number {
  if (unit === "character") return [...graphemes.segment(text.slice(0, 64))][0]?.segment.length ?? 1;
  let length = 0;
  for (const { segment, isWordLike } of words.segment(text)) {
    length += segment.length;
    if (isWordLike === true) break;
  }
  return length;
}

function lastUnit(text: string, unit: "character" | "word"): number {
  if (unit === "character") return [...graphemes.segment(text.slice(-64))].at(-1)?.segment.length ?? 1;
  let length = 0;
  for (const { segment, isWordLike } of [...words.segment(text)].toReversed()) {
    length += segment.length;
    if (isWordLike === true) break;
  }
  return length;
}
