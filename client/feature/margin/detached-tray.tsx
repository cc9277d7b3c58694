import { IconUnlink } from "@tabler/icons-react";
import { count } from "../../ui/count.ts";
import css from "./detached-tray.module.css";
import type { MarkGroup } from "./group.ts";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import { isActive } from "./rows.ts";

/** Marks whose words are gone: kept, with what they quoted, until their words come back or somebody acts. */
export function DetachedTray({ groups, cards }: { groups: readonly MarkGroup[]; cards: CardsProps }) {
  if (groups.length === 0) return null;
  return (
    <details
      className={css.tray}
      open={groups.some((group) => isActive(group, cards.activeKey)) || undefined}
    >
      <summary className={css.summary}>
        <IconUnlink size={16} aria-hidden />
        {count(groups.length, "mark")} without words
      </summary>
      <p className={css.help}>The text they stood on was deleted. Undoing the deletion brings them back.</p>
      <ol className={css.list} aria-label="Marks without words">
        {groups.map((group) => (
          <li key={group.key}>
            <MarkCard group={group} cards={cards} quote />
          </li>
        ))}
      </ol>
    </details>
  );
}
