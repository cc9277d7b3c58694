import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";

type Known = {
  readonly width: number;
  readonly height: number;
  /** From the top of the block to the top of a line, by offset in the block. */
  readonly tops: Map<number, number>;
};

/**
 * Where the lines of many positions are. Asking the browser for one costs about as much as the rest of a
 * frame may; a line stays where it is in its block as long as the block is the same and as wide and high.
 */
export class LineTops {
  readonly #known = new WeakMap<Node, Known>();

  /** Pixels from the top of the screen to the line of each position; null: it is not in the text. */
  at(view: EditorView, positions: readonly (number | null)[]): readonly (number | null)[] {
    const boxes = new Map<Node, { readonly box: DOMRect; readonly shown: boolean } | null>();
    return positions.map((position) => {
      const { doc } = view.state;
      if (position === null || position < 0 || position > doc.content.size) return null;
      const place = doc.resolve(position);
      const block = place.parent;
      if (place.depth === 0 || !block.isTextblock) return view.coordsAtPos(position).top;
      if (!boxes.has(block)) boxes.set(block, boxOf(view.nodeDOM(place.before())));
      const found = boxes.get(block);
      if (!found) return view.coordsAtPos(position).top;
      const { box, shown } = found;
      const offset = position - place.start();
      // Asked about text that is far from the screen the browser would lay it out.
      if (!shown) return box.top + (box.height * offset) / Math.max(1, block.content.size);
      const { tops } = this.#knownOf(block, box);
      let top = tops.get(offset);
      if (top === undefined) {
        top = view.coordsAtPos(position).top - box.top;
        tops.set(offset, top);
      }
      return box.top + top;
    });
  }

  #knownOf(block: Node, { width, height }: DOMRect): Known {
    const known = this.#known.get(block);
    if (known?.width === width && known.height === height) return known;
    const fresh = { width, height, tops: new Map<number, number>() };
    this.#known.set(block, fresh);
    return fresh;
  }
}

function boxOf(element: globalThis.Node | null): { readonly box: DOMRect; readonly shown: boolean } | null {
  if (!(element instanceof Element)) return null;
  const shown = element.checkVisibility({ contentVisibilityAuto: true });
  return { box: element.getBoundingClientRect(), shown };
}
