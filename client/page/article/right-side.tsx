import { memo, useCallback, useState } from "react";
import { DetachedTray } from "../../feature/margin/detached-tray.tsx";
import { Margin } from "../../feature/margin/margin.tsx";
import type { CardsProps } from "../../feature/margin/mark-card.tsx";
import { Sheet } from "../../feature/margin/sheet.tsx";
import type { EditorHandle } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { lateListSheet, lateMarkList } from "./late-screens.ts";
import css from "./right-side.module.css";
import type { Shown } from "./use-marks.ts";
import type { ScreenView } from "./use-view.ts";

/** The marks beside the text: in the margin, as a list, or in a sheet where there is no room. */
export const RightSide = memo(function RightSide({
  shape,
  shown: { whole, groups, detached },
  view,
  hoverKey,
  editor,
  cards,
  choosing,
  onChoosing,
  session,
  listed,
  onListed,
  onContext,
}: {
  shape: "margin" | "list" | "sheet";
  shown: Shown;
  view: ScreenView;
  hoverKey: string | null;
  editor: () => EditorHandle | null;
  cards: CardsProps;
  choosing: boolean;
  onChoosing: (on: boolean) => void;
  session: Pick<ArticleSession, "readText">;
  /** Whether all marks are listed. */
  listed: boolean;
  onListed: (open: boolean) => void;
  /** Shows marks in context. */
  onContext: () => void;
}) {
  const readText = useCallback(() => session.readText(), [session]);
  const close = useCallback(() => onListed(false), [onListed]);
  // From the first time on it stays, to glide away when it is closed.
  const [met, setMet] = useState(false);
  if (shape === "sheet" && listed && !met) setMet(true);
  const list = {
    groups: [...whole, ...groups, ...detached],
    cards,
    choosing,
    onChoosing,
    readText,
    onContext,
  };

  switch (shape) {
    case "sheet":
      return (
        <>
          {!listed && (
            <Sheet groups={groups} detached={detached} visible={view.visible} editor={editor} cards={cards} />
          )}
          {met && <lateListSheet.Part props={{ ...list, opened: listed, onClose: close }} />}
        </>
      );
    case "list":
      return <lateMarkList.Part props={list} />;
    case "margin":
      return (
        <div className={css.side}>
          <Margin
            groups={groups}
            window={view.window}
            layout={view.layout}
            hoverKey={hoverKey}
            editor={editor}
            cards={cards}
          />
          <DetachedTray groups={detached} cards={cards} />
        </div>
      );
  }
});
