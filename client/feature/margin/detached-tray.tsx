import { IconUnlink } from "@tabler/icons-react";
import { count } from "../../ui/count.ts";
import type { FocusWish } from "./actions.ts";
import { Card } from "./card.tsx";
import { CompactCard } from "./compact-card.tsx";
import css from "./detached-tray.module.css";
import type { MarkGroup } from "./group.ts";
import { isActive } from "./rows.ts";

/** Marks whose words are gone: kept, with what they quoted, until their words come back or somebody acts. */
export function DetachedTray({
  groups,
  activeKey,
  wantsFocus,
  onFocused,
}: {
  groups: readonly MarkGroup[];
  activeKey: string | null;
  wantsFocus: FocusWish;
  onFocused: () => void;
}) {
  if (groups.length === 0) return null;
  return (
    <details className={css.tray} open={groups.some((group) => isActive(group, activeKey)) || undefined}>
      <summary className={css.summary}>
        <IconUnlink size={16} aria-hidden />
        {count(groups.length, "mark")} without words
      </summary>
      <p className={css.help}>The text they stood on was deleted. Undoing the deletion brings them back.</p>
      <ol className={css.list} aria-label="Marks without words">
        {groups.map((group) => (
          <li key={group.key}>
            {isActive(group, activeKey) ? (
              <Card group={group} wantsFocus={wantsFocus} onFocused={onFocused} />
            ) : (
              <CompactCard group={group} quote />
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
