import { Plugin, PluginKey } from "prosemirror-state";
import { Mapping, type StepMap } from "prosemirror-transform";
import { type Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import type { Markup, Placed, Readable } from "../session/contract.ts";
import { decorationsOf, keysOf, type Look, namesAll, sameDecorations, spansOf } from "./decorations.ts";
import { changeMapping } from "./document-change.ts";
import { nearTo } from "./near.ts";
import type { TextRange } from "./types.ts";

type State = {
  readonly set: DecorationSet;
  /** How the text moved since the marks' places were computed. */
  readonly maps: readonly StepMap[];
};

type Fresh = { readonly set: DecorationSet; readonly caughtUp: boolean };

const key = new PluginKey<State>("highlights");

/** Strips in the window above which only what is on the screen is drawn. */
const CROWD = 400;

/** Screens above and below that are drawn and, when less than so many are left, drawn anew: a little and often. */
const DRAWN = 1;
const AHEAD = 0.6;

export type HighlightOptions = Look & {
  readonly markup: Readable<Markup>;
  /** The text on the screen, widened by so many screens above and below. */
  readonly range: (view: EditorView, screens: number) => TextRange;
};

/**
 * Draws the marks around the viewport. Their places are moved along with every change of the text at
 * once; the markup's own places follow a frame later.
 */
export class Highlights {
  readonly plugin: Plugin<State>;
  readonly #options: HighlightOptions;
  #filter: ((placed: Placed) => boolean) | undefined;
  #view: EditorView | null = null;
  #window: TextRange = { from: 0, to: 0 };
  /** Screens around what is seen that the window must cover. */
  #ahead = AHEAD;

  constructor(options: HighlightOptions) {
    this.#options = options;
    this.plugin = new Plugin<State>({
      key,
      state: {
        init: () => ({ set: DecorationSet.empty, maps: [] }),
        apply: (transaction, before) => {
          const fresh = transaction.getMeta(key) as Fresh | undefined;
          const state: State = fresh ? { set: fresh.set, maps: fresh.caughtUp ? [] : before.maps } : before;
          if (!transaction.docChanged) return state;
          const mapping = changeMapping(transaction);
          return {
            set: state.set.map(mapping, transaction.doc),
            maps: [...state.maps, ...mapping.maps],
          };
        },
      },
      props: { decorations: (state) => key.getState(state)?.set },
      view: (view) => {
        this.#view = view;
        const stop = options.markup.subscribe(() => this.#draw(true));
        return {
          destroy: () => {
            stop();
            this.#view = null;
          },
        };
      },
    });
  }

  setFilter(filter: ((placed: Placed) => boolean) | undefined): void {
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#draw(false);
  }

  /** Draws what belongs in the window now; `force` also while the old window still covers the screen. */
  redraw(force = false): void {
    const view = this.#view;
    if (!view) return;
    const needed = this.#options.range(view, this.#ahead);
    const covered = this.#window.from <= needed.from && needed.to <= this.#window.to;
    if (!force && covered) return;
    // A key that went far has moved the caret, and the view learns of it only after this frame.
    if (caretIsAhead(view)) requestAnimationFrame(() => this.redraw(force));
    else this.#draw(false);
  }

  /** The first drawing of a new view, whose text is the one the markup was placed in. */
  start(): void {
    this.#draw(true);
  }

  /** Marks at a position that the filter lets through, the shortest first. */
  at(position: number): readonly string[] {
    const { byKey } = this.#options.markup.get();
    const keys = this.#drawnAt(position) ?? this.#placedAt(position);
    const marks = keys.flatMap((one) => byKey.get(one) ?? []);
    return marks.sort((a, b) => lengthOf(a) - lengthOf(b)).map(({ key: one }) => one);
  }

  /** Read from what is drawn; null where that is not all there is: out of sight, or too much to draw. */
  #drawnAt(position: number): readonly string[] | null {
    const { from, to } = this.#window;
    const state = this.#view && key.getState(this.#view.state);
    if (!state || position <= from || position >= to) return null;
    const drawn = state.set.find(position, position);
    if (!drawn.every(namesAll)) return null;
    return Array.from(new Set(drawn.flatMap(keysOf)));
  }

  #placedAt(position: number): readonly string[] {
    return this.#shownIn({ from: position, to: position }, this.#mapping()).map(({ key: one }) => one);
  }

  /** Where a position of the markup is in the text shown. */
  now(position: number): number {
    return this.#mapping().map(position, 1);
  }

  /**
   * Where a mark begins in the text shown, be it as it was placed last or the time before: screens hear of new
   * places later than the text. Null: it stands nowhere.
   */
  beginOf(mark: Placed): number | null {
    const { placement } = this.#options.markup.get().byKey.get(mark.key) ?? mark;
    const from = placement.pieces[0]?.from;
    return from === undefined ? null : this.now(from);
  }

  /** Marks that the filter lets through of which something touches a stretch of the text shown. */
  #shownIn({ from, to }: TextRange, mapping: Mapping): readonly Placed[] {
    const slack = sizeChange(mapping);
    const near = nearTo(this.#options.markup.get().placed, { from: from - slack, to: to + slack });
    const found = near.filter(({ placement }) =>
      placement.pieces.some((piece) => {
        const place = moved(mapping, piece);
        return place !== null && place.to >= from && place.from <= to;
      }),
    );
    return this.#filter ? found.filter(this.#filter) : found;
  }

  #mapping(): Mapping {
    const view = this.#view;
    return new Mapping(view ? [...(key.getState(view.state)?.maps ?? [])] : []);
  }

  #draw(caughtUp: boolean): void {
    const view = this.#view;
    if (!view) return;
    const before = key.getState(view.state);
    if (!before) return;
    if (view.composing) {
      // The text around a caret that is composing must stay as the input method left it.
      if (caughtUp) this.#dispatch(view, { set: before.set, caughtUp });
      return;
    }
    const mapping = caughtUp ? new Mapping() : this.#mapping();
    const wide = this.#collect(this.#options.range(view, DRAWN), mapping);
    const crowded = wide.length > CROWD;
    this.#ahead = crowded ? 0 : AHEAD;
    const decorations = crowded ? this.#collect(this.#options.range(view, 0), mapping) : wide;
    const nothingToSay = !caughtUp || before.maps.length === 0;
    if (nothingToSay && sameDecorations(inOrder(before.set), decorations)) return;
    this.#dispatch(view, { set: DecorationSet.create(view.state.doc, [...decorations]), caughtUp });
  }

  #dispatch(view: EditorView, fresh: Fresh): void {
    view.dispatch(view.state.tr.setMeta(key, fresh));
  }

  #collect(range: TextRange, mapping: Mapping): readonly Decoration[] {
    const size = this.#view?.state.doc.content.size ?? 0;
    this.#window = range;
    const spans = this.#shownIn(range, mapping).flatMap((placed) => {
      const place = (piece: TextRange) => {
        const now = moved(mapping, piece);
        return now && now.to <= size ? now : null;
      };
      return spansOf(placed, place, this.#options.traits?.(placed));
    });
    return inOrder(decorationsOf(spans, this.#options));
  }
}

/** True while the browser's caret is elsewhere than the view's: drawing now would put it back. */
function caretIsAhead(view: EditorView): boolean {
  const caret = view.dom.ownerDocument.getSelection();
  if (!view.hasFocus() || !caret?.focusNode || !view.dom.contains(caret.focusNode)) return false;
  const { head } = view.state.selection;
  return view.posAtDOM(caret.focusNode, caret.focusOffset) !== head;
}

/** The place of a piece after changes; null when nothing of it is left. */
function moved(mapping: Mapping, piece: TextRange): TextRange | null {
  if (mapping.maps.length === 0) return piece;
  const from = mapping.map(piece.from, 1);
  const to = mapping.map(piece.to, -1);
  return from < to ? { from, to } : null;
}

/** At most so far did any position move. */
function sizeChange(mapping: Mapping): number {
  let change = 0;
  for (const map of mapping.maps) {
    map.forEach((from, to, newFrom, newTo) => {
      change += Math.abs(newTo - newFrom - (to - from));
    });
  }
  return change;
}

function lengthOf({ placement: { pieces } }: Placed): number {
  return pieces.reduce((sum, { start, end }) => sum + end - start, 0);
}

function inOrder(decorations: DecorationSet | readonly Decoration[]): readonly Decoration[] {
  return decorations instanceof DecorationSet ? decorations.find().toSorted(byPlace) : decorations;
}

function byPlace(a: Decoration, b: Decoration): number {
  return a.from - b.from || a.to - b.to;
}
