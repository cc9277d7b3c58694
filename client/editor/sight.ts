import type { EditorView } from "prosemirror-view";
import type { TextRange } from "./types.ts";
import { type Band, coveredAbove, firstInBand, linesInBand, rangeInBand, visibleBand } from "./viewport.ts";

export type Seen = {
  /** Blocks on the screen. */
  readonly visible: TextRange;
  /** Blocks on the screen and on one screen above and below. */
  readonly drawn: TextRange;
  /** From the first to the last line on the screen. */
  readonly lines: TextRange;
  /** What was on the screen the last time has come to stand elsewhere in the text. */
  readonly moved: boolean;
};

/** What of a text is on the screen. All that reads the layout, so that it can be read before anything is drawn. */
export class Sight {
  readonly #scroller: HTMLElement | null;
  /** A block on the screen, and how far below the beginning of the text it stood. */
  #mark: { readonly block: Element; readonly top: number } | null = null;
  #lines: TextRange = { from: -1, to: -1 };

  constructor(scroller: HTMLElement | null) {
    this.#scroller = scroller;
  }

  /** The blocks on the screen, widened by so many screens above and below. */
  range(view: EditorView, screens: number): TextRange {
    return rangeInBand(view, widened(visibleBand(this.#scroller), screens));
  }

  /** `shifted`: the page has scrolled or lines may have moved since the last time. */
  look(view: EditorView, shifted: boolean): Seen {
    const band = visibleBand(this.#scroller);
    if (shifted) this.#lines = linesInBand(view, { ...band, top: band.top + coveredAbove(this.#scroller) });
    return {
      visible: rangeInBand(view, band),
      drawn: rangeInBand(view, widened(band, 1)),
      lines: this.#lines,
      moved: this.#hasMoved(view, band),
    };
  }

  #hasMoved(view: EditorView, band: Band): boolean {
    const origin = view.dom.getBoundingClientRect().top;
    const topOf = (block: Element): number => block.getBoundingClientRect().top - origin;
    const before = this.#mark;
    const block = firstInBand(view, band);
    this.#mark = block && { block, top: topOf(block) };
    return before !== null && before.block.isConnected && topOf(before.block) !== before.top;
  }
}

function widened({ top, bottom }: Band, screens: number): Band {
  const margin = (bottom - top) * screens;
  return { top: top - margin, bottom: bottom + margin };
}
