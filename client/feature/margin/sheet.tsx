import { IconChevronUp } from "@tabler/icons-react";
import { UnstyledButton } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import { CARDS_ID } from "./actions.ts";
import { DetachedTray } from "./detached-tray.tsx";
import type { MarkGroup } from "./group.ts";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import { isActive, startOf } from "./rows.ts";
import css from "./sheet.module.css";

/** Share of the screen above an open sheet. */
const FREE = 0.4;

/** The margin of a narrow screen: a sheet at the lower edge with the cards of what is in sight. */
export function Sheet({
  groups,
  detached,
  visible,
  editor,
  cards,
}: {
  groups: readonly MarkGroup[];
  detached: readonly MarkGroup[];
  /** Positions that are on the screen. */
  visible: Readable<TextRange>;
  editor: () => EditorHandle | null;
  cards: CardsProps;
}) {
  const seen = useReadable(visible);
  const [open, setOpen] = useState(false);
  const bodyId = useId();
  const active = groups.find((group) => isActive(group, cards.activeKey));
  const inSight = groups.filter((group) => {
    const from = startOf(group);
    return group !== active && from !== null && from >= seen.from && from <= seen.to;
  });
  const shown = open || active !== undefined;
  const activeFrom = active ? startOf(active) : null;

  useEffect(() => {
    // The open sheet must not lie over the words it is about.
    const line = activeFrom === null ? null : editor()?.markCoordsAt(activeFrom);
    if (line && line.bottom > window.innerHeight * FREE) {
      window.scrollBy({ top: line.top - window.innerHeight * (FREE / 2) });
    }
  }, [activeFrom, editor]);
  return (
    <section
      id={CARDS_ID}
      className={css.sheet}
      aria-label="Annotations"
      data-region="annotations"
      data-open={shown || undefined}
    >
      <UnstyledButton
        className={css.handle}
        aria-expanded={shown}
        aria-controls={bodyId}
        onClick={() => setOpen(!open)}
      >
        <IconChevronUp size={18} aria-hidden className={css.chevron} />
        {count(inSight.length + (active ? 1 : 0), "mark")} here
        {detached.length > 0 && ` · ${detached.length} without words`}
      </UnstyledButton>
      <div id={bodyId} className={css.body} hidden={!shown}>
        {active && <MarkCard group={active} cards={cards} />}
        {open && (
          <>
            <ol className={css.list}>
              {inSight.map((group) => (
                <li key={group.key}>
                  <MarkCard group={group} cards={cards} quote />
                </li>
              ))}
            </ol>
            {inSight.length === 0 && !active && (
              <p className={css.none}>No marks in this part of the text.</p>
            )}
            <DetachedTray groups={detached} cards={cards} />
          </>
        )}
      </div>
    </section>
  );
}
