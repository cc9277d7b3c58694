import { VisuallyHidden } from "@mantine/core";
import {
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { Readable } from "../../session/contract.ts";
import { count } from "../../ui/count.ts";
import { COMMENT, useDesk } from "./actions.ts";
import { cardName, type MarkGroup } from "./group.ts";
import { layoutCards, type CardBox } from "./layout.ts";
import css from "./margin.module.css";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import { isActive, marginRows, type MarginRow } from "./rows.ts";

/** Pixels between two cards. */
const GAP = 4;
/** Room for the line that says how many cards are hidden above. */
const ABOVE = 36;

export type MarginProps = {
  /** Marks that are shown, equal ones together, in the order of the text. */
  readonly groups: readonly MarkGroup[];
  /** Positions for which cards are made. */
  readonly window: Readable<TextRange>;
  /** Changes whenever lines of the text may have moved on the screen. */
  readonly layout: Readable<number>;
  readonly hoverKey: string | null;
  readonly editor: () => EditorHandle | null;
  readonly cards: CardsProps;
};

/** Cards beside their lines, for the part of the text in sight. */
export function Margin({ groups, window, layout, hoverKey, editor, cards }: MarginProps) {
  const { actions } = useDesk();
  const { activeKey } = cards;
  const range = useLater(window);
  const [spread, setSpread] = useState<ReadonlySet<number>>(new Set());
  const [above, setAbove] = useState<readonly string[]>([]);
  const list = useRef<HTMLOListElement>(null);
  const rows = useMemo(
    () => marginRows(groups, { window: range, activeKey, spread }),
    [groups, range, activeKey, spread],
  );
  const activeRow = rows.find((row) => row.kind === "card" && isActive(row.group, activeKey));
  const place = useCallback(() => {
    const handle = editor();
    if (!list.current || !handle) return;
    const hidden = placeRows(list.current, rows, activeRow?.key ?? null, handle);
    setAbove((before) => (hidden.join() === before.join() ? before : hidden));
  }, [rows, activeRow, editor]);

  useLayoutEffect(place, [place]);
  useEffect(() => layout.subscribe(place), [layout, place]);
  useCardSizes(list, rows, place);

  return (
    <section className={css.margin} aria-label="Annotations beside the text" data-region="annotations">
      {above.length > 0 && (
        <button type="button" className={css.above} onClick={() => above[0] && actions.open(above[0])}>
          {count(above.length, "more mark")} above
        </button>
      )}
      <ol ref={list} className={css.list}>
        {rows.map((row) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears of the focus of what it holds
          <li
            key={row.key}
            data-row={row.key}
            data-active={row === activeRow || undefined}
            data-hovered={(row.kind === "card" && isActive(row.group, hoverKey)) || undefined}
            className={css.row}
            onPointerEnter={() => row.kind === "card" && actions.hover(row.key)}
            onPointerLeave={() => row.kind === "card" && actions.hover(null)}
            onFocus={() => row.kind === "card" && actions.hover(row.key)}
            onBlur={() => row.kind === "card" && actions.hover(null)}
          >
            {row.kind === "summary" ? (
              <Summary row={row} onSpread={() => setSpread(new Set([...spread, row.block]))} />
            ) : (
              <MarkCard group={row.group} cards={cards} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Follows a store that changes while one scrolls: what follows from it is rendered between the frames. */
function useLater<T>(readable: Readable<T>): T {
  const [value, setValue] = useState(readable.get);
  useEffect(() => {
    const follow = (): void => startTransition(() => setValue(() => readable.get()));
    follow();
    return readable.subscribe(follow);
  }, [readable]);
  return value;
}

/** One line for the marks of a crowded paragraph; screen readers hear which they are. */
function Summary({ row, onSpread }: { row: Extract<MarginRow, { kind: "summary" }>; onSpread: () => void }) {
  const { codebook, cardId } = useDesk();
  return (
    <>
      <button type="button" className={css.summary} onClick={onSpread}>
        {count(row.groups.length, "mark")} here
      </button>
      {row.groups.map((group) => (
        <VisuallyHidden key={group.key} {...COMMENT} id={cardId(group.key)}>
          {cardName(codebook, group)}
        </VisuallyHidden>
      ))}
    </>
  );
}

/**
 * Reads all lines and heights first, then moves all cards: one layout, however many there are. Returns
 * the keys of cards for which there is no room above the active one.
 */
function placeRows(
  list: HTMLOListElement,
  rows: readonly MarginRow[],
  activeKey: string | null,
  handle: EditorHandle,
): readonly string[] {
  const origin = list.getBoundingClientRect().top;
  const items = new Map<string, HTMLElement>();
  for (const item of list.children) {
    if (item instanceof HTMLElement) items.set(item.dataset["row"] ?? "", item);
  }
  const tops = handle.markTopsAt(rows.map(({ mark }) => mark));
  const boxes: CardBox[] = [];
  for (const [at, row] of rows.entries()) {
    const item = items.get(row.key);
    const top = tops[at] ?? null;
    if (item && top !== null) boxes.push({ key: row.key, top: top - origin, height: item.offsetHeight });
  }
  let layout = layoutCards(boxes, activeKey, GAP);
  if (layout.hidden.length > 0) layout = layoutCards(boxes, activeKey, GAP, ABOVE);
  for (const [key, item] of items) {
    const top = layout.tops.get(key);
    // A card glides from place to place, but appears where it belongs.
    item.toggleAttribute("data-settled", top !== undefined && item.hasAttribute("data-placed"));
    item.toggleAttribute("data-placed", top !== undefined);
    if (top !== undefined) item.style.top = `${Math.round(top)}px`;
  }
  list.style.minHeight = `${Math.ceil(layout.bottom)}px`;
  return layout.hidden;
}

/** Calls `onChange` when a card grows or shrinks, at most once a frame. */
function useCardSizes(
  list: RefObject<HTMLOListElement | null>,
  rows: readonly MarginRow[],
  onChange: () => void,
): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const names = rows.map(({ key }) => key).join(" ");
  useEffect(() => {
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => latest.current());
    });
    for (const item of list.current?.children ?? []) observer.observe(item);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [list, names]);
}
