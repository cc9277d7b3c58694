import type { PlainText } from "../anchor/placement.ts";
import type { Range } from "../model/annotation.ts";
import type { Verdict } from "../model/verdict.ts";
import { paragraphChangedSince, type Change } from "./judged.ts";

/** Verdicts on paragraphs, brought together with the paragraphs of the article as it is now. */

/** Plain-text offsets in UTF-16 code units. */
type Stretch = { readonly start: number; readonly end: number };

/** The blocks that a place reaches into, as one stretch of text; null for a place without text. */
export function paragraphsAt({ blocks }: PlainText, pieces: readonly Stretch[]): Stretch | null {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return null;
  const from = blocks.findLast((block) => block.start <= first.start);
  const to = blocks.find((block) => block.end >= last.end);
  return from && to ? { start: from.start, end: Math.max(to.end, from.end) } : null;
}

/** The text of those blocks: what a verdict on a paragraph is about. */
export function paragraphText(plain: PlainText, pieces: readonly Stretch[]): string | null {
  const at = paragraphsAt(plain, pieces);
  return at && plain.text.slice(at.start, at.end);
}

export type ParagraphVerdict = {
  readonly verdict: Verdict;
  /** What was judged and what stands there now; null when it is unchanged. */
  readonly change: Change | null;
};

/**
 * The verdicts on each paragraph, by the index of its block. `place` says where a range stands now.
 * A verdict whose text is gone is in none; one on a paragraph that was split is in each of its parts.
 */
export function verdictsByParagraph(
  plain: PlainText,
  verdicts: Iterable<Verdict>,
  place: (range: Range) => readonly Stretch[],
): ReadonlyMap<number, readonly ParagraphVerdict[]> {
  const found = new Map<number, ParagraphVerdict[]>();
  for (const verdict of verdicts) {
    if (verdict.on.kind !== "paragraph") continue;
    const at = paragraphsAt(plain, place(verdict.on.range));
    if (!at) continue;
    const change = paragraphChangedSince(verdict, plain.text.slice(at.start, at.end));
    plain.blocks.forEach(({ start, end }, index) => {
      if (start < at.start || end > at.end) return;
      const known = found.get(index);
      if (known) known.push({ verdict, change });
      else found.set(index, [{ verdict, change }]);
    });
  }
  return found;
}
