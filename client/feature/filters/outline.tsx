import { useEffect, useState } from "react";
import type { EditorHandle } from "../../editor/types.ts";
import type { Readable } from "../../session/contract.ts";
import css from "./outline.module.css";

export type Heading = { readonly level: number; readonly text: string; readonly element: HTMLElement };

/** Milliseconds of rest before the headings are read again. */
const PAUSE = 250;

/** The headings of the text as it is drawn. `layout` changes when the text may have. */
export function useHeadings(editor: () => EditorHandle | null, layout: Readable<number>): readonly Heading[] {
  const [headings, setHeadings] = useState<readonly Heading[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      const found = headingsIn(editor()?.element() ?? null);
      setHeadings((before) => (sameHeadings(before, found) ? before : found));
    };
    // Reading waits for a pause, so that typing does not wait for it.
    const stop = layout.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [editor, layout]);
  return headings;
}

function headingsIn(text: HTMLElement | null): readonly Heading[] {
  return [...(text?.querySelectorAll<HTMLElement>("h1, h2, h3, h4, h5, h6") ?? [])].flatMap((element) => {
    const words = element.textContent.trim();
    return words === "" ? [] : [{ level: Number(element.tagName.slice(1)), text: words, element }];
  });
}

function sameHeadings(one: readonly Heading[], other: readonly Heading[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ element, text }, at) => other[at]?.element === element && other[at].text === text)
  );
}

/** The way through a long text, by its headings. */
export function Outline({
  headings,
  onGo,
}: {
  headings: readonly Heading[];
  onGo: (heading: Heading) => void;
}) {
  if (headings.length === 0) return <p className={css.none}>This text has no headings.</p>;
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <nav aria-label="Headings">
      <ol className={css.list}>
        {headings.map((heading, at) => (
          <li key={`${at}-${heading.text}`}>
            <button
              type="button"
              className={css.heading}
              data-depth={Math.min(heading.level - top, 3)}
              onClick={() => onGo(heading)}
            >
              {heading.text}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
