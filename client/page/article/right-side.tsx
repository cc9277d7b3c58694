import { DetachedTray } from "../../feature/margin/detached-tray.tsx";
import { Margin } from "../../feature/margin/margin.tsx";
import { MarkList } from "../../feature/margin/mark-list.tsx";
import { Sheet } from "../../feature/margin/sheet.tsx";
import css from "./right-side.module.css";
import type { Place } from "./use-stage.ts";

/** The marks beside the text: in the margin, as a list, or in a sheet where there is no room. */
export function RightSide({ place, narrow }: { place: Place; narrow: boolean }) {
  const { marks, screen, stage } = place;
  const { activeKey, hoverKey, wantsFocus, onFocused } = stage.choice;
  const { groups, detached } = marks;
  if (narrow) {
    // The tag bar takes this place while words are selected.
    if (stage.bar.shown) return null;
    return (
      <Sheet
        groups={groups}
        detached={detached}
        visible={place.visible}
        editor={stage.editor}
        activeKey={activeKey}
        wantsFocus={wantsFocus}
        onFocused={onFocused}
      />
    );
  }
  if (screen.list) {
    return (
      <MarkList
        groups={[...groups, ...detached]}
        activeKey={activeKey}
        wantsFocus={wantsFocus}
        onFocused={onFocused}
      />
    );
  }
  return (
    <div className={css.side}>
      <Margin
        groups={groups}
        window={place.window}
        activeKey={activeKey}
        hoverKey={hoverKey}
        editor={stage.editor}
        layout={place.layout}
        wantsFocus={wantsFocus}
        onFocused={onFocused}
      />
      <DetachedTray groups={detached} activeKey={activeKey} wantsFocus={wantsFocus} onFocused={onFocused} />
    </div>
  );
}
