import { useMemo, useState } from "react";
import { windowAround } from "../../feature/margin/rows.ts";
import type { TextRange } from "../../editor/types.ts";
import { Cell } from "../../session/cell.ts";
import type { Readable } from "../../session/contract.ts";

/** What is on the screen. Stores and not state: these change with every scroll and every line. */
export type ScreenView = {
  /** Positions that are seen. */
  readonly visible: Readable<TextRange>;
  /** Positions from the first to the last line that is seen. */
  readonly lines: Readable<TextRange>;
  /** Positions for which cards are made: more than is seen, and rarely another. */
  readonly window: Readable<TextRange>;
  /** Goes up whenever lines may have moved. */
  readonly layout: Readable<number>;
  readonly onVisible: (range: TextRange, drawn: TextRange) => void;
  readonly onLines: (lines: TextRange) => void;
  readonly onLayout: () => void;
};

const NOWHERE: TextRange = { from: 0, to: 0 };

export function useView(): ScreenView {
  const [cells] = useState(() => ({
    visible: new Cell(NOWHERE),
    lines: new Cell(NOWHERE),
    window: new Cell(NOWHERE),
    layout: new Cell(0),
  }));
  return useMemo(
    () => ({
      ...cells,
      onVisible: (range, drawn) => {
        cells.visible.set(range);
        const before = cells.window.get();
        cells.window.set(windowAround(drawn, before === NOWHERE ? null : before));
      },
      onLines: (lines) => cells.lines.set(lines),
      onLayout: () => cells.layout.set(cells.layout.get() + 1),
    }),
    [cells],
  );
}
