import { useEffect, useState } from "react";
import type { ArticleSession, Readable } from "../../session/contract.ts";

export type MapHeading = { readonly from: number; readonly text: string };

/** What the map knows of the text itself. Positions are those of the editor. */
export type TextFacts = {
  readonly size: number;
  readonly headings: readonly MapHeading[];
  readonly toPosition: (offset: number) => number;
};

/** Milliseconds of rest before the text is read again. */
const PAUSE = 250;

const NOTHING: TextFacts = { size: 0, headings: [], toPosition: () => 0 };

/** `layout` changes when the text may have. Reading waits for a pause, so that typing does not wait for it. */
export function useTextFacts(session: Pick<ArticleSession, "readText">, layout: Readable<number>): TextFacts {
  const [facts, setFacts] = useState(() => factsOf(session));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = layout.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setFacts((before) => kept(before, factsOf(session))), PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session, layout]);
  return facts;
}

function factsOf(session: Pick<ArticleSession, "readText">): TextFacts {
  const read = session.readText();
  if (!read) return NOTHING;
  const { text, blocks, toPosition } = read;
  const headings = blocks.flatMap(({ kind, start, end }) => {
    const words = kind === "heading" ? text.slice(start, end).trim() : "";
    return words === "" ? [] : [{ from: toPosition(start), text: words }];
  });
  return { size: toPosition(text.length), headings, toPosition };
}

function kept(before: TextFacts, now: TextFacts): TextFacts {
  const same =
    before.size === now.size &&
    before.headings.length === now.headings.length &&
    before.headings.every(({ from, text }, at) => {
      const other = now.headings[at];
      return other?.from === from && other.text === text;
    });
  return same ? before : now;
}

/** The heading above a position; null above the first. */
export function headingAt({ headings }: TextFacts, position: number): string | null {
  return headings.findLast(({ from }) => from <= position)?.text ?? null;
}
