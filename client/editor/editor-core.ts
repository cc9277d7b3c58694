import { type EditorState, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { ArticleSession, Placed } from "../session/contract.ts";
import { afterRest, Batch, Calm, nextFrame } from "../session/frame.ts";
import type { TextBinding } from "../session/text-binding.ts";
import { type TextPort, textPort } from "../session/text-port.ts";
import { Carets } from "./carets.ts";
import type { Controls } from "./controls.ts";
import { createEditorView } from "./editor-view.ts";
import { domRange } from "./dom-range.ts";
import { Emphasis } from "./emphasis.ts";
import { lookAtSelection } from "./fresh-selection.ts";
import { Highlights } from "./highlights.ts";
import { SelectionReport, selectedRange } from "./selection-report.ts";
import { LineTops } from "./line-tops.ts";
import { Pointer } from "./pointer.ts";
import { scrollToPosition } from "./scroll.ts";
import { Sight } from "./sight.ts";
import { grownTo } from "./spans.ts";
import {
  type Box,
  cardId,
  type EditorExtension,
  type EditorMode,
  type EditorProps,
  type ScrollPlace,
  type SpanUnit,
  type TextRange,
} from "./types.ts";
import { scrollerOf } from "./viewport.ts";

export type CoreOptions = {
  readonly session: ArticleSession;
  /** Where the view is put; positioned, so that carets can be laid over it. */
  readonly host: HTMLElement;
  readonly controls: Controls;
  /** The newest props. */
  readonly props: () => EditorProps;
};

/** What the page is told of a changed text waits for a rest this long, and at most so long, in milliseconds. */
const REST = 100;
const MOST = 500;
/** Milliseconds after which cards follow the lines of what has come near the screen; those on it move at once. */
const LAID_OUT = 60;

/** The life of an editor: one view for each text document, and what is drawn on it. */
export class EditorCore {
  readonly #options: CoreOptions;
  readonly #port: TextPort;
  readonly #carets = new Carets();
  readonly #emphasis = new Emphasis();
  readonly #highlights: Highlights;
  readonly #lineTops = new LineTops();
  readonly #frame: Batch;
  readonly #settled: Calm;
  readonly #laidOut: Calm;
  readonly #resize: ResizeObserver;
  readonly #stops: (() => void)[] = [];
  #view: EditorView | null = null;
  #report: SelectionReport | null = null;
  #pointer: Pointer | null = null;
  /** The document shown was put aside; nothing may be written until the next one is here. */
  #frozen = false;
  #looks = true;
  #moved = true;
  #caretMoved = true;
  #sight = new Sight(null);
  #visible: TextRange = { from: -1, to: -1 };
  #drawn: TextRange = { from: -1, to: -1 };
  #width = 0;
  #lines: TextRange = { from: -1, to: -1 };
  /** The page has scrolled or its lines have moved since the lines in sight were looked for. */
  #shifted = true;
  #caretKeys: readonly string[] = [];
  #grown: TextRange[] = [];
  #attach: ((view: EditorView) => EditorExtension) | null = null;
  #extension: EditorExtension | null = null;

  constructor(options: CoreOptions) {
    const { session, host } = options;
    this.#options = options;
    this.#port = textPort(session);
    this.#frame = new Batch(nextFrame, () => this.#onFrame());
    this.#settled = new Calm(afterRest(REST), () => this.#look(), MOST);
    this.#laidOut = new Calm(afterRest(LAID_OUT), () => this.#layoutMoved(), LAID_OUT);
    this.#highlights = new Highlights({
      markup: session.markup,
      get codebook() {
        return session.codebook;
      },
      cardId: (key) => (options.props().cardId ?? cardId)(key),
      traits: (placed) => options.props().traits?.(placed) ?? [],
      range: (view, screens) => this.#sight.range(view, screens),
    });
    this.#resize = new ResizeObserver(([entry]) => this.#resized(entry?.contentRect.width ?? 0));
    host.append(this.#carets.element);
    const wish = (): void => this.#look();
    const shift = (): void => {
      this.#shifted = true;
      wish();
    };
    // Before the page's commands hear of a key: they ask what is selected.
    const onKey = ({ isComposing }: KeyboardEvent): void => {
      if (this.#view?.hasFocus() === true && !isComposing) lookAtSelection(this.#view);
    };
    addEventListener("keydown", onKey, { capture: true });
    addEventListener("scroll", shift, { capture: true, passive: true });
    addEventListener("resize", shift);
    // What comes into sight has no lines before the browser has laid it out, some frames after the scroll, and
    // long before it is on the screen; what leaves it keeps its size.
    const shown = (event: Event): void => {
      if (!("skipped" in event && event.skipped === true)) this.#laidOutNear();
    };
    host.addEventListener("contentvisibilityautostatechange", shown);
    this.#stops.push(
      () => removeEventListener("keydown", onKey, { capture: true }),
      () => removeEventListener("scroll", shift, { capture: true }),
      () => removeEventListener("resize", shift),
      () => host.removeEventListener("contentvisibilityautostatechange", shown),
      session.people.subscribe(() => this.#frame.wish()),
      session.markup.subscribe(() => this.#marksMoved()),
      session.codebookNow.subscribe(() => this.#highlights.redraw(true)),
      session.canEditText.subscribe(() => this.refreshMode()),
      session.history.subscribe(() => options.controls.refresh()),
      this.#port.binding.subscribe(() => this.#bind()),
    );
    this.#bind();
  }

  get view(): EditorView | null {
    return this.#view;
  }

  get highlights(): Highlights {
    return this.#highlights;
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#frame.stop();
    this.#settled.stop();
    this.#laidOut.stop();
    this.#unmount();
    this.#carets.destroy();
  }

  readonly mode = (): EditorMode => {
    const wanted = this.#options.props().mode;
    if (this.#frozen) return "annotate";
    return wanted === "edit" && !this.#options.session.canEditText.get() ? "annotate" : wanted;
  };

  /** Mode, rights or label changed: what the text box says of itself is said anew. */
  refreshMode(): void {
    const view = this.#view;
    if (view) view.updateState(view.state);
    this.#options.controls.refresh();
  }

  applyFilter(): void {
    this.#highlights.setFilter(this.#options.props().filter);
    this.#marksMoved();
  }

  /** Marks look otherwise than before. */
  applyTraits(): void {
    this.#highlights.redraw(true);
  }

  /** Paints stretches of text as the CSS highlight `name`. */
  paint(name: string, ranges: readonly TextRange[]): void {
    const view = this.#view;
    if (!("highlights" in CSS)) return;
    const found = view ? ranges.flatMap((range) => domRange(view, range) ?? []) : [];
    if (found.length > 0) CSS.highlights.set(name, new Highlight(...found));
    else CSS.highlights.delete(name);
  }

  extend(attach: (view: EditorView) => EditorExtension): () => void {
    this.#attach = attach;
    this.#extendView();
    return () => {
      if (this.#attach !== attach) return;
      this.#attach = null;
      this.#extendView();
    };
  }

  #extendView(): void {
    const view = this.#view;
    if (!view) return;
    const before = this.#extension;
    this.#extension = this.#attach?.(view) ?? null;
    const gone = Object.keys(before?.props ?? {}).map((name) => [name, undefined]);
    view.setProps({ ...Object.fromEntries(gone), ...this.#extension?.props });
    before?.destroy();
  }

  /** Paints the chosen and the hovered mark. */
  applyEmphasis(): void {
    const { activeKey, hoverKey } = this.#options.props();
    this.#emphasis.paint("active", activeKey ?? null);
    this.#emphasis.paint("hover", hoverKey && hoverKey !== activeKey ? hoverKey : null);
  }

  select({ from, to }: TextRange): void {
    const view = this.#view;
    if (!view) return;
    const size = view.state.doc.content.size;
    const [start, end] = [from, to].map((at) => view.state.doc.resolve(Math.min(Math.max(at, 0), size)));
    if (start && end) view.dispatch(view.state.tr.setSelection(TextSelection.between(start, end)));
  }

  grow(unit: SpanUnit): void {
    const view = this.#view;
    if (!view) return;
    const { from, to } = view.state.selection;
    const grown = grownTo(view.state.doc, { from, to }, unit);
    if (grown.from === from && grown.to === to) return;
    const steps = [...this.#grown, { from, to }];
    this.select(grown);
    this.#grown = steps;
  }

  shrink(): void {
    const last = this.#grown.at(-1);
    if (!last) return;
    const steps = this.#grown.slice(0, -1);
    this.select(last);
    this.#grown = steps;
  }

  scrollTo(position: number, place?: ScrollPlace): void {
    if (this.#view) scrollToPosition(this.#view, position, place);
  }

  boxOf(range: TextRange): Box | null {
    const view = this.#view;
    if (!view) return null;
    if (range.from === range.to) return this.coordsAt(range.from);
    const box = domRange(view, range)?.getBoundingClientRect();
    return box ? { left: box.left, top: box.top, right: box.right, bottom: box.bottom } : null;
  }

  coordsAt(position: number): Box | null {
    const view = this.#view;
    if (!view || position < 0 || position > view.state.doc.content.size) return null;
    return view.coordsAtPos(position);
  }

  markCoordsAt(position: number): Box | null {
    return this.coordsAt(this.#highlights.now(position));
  }

  markTopsAt(marks: readonly Placed[]): readonly (number | null)[] {
    const view = this.#view;
    if (!view) return marks.map(() => null);
    return this.#lineTops.at(
      view,
      marks.map((mark) => this.#highlights.beginOf(mark)),
    );
  }

  #bind(): void {
    const binding = this.#port.binding.get();
    if (!binding) {
      this.#frozen = this.#view !== null;
      this.refreshMode();
      return;
    }
    this.#frozen = false;
    this.#mount(binding);
  }

  #mount(binding: TextBinding): void {
    const { session, host, controls, props } = this.#options;
    const earlier = this.#view?.state.selection;
    const hadFocus = this.#view?.hasFocus() === true;
    this.#unmount();
    this.#sight = new Sight(scrollerOf(host));
    const view = createEditorView({
      host,
      articleId: session.articleId,
      binding,
      history: this.#port.history,
      drawing: [this.#highlights.plugin],
      mode: this.mode,
      label: () => props().label ?? "Article text",
      onKey: (event) => props().onKey?.(event) ?? false,
      undo: () => session.undo(),
      redo: () => session.redo(),
      onUpdate: (updated, before) => this.#updated(updated, before),
      onClick: (event, repeated) => this.#pointer?.clicked(event, repeated),
    });
    this.#view = view;
    this.#report = new SelectionReport(view, (range) => this.#tellSelection(range));
    this.#pointer = new Pointer(view, props);
    this.#resize.observe(view.dom);
    controls.attach(view, this.mode);
    this.#extendView();
    if (earlier) this.select({ from: earlier.from, to: earlier.to });
    if (hadFocus) view.focus();
    this.#highlights.setFilter(props().filter);
    this.#highlights.start();
    this.#layoutMoved();
  }

  #unmount(): void {
    const view = this.#view;
    if (!view) return;
    this.#report?.destroy();
    this.#pointer?.destroy();
    this.#emphasis.destroy();
    this.#resize.disconnect();
    this.#options.controls.attach(null, this.mode);
    this.#view = null;
    this.#extension?.destroy();
    this.#extension = null;
    view.destroy();
  }

  /** Every update of the view passes here; what reads layout waits for the frame. */
  #updated(view: EditorView, before: EditorState): void {
    if (view !== this.#view) return;
    const { doc, selection } = view.state;
    const docChanged = !doc.eq(before.doc);
    const selectionChanged = docChanged || !selection.eq(before.selection);
    if (selectionChanged) {
      this.#grown = [];
      this.#report?.changed();
      if (view.hasFocus()) {
        this.#port.presence.setCursor({ anchor: selection.anchor, head: selection.head });
      }
      this.#caretMoved = true;
      this.#options.controls.refresh();
    }
    if (docChanged) this.#layoutMoved(true);
    else this.#look();
  }

  #marksMoved(): void {
    this.#caretMoved = true;
    this.#look();
  }

  /** `typing`: the frame is left to the text, and all around it follows when the keys rest. */
  #layoutMoved(typing = false): void {
    this.#moved = true;
    this.#shifted = true;
    if (!typing) return this.#look();
    this.#settled.wish();
    this.#frame.wish();
  }

  /** Lines near the screen have moved; whether those on it have too shows when the next frame is made. */
  #laidOutNear(): void {
    this.#laidOut.wish();
    this.#look();
  }

  /** The text is as high as what the browser has laid out of it; only another width moves all lines. */
  #resized(width: number): void {
    const before = this.#width;
    this.#width = width;
    if (this.#settled.waits) this.#layoutMoved(true);
    else if (width === before) this.#laidOutNear();
    else this.#layoutMoved();
  }

  /** In the next frame the page is told of all that is different. */
  #look(): void {
    this.#looks = true;
    this.#frame.wish();
  }

  #onFrame(): void {
    const view = this.#view;
    if (!view) return;
    if (this.#looks) this.#tellAll(view);
    this.#carets.draw(view, this.#options.session.people.get());
  }

  #tellAll(view: EditorView): void {
    this.#looks = false;
    // Read before anything is drawn: the browser would have to lay the text out in between.
    const { visible, drawn, lines, moved } = this.#sight.look(view, this.#shifted);
    this.#shifted = false;
    if (moved) this.#moved = true;
    this.#highlights.redraw();
    this.applyEmphasis();
    if (this.#caretMoved) this.#tellCaret();
    const { onVisible, onLayout } = this.#options.props();
    if (!sameRange(visible, this.#visible) || !sameRange(drawn, this.#drawn)) {
      this.#visible = visible;
      this.#drawn = drawn;
      onVisible?.(visible, drawn);
    }
    this.#tellLines(lines);
    if (this.#moved) {
      this.#moved = false;
      onLayout?.();
    }
  }

  #tellLines(lines: TextRange): void {
    if (sameRange(lines, this.#lines)) return;
    this.#lines = lines;
    this.#port.presence.setViewport(lines.from);
    this.#options.props().onLines?.(lines);
  }

  #tellSelection(range: TextRange | null): void {
    const { onSelection } = this.#options.props();
    onSelection?.(range, range && this.boxOf(range));
  }

  #tellCaret(): void {
    this.#caretMoved = false;
    const { onCaret } = this.#options.props();
    const view = this.#view;
    if (!onCaret || !view) return;
    const keys = this.#highlights.at(view.state.selection.head);
    if (keys.length === this.#caretKeys.length && keys.every((key, i) => key === this.#caretKeys[i])) return;
    this.#caretKeys = keys;
    onCaret(keys);
  }

  selected(): TextRange | null {
    return this.#view && selectedRange(this.#view);
  }
}

function sameRange(one: TextRange, other: TextRange): boolean {
  return one.from === other.from && one.to === other.to;
}
