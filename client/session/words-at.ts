import type { Captured, TextIndex } from "#shared/anchor/placement.ts";
import type { Range } from "#shared/model/annotation.ts";
import type { ArticleSession } from "./contract.ts";
import { textPort } from "./text-port.ts";

/** Words of an open article by the identities of their characters, and the paragraphs they stand in. */

/** `start` and `end` are UTF-16 offsets in the plain text, `from` and `to` ProseMirror positions. */
export type Paragraph = {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
};

/** What stands between two ProseMirror positions; null when that is no text, or the text has not arrived. */
export function captureWords(
  session: ArticleSession,
  { from, to }: { readonly from: number; readonly to: number },
): Captured | null {
  return indexOf(session)?.capture(Math.min(from, to), Math.max(from, to)) ?? null;
}

/** The paragraph or heading that holds an offset; null when there is none. */
export function paragraphAt(session: ArticleSession, offset: number): Paragraph | null {
  const index = indexOf(session);
  const block = index?.plain.blocks.find(({ start, end }) => start <= offset && offset <= end);
  if (!index || !block || block.start === block.end) return null;
  const { start, end } = block;
  return {
    start,
    end,
    from: index.toPosition(start),
    to: index.toPosition(end),
    text: index.plain.text.slice(start, end),
  };
}

/** Where words named by identities stand now, as offsets; null when they are gone. */
export function standsAt(
  session: ArticleSession,
  range: Range,
): { readonly start: number; readonly end: number; readonly text: string } | null {
  const placement = indexOf(session)?.place([range], () => null);
  const first = placement?.pieces[0];
  const last = placement?.pieces.at(-1);
  return placement && first && last ? { start: first.start, end: last.end, text: placement.text } : null;
}

/** The same as ProseMirror positions, piece by piece; none when they are gone. */
export function rangesOf(
  session: ArticleSession,
  range: Range,
): readonly { readonly from: number; readonly to: number }[] {
  const pieces = indexOf(session)?.place([range], () => null).pieces ?? [];
  return pieces.map(({ from, to }) => ({ from, to }));
}

function indexOf(session: ArticleSession): TextIndex | null {
  return textPort(session).binding.get()?.index ?? null;
}
