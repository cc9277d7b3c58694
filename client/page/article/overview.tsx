import { useCallback, useMemo } from "react";
import { groupEqual } from "../../feature/margin/group.ts";
import type { Placed } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { lateKwic, lateMinimap } from "./late-screens.ts";
import css from "./overview.module.css";
import { signsIn } from "./review-signs.ts";
import type { Place } from "./use-stage.ts";

/** The map of the whole article at the edge of the sheet; its place is kept until it has come. */
export function Overview({ place, ready }: { place: Place; ready: boolean }) {
  const { stage, marks, view } = place;
  const { session, choice, editor } = stage;
  const signs = useReadable(signsIn(session));
  // As long as nobody has judged anything, that a mark is open is no news.
  const reviewOf = useMemo(() => {
    const reviewed = [...signs.values()].some((sign) => sign !== "open");
    return reviewed ? ({ key }: Placed) => signs.get(key) ?? "open" : undefined;
  }, [signs]);
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
            reviewOf,
          }}
        />
      )}
    </div>
  );
}

/** All marks of a tag in context, whatever the filter says; over the page. */
export function MarksInContext({ place, tag }: { place: Place; tag: string }) {
  const { stage, screen } = place;
  const { session, desk } = stage;
  const { placed } = useReadable(session.markup);
  const marks = useMemo(() => groupEqual(placed), [placed]);
  const readText = useCallback(() => session.readText(), [session]);
  const { setContext } = screen;
  return (
    <lateKwic.Part
      props={{
        codebook: session.codebook,
        marks,
        readText,
        tag,
        onTag: setContext,
        onGo: (key) => {
          setContext(null);
          desk.actions.open(key, "card");
        },
        onClose: () => setContext(null),
      }}
    />
  );
}
