import { MantineProvider } from "@mantine/core";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { DeskContext, type CardActions, type Desk } from "../../../client/feature/margin/actions.ts";
import { cardId, type EditorHandle, type TextRange } from "../../../client/editor/types.ts";
import type { ArticleSession } from "../../../client/session/contract.ts";
import { Cell } from "../../../client/session/cell.ts";
import { MarkFacts } from "../../../client/page/article/mark-facts.ts";
import { theme } from "../../../client/ui/theme.ts";

/** Renders parts of the workspace in jsdom, which has no layout. */

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

let root: Root | null = null;

export async function show(content: ReactNode): Promise<void> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  window.matchMedia = (media: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  globalThis.DOMRect = class {
    static fromRect(): DOMRect {
      return new DOMRect();
    }
    x = 0;
    y = 0;
    width = 0;
    height = 0;
    top = 0;
    left = 0;
    right = 0;
    bottom = 0;
    toJSON(): void {}
  };
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  Element.prototype.scrollIntoView = () => undefined;
  root ??= createRoot(document.body.appendChild(document.createElement("div")));
  await act(async () =>
    root?.render(
      <MantineProvider theme={theme} env="test">
        {content}
      </MantineProvider>,
    ),
  );
}

export async function clear(): Promise<void> {
  await act(async () => root?.unmount());
  root = null;
  document.body.replaceChildren();
}

/** All text on the screen. */
export function shown(): string {
  return without(document.body, "style");
}

/** What screen readers hear of an element. */
function spoken(element: HTMLElement): string {
  return without(element, "[aria-hidden]");
}

function without(element: HTMLElement, selector: string): string {
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return "";
  for (const hidden of copy.querySelectorAll(selector)) hidden.remove();
  return copy.textContent;
}

/** Elements by selector and the beginning of their name as spoken. */
export function all(selector: string, name = ""): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
    (element.getAttribute("aria-label") ?? spoken(element)).trim().startsWith(name),
  );
}

export function one(selector: string, name = ""): HTMLElement {
  const [found] = all(selector, name);
  if (!found) throw new Error(`No ${selector} called ${name} in: ${shown()}`);
  return found;
}

export async function click(selector: string, name = ""): Promise<void> {
  const element = one(selector, name);
  await act(async () => element.click());
}

/** Types into a field in the way that React hears. */
export async function type(field: HTMLElement, value: string): Promise<void> {
  const prototype =
    field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    Reflect.set(prototype, "value", value, field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export async function key(target: EventTarget, name: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more });
  await act(async () => target.dispatchEvent(event));
  return event.defaultPrevented;
}

/** The editor as far as features use it: a text whose positions are offsets, ten pixels a position. */
export function fakeEditor(text: string): EditorHandle & { selection: TextRange | null } {
  const box = (at: number) => ({ left: 0, top: at * 10, right: 10, bottom: at * 10 + 20 });
  return {
    selection: null,
    focus: () => undefined,
    scrollTo: () => undefined,
    setSelection(range) {
      this.selection = range;
    },
    getSelection() {
      return this.selection;
    },
    caret: () => 0,
    coordsAt: box,
    markCoordsAt: box,
    markTopsAt: (marks) => marks.map(({ placement }) => box(placement.pieces[0]?.from ?? 0).top),
    boxOf: ({ from, to }) => ({ ...box(from), bottom: box(to).bottom }),
    marksAt: () => [],
    grow: () => undefined,
    shrink: () => undefined,
    paint: () => undefined,
    extend: () => () => undefined,
    textBetween: ({ from, to }) => text.slice(from, to),
    element: () => null,
    controls: {
      state: new Cell({
        enabled: false,
        strong: false,
        em: false,
        link: null,
        block: "other" as const,
        bulletList: false,
        orderedList: false,
        quote: false,
        canUndo: false,
        canRedo: false,
      }),
      run: () => false,
    },
  };
}

/** What cards stand on, over a session in memory; `calls` lists what they asked for. */
export function fakeDesk(session: ArticleSession): { desk: Desk; facts: MarkFacts; calls: string[] } {
  const calls: string[] = [];
  const facts = new MarkFacts(session.markup, session.codebook);
  const note =
    (name: string) =>
    (...given: readonly unknown[]): void => {
      calls.push([name, ...given.map((value) => (typeof value === "string" ? value : ""))].join(" ").trim());
    };
  const actions: CardActions = {
    open: note("open"),
    leave: note("leave"),
    close: note("close"),
    hover: note("hover"),
    explain: note("explain"),
    explainRule: (n) => note("rule")(String(n)),
    example: (placed) => note("example")(placed.placement.text),
    press: note("press"),
    change: (id, patch) => session.changeMark(id, patch),
    remove: ({ annotation }) => session.deleteMarks([annotation.id]),
    pick: (_placed, attribute) => note("pick")(attribute),
    changeMany: (batch, done) => {
      session.changeMany(batch);
      calls.push(`done ${done}`);
    },
    label: note("label"),
    repair: (_placed, range) => note("repair")(range ? `${range.from}-${range.to}` : "selection"),
    showWords: ({ from, to }) => note("show")(`${from}-${to}`),
    pickLink: note("pickLink"),
    sameWords: note("sameWords"),
    markToo: note("markToo"),
  };
  const desk: Desk = {
    codebook: session.codebook,
    actions,
    canAnnotate: session.canAnnotate.get(),
    layerOf: facts.layerOf,
    marks: () => session.markup.get().placed,
    readText: () => session.readText(),
    cardId,
    articleDate: session.meta.get().published,
  };
  return { desk, facts, calls };
}

export function WithDesk({ desk, children }: { desk: Desk; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}
