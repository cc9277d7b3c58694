import { lateMinimap } from "./late-screens.ts";
import css from "./overview.module.css";
import type { Place } from "./use-stage.ts";

/** The map of the whole article at the edge of the sheet; its place is kept until it has come. */
export function Overview({ place, ready }: { place: Place; ready: boolean }) {
  const { stage, marks, view } = place;
  const { session, choice, editor } = stage;
  return (
    <div className={css.rail} data-overview>
      {ready && (
        <lateMinimap.Part
          props={{
            session,
            marks: marks.shown.all,
            lines: view.lines,
            layout: view.layout,
            editor,
            hoverKey: choice.hoverKey,
            activeKey: choice.activeKey,
            onHover: choice.hover,
          }}
        />
      )}
    </div>
  );
}
