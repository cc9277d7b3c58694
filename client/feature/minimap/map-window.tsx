import { useLayoutEffect, useMemo, useRef, type KeyboardEvent } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { Placed, Readable } from "../../session/contract.ts";
import { following } from "../../session/following.ts";
import { afterRest, Calm } from "../../session/frame.ts";
import { useReadable } from "../../session/use-readable.ts";
import { marksBetween, placeOf, type MinimapMark } from "./density.ts";
import { mapSentence } from "./map-tip.tsx";
import css from "./minimap.module.css";
import { countSigns, type Sign } from "./sign.ts";
import { headingAt, type TextFacts } from "./use-text-facts.ts";

/** Milliseconds of rest before it is said what is seen: while one scrolls, each frame shows something else. */
const REST = 150;
/** Hundredths of the map's height: as fine as it moves, and shown at least. */
const STEP = 0.1;
const LEAST = 1;

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
  const thumb = useRef<HTMLDivElement>(null);
  const seen = useReadable(useMemo(() => rested(lines), [lines]));
  const { size, toPosition } = facts;
  const sentence = useMemo(() => {
    const inSight = marksBetween(marks, seen, toPosition);
    return mapSentence(headingAt(facts, seen.from), inSight, countSigns(inSight, signOf));
  }, [marks, seen, facts, toPosition, signOf]);
  useLayoutEffect(() => {
    const move = () => thumb.current && placeThumb(thumb.current, lines.get(), size);
    move();
    return lines.subscribe(move);
  }, [lines, size]);
  if (size === 0) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, lines.get(), size, () => startsOf(marks, toPosition));
    if (goal === null) return;
    event.preventDefault();
    editor()?.scrollTo(Math.round(goal), "middle");
  };

  return (
    <div
      ref={thumb}
      className={css.window}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- its thumb is as long as what is seen
      role="slider"
      tabIndex={0}
      aria-label="Part of the article that is shown"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shareOf(seen.from, size))}
      aria-valuetext={sentence}
      onKeyDown={onKeyDown}
    />
  );
}

/** A store that follows another one once that has not changed for a while. */
function rested<T>(source: Readable<T>): Readable<T> {
  return following(source, (catchUp) => {
    const calm = new Calm(afterRest(REST), catchUp, Number.POSITIVE_INFINITY);
    return { changed: () => calm.wish(), stop: () => calm.stop() };
  });
}

function shareOf(position: number, size: number): number {
  return Math.min(100, (100 * position) / size);
}

/** Moved without React and without a layout: it moves with each frame of a scroll. */
function placeThumb({ style }: HTMLElement, { from, to }: TextRange, size: number): void {
  if (size === 0) return;
  const steps = (share: number) => `${(Math.round(share / STEP) * STEP).toFixed(1)}cqh`;
  const [top, bottom] = [shareOf(from, size), shareOf(to, size)];
  const height = Math.max(LEAST, bottom - top);
  style.transform = `translateY(${steps(Math.min(top, 100 - height))})`;
  style.height = steps(height);
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
