import { Button, CloseButton } from "@mantine/core";
import { useCallback, useEffect, useId, useRef } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import type { EditorHandle } from "../../editor/types.ts";
import type { Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./coach-mark.module.css";
import { findWords, firstSentence } from "./find-words.ts";
import { scrollUntilStill } from "./scroll-until-still.ts";
import { useBeside } from "../../ui/use-beside.ts";

const HIGHLIGHT = "gloss-coach";

/**
 * Shows on a real sentence how a first mark is made. It is no dialog: everything else works meanwhile.
 * The sentence is one that the codebook gives as an example and that stands in this text; else the first.
 */
export function CoachMark({
  codebook,
  editor,
  selecting,
  layout,
  onDone,
}: {
  codebook: Codebook;
  editor: () => EditorHandle | null;
  /** Words are selected: what is left is the tag. */
  selecting: boolean;
  /** Changes when the text has been drawn; before that there is nothing to point at. */
  layout: Readable<number>;
  onDone: () => void;
}) {
  useReadable(layout);
  const titleId = useId();
  const card = useRef<HTMLElement>(null);
  const text = editor()?.element() ?? null;
  const place = useCallback(
    () => (text ? (exampleIn(text, codebook)?.getBoundingClientRect() ?? null) : null),
    [text, codebook],
  );
  useBeside(card, { text, placement: "bottom-start", place, floats: true });
  const tags = activeTags(codebook).slice(0, 2);

  useEffect(() => {
    if (!text || !("highlights" in CSS)) return;
    const show = () => {
      // The text is drawn anew while people edit, so the sentence is looked up each time.
      const range = exampleIn(text, codebook);
      if (range) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
      else CSS.highlights.delete(HIGHLIGHT);
    };
    show();
    const watch = new MutationObserver(show);
    watch.observe(text, { childList: true, subtree: true, characterData: true });
    return () => {
      watch.disconnect();
      CSS.highlights.delete(HIGHLIGHT);
    };
  }, [codebook, text]);

  useEffect(() => (text ? scrollUntilStill(place) : undefined), [text, place]);

  const selectForMe = () => {
    const range = text && exampleIn(text, codebook);
    if (!range) return;
    editor()?.focus();
    const selection = document.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  };

  return (
    <aside ref={card} className={css.coach} aria-labelledby={titleId}>
      <div className={css.head}>
        <strong id={titleId}>Make your first mark</strong>
        <CloseButton size="sm" aria-label="Skip" onClick={onDone} />
      </div>
      <ol className={css.steps}>
        <li data-done={selecting || undefined}>
          Select the highlighted words.{" "}
          {!selecting && (
            <button type="button" className={css.link} onClick={selectForMe}>
              Do it for me
            </button>
          )}
        </li>
        <li>
          <span>Press </span>
          {tags.map((tag, at) => (
            <span key={tag.id} className={css.tag}>
              {at > 0 && "or "}
              <kbd className={css.key}>{tag.key.toUpperCase()}</kbd>{" "}
              <TagChip codebook={codebook} id={tag.id} />{" "}
            </span>
          ))}
        </li>
      </ol>
      <div className={css.foot}>
        <Button variant="subtle" size="compact-sm" onClick={onDone}>
          Skip
        </Button>
      </div>
    </aside>
  );
}

function exampleIn(element: Element, codebook: Codebook): Range | null {
  // What shows most is a sentence that carries several tags; the codebook says so in its reasons.
  const examples = activeTags(codebook)
    .toReversed()
    .flatMap((tag) => tag.positive);
  const long = examples.filter(
    ({ quote, why }) => quote.split(" ").length > 8 && /\balso\b|\bboth\b/.test(why),
  );
  for (const { quote } of long) {
    const range = findWords(element, quote);
    if (range) return range;
  }
  return firstSentence(element);
}
