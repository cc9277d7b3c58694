import { Button, NativeSelect, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ReadText } from "../../session/contract.ts";
import { count, number } from "../../ui/count.ts";
import { CARDS_ID, useDesk } from "./actions.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { cardName, type MarkGroup } from "./group.ts";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import css from "./mark-list.module.css";
import { isActive } from "./rows.ts";
import { GROUPINGS, listRows, type Grouping, type ListHeading } from "./sections.ts";
import { useGrouping } from "./use-grouping.ts";
import { useListKeys } from "./use-list-keys.ts";
import { usePicks } from "./use-picks.ts";

const NAMES: Readonly<Record<Grouping, string>> = {
  position: "By heading",
  tag: "By tag",
  author: "By author",
  state: "By state",
};

export type MarkListProps = {
  readonly groups: readonly MarkGroup[];
  readonly cards: CardsProps;
  /** The text, for its headings. */
  readonly readText: () => ReadText | null;
  /** Several marks of mine are being chosen, to be changed together. */
  readonly choosing: boolean;
  readonly onChoosing: (on: boolean) => void;
  /** Shows marks in context. */
  readonly onContext: () => void;
};

/** All marks that are shown, one after the other, whole work without the text beside them. */
export function MarkList({ groups, cards, readText, choosing, onChoosing, onContext }: MarkListProps) {
  const { codebook, canAnnotate, actions } = useDesk();
  const picks = usePicks(groups, choosing && canAnnotate);
  const [grouping, setGrouping] = useGrouping();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const { activeKey, findingsOf } = cards;
  // Marks move with their headings, so another list of marks may mean other places of headings.
  const outline = useMemo(
    () => (grouping === "position" && groups.length > 0 ? outlineOf(readText()) : []),
    [grouping, groups, readText],
  );
  const rows = useMemo(
    () => listRows(groups, { codebook, grouping, outline, findingsOf, closed, activeKey }),
    [groups, codebook, grouping, outline, findingsOf, closed, activeKey],
  );
  // oxlint-disable-next-line react/incompatible-library -- nothing it gives goes to a memoised component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === "heading" ? 40 : 84),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 6,
  });
  const toggle = useCallback(
    (section: string, close: boolean) =>
      setClosed((before) => {
        const next = new Set(before);
        if (close) next.add(section);
        else next.delete(section);
        return next;
      }),
    [],
  );
  const onKeyDown = useListKeys({ rows, virtual, list, toggle });
  const sections = rows.flatMap((row) => (row.kind === "heading" ? row.key : []));
  const allClosed = sections.length > 0 && sections.every((section) => closed.has(section));
  const activeAt = rows.findIndex((row) => row.kind === "mark" && isActive(row.group, activeKey));

  useEffect(() => {
    if (activeAt >= 0) virtual.scrollToIndex(activeAt, { align: "auto" });
  }, [activeAt, virtual]);

  return (
    <section id={CARDS_ID} className={css.panel} aria-label="All annotations" data-region="annotations">
      <div className={css.head}>
        <span className={css.count}>{count(groups.length, "mark")}</span>
        <NativeSelect
          size="xs"
          aria-label="How the list is grouped"
          value={grouping}
          onChange={({ currentTarget: { value } }) =>
            setGrouping(GROUPINGS.find((one) => one === value) ?? "position")
          }
          data={GROUPINGS.map((value) => ({ value, label: NAMES[value] }))}
        />
        {sections.length > 1 && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setClosed(new Set(allClosed ? [] : sections))}
          >
            {allClosed ? "Open all" : "Close all"}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={onContext}>
          In context
        </Button>
        {canAnnotate && !choosing && picks.mine.length > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => onChoosing(true)}>
            Choose several
          </Button>
        )}
      </div>
      {picks.on && (
        <BulkBar
          mine={picks.mine}
          chosen={picks.chosen}
          others={picks.others}
          onAll={picks.all}
          onDone={() => onChoosing(false)}
        />
      )}
      <div ref={scroller} className={css.scroller}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys come up from its buttons */}
        <ol ref={list} className={css.list} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={css.row}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                onPointerEnter={() => row.kind === "mark" && actions.hover(row.key)}
                onPointerLeave={() => row.kind === "mark" && actions.hover(null)}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === "heading" ? (
                  <h3 className={css.heading}>
                    <UnstyledButton
                      className={css.section}
                      aria-expanded={!row.closed}
                      onClick={() => toggle(row.key, !row.closed)}
                    >
                      <IconChevronDown size={14} aria-hidden className={css.chevron} />
                      <span className={css.name}>{row.title}</span>{" "}
                      <span className={css.number}>{number(row.count)}</span>
                    </UnstyledButton>
                  </h3>
                ) : picks.on ? (
                  <div className={css.choice}>
                    {row.group.lead.mine ? (
                      <input
                        type="checkbox"
                        className={css.box}
                        aria-label={`Choose ${cardName(codebook, row.group)}: ${row.group.lead.placement.text.slice(0, 60)}`}
                        checked={picks.has(row.group.lead.key)}
                        onChange={() => undefined}
                        onClick={(event) => picks.toggle(row.group.lead.key, event.shiftKey)}
                      />
                    ) : (
                      <span className={css.box} />
                    )}
                    <MarkCard group={row.group} cards={cards} quote />
                  </div>
                ) : (
                  <MarkCard group={row.group} cards={cards} quote />
                )}
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function outlineOf(read: ReadText | null): readonly ListHeading[] {
  if (!read) return [];
  const { text, blocks, toPosition } = read;
  return blocks.flatMap(({ kind, start, end }) => {
    const words = kind === "heading" ? text.slice(start, end).trim() : "";
    return words === "" ? [] : [{ from: toPosition(start), text: words }];
  });
}
