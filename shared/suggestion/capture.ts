import type { PlainText } from "../anchor/placement.ts";
import type { ArticleIndex } from "../anchor/text-index.ts";
import type { Range } from "../model/annotation.ts";
import type { SuggestionPlace } from "../model/suggestion.ts";

/** The text as it is now, and the identities of its characters. */
type Characters = Pick<ArticleIndex, "plain" | "captureText">;
type Block = PlainText["blocks"][number];

/** The paragraph that holds an offset of the plain text; null when there is none. */
export function blockAt({ blocks }: PlainText, offset: number): Block | null {
  return blocks.find(({ start, end }) => start <= offset && offset <= end) ?? null;
}

/**
 * The place between two offsets of one paragraph by the identities of its characters: equal offsets are
 * the place between two of them. Null when it has none, or they lie in different paragraphs.
 */
export function capturePlace(text: Characters, start: number, end: number): SuggestionPlace | null {
  const block = blockAt(text.plain, start);
  if (!block || end > block.end) return null;
  if (start < end) {
    const range = captured(text, start, end);
    return range && { kind: "over", range };
  }
  const before = start > block.start ? captured(text, start - 1, start) : null;
  const after = start < block.end ? captured(text, start, start + 1) : null;
  return before || after ? { kind: "between", before, after } : null;
}

function captured(text: Characters, start: number, end: number): Range | null {
  const found = text.captureText(start, end);
  // Whether something was typed into the words is seen from the words themselves.
  return found && { ...found, sv: "" };
}
