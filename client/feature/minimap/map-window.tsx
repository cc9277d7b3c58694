import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, type KeyboardEvent } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { Placed, Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { marksBetween, placeOf, type MinimapMark } from "./density.ts";
import { mapSentence } from "./map-tip.tsx";
import css from "./minimap.module.css";
import { countSigns, type Sign } from "./sign.ts";
import { headingAt, type TextFacts } from "./use-text-facts.ts";

/** Milliseconds of rest before it is said what is seen: while one scrolls, each frame shows something else. */
const REST = 150;

/**
 * The part of the article that is seen, as a slider: arrows lead to the next marks out of sight, Page Up and
 * Page Down by what is seen, Home and End to the ends.
 */
export function MapWindow({
  marks,
  lines,
  facts,
  editor,
  signOf,
}: {
  marks: readonly MinimapMark[];
  lines: Readable<TextRange>;
  facts: TextFacts;
  editor: () => EditorHandle | null;
  signOf: (placed: Placed) => Sign | null;
}) {
  const seen = useReadable(lines);
  const [rested] = useDebouncedValue(seen, REST);
  const { size, toPosition } = facts;
  const sentence = useMemo(() => {
    const inSight = marksBetween(marks, rested, toPosition);
    return mapSentence(headingAt(facts, rested.from), inSight, countSigns(inSight, signOf));
  }, [marks, rested, facts, toPosition, signOf]);
  if (size === 0) return null;
  const { from, to } = seen;
  const share = (position: number) => Math.min(100, (100 * position) / size);

  const onKeyDown = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, { from, to }, size, () => startsOf(marks, toPosition));
    if (goal === null) return;
    event.preventDefault();
    editor()?.scrollTo(Math.round(goal), "middle");
  };

  return (
    <div
      className={css.window}
      style={{ top: `${share(from)}%`, height: `${share(to) - share(from)}%` }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- its thumb is as long as what is seen
      role="slider"
      tabIndex={0}
      aria-label="Part of the article that is shown"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share(from))}
      aria-valuetext={sentence}
      onKeyDown={onKeyDown}
    />
  );
}

/** Where a key leads; null: nowhere. */
export function goalOf(
  key: string,
  { from, to }: TextRange,
  size: number,
  starts: () => readonly number[],
): number | null {
  const middle = (from + to) / 2;
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return starts().find((start) => start >= to) ?? null;
    case "ArrowUp":
    case "ArrowLeft":
      return starts().findLast((start) => start < from) ?? null;
    case "PageDown":
      return Math.min(size, middle + (to - from));
    case "PageUp":
      return Math.max(0, middle - (to - from));
    case "Home":
      return 0;
    case "End":
      return size;
    default:
      return null;
  }
}

function startsOf(marks: readonly MinimapMark[], toPosition: (offset: number) => number): readonly number[] {
  return marks.flatMap(({ lead }) => placeOf(lead, toPosition)?.from ?? []).sort((one, other) => one - other);
}
