import { Button, SegmentedControl } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { count } from "../../ui/count.ts";
import { CARDS_ID, useDesk } from "./actions.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { cardName, type MarkGroup } from "./group.ts";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import css from "./mark-list.module.css";
import { isActive } from "./rows.ts";
import { usePicks } from "./use-picks.ts";
import { GROUPINGS, listRows, type Grouping } from "./sections.ts";

const NAMES: Readonly<Record<Grouping, string>> = {
  position: "In order",
  tag: "By tag",
  author: "By author",
};

/** All marks that are shown, one after the other, whole work without the text beside them. */
export function MarkList({
  groups,
  cards,
  choosing,
  onChoosing,
}: {
  groups: readonly MarkGroup[];
  cards: CardsProps;
  /** Several marks of mine are being chosen, to be changed together. */
  choosing: boolean;
  onChoosing: (on: boolean) => void;
}) {
  const { codebook, canAnnotate } = useDesk();
  const picks = usePicks(groups, choosing && canAnnotate);
  const [grouping, setGrouping] = useState<Grouping>("position");
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => listRows(codebook, groups, grouping), [codebook, groups, grouping]);
  // oxlint-disable-next-line react/incompatible-library -- nothing it gives goes to a memoised component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === "heading" ? 36 : 84),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 6,
  });
  const activeAt = rows.findIndex((row) => row.kind === "mark" && isActive(row.group, cards.activeKey));

  useEffect(() => {
    if (activeAt >= 0) virtual.scrollToIndex(activeAt, { align: "auto" });
  }, [activeAt, virtual]);

  return (
    <section id={CARDS_ID} className={css.panel} aria-label="All annotations" data-region="annotations">
      <div className={css.head}>
        <span className={css.count}>{count(groups.length, "mark")}</span>
        <SegmentedControl
          size="xs"
          aria-label="Order of the list"
          value={grouping}
          onChange={(value) => setGrouping(GROUPINGS.find((one) => one === value) ?? "position")}
          data={GROUPINGS.map((value) => ({ value, label: NAMES[value] }))}
        />
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
        <ol className={css.list} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={css.row}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === "heading" ? (
                  <h3 className={css.heading}>
                    {row.title} <span className={css.number}>{row.count}</span>
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
