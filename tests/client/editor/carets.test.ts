// @vitest-environment jsdom
import type { EditorView } from "prosemirror-view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Carets } from "../../../client/editor/carets.ts";
import type { Present } from "../../../client/session/contract.ts";
import { paragraphs, view } from "./documents.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function present(more: Partial<Present>): Present {
  return {
    id: "ben",
    name: "Ben",
    color: "#1d4ed8",
    clientId: 7,
    self: false,
    quiet: false,
    anchor: 3,
    head: 3,
    viewport: null,
    ...more,
  };
}

function setUp() {
  const editor: EditorView = view(paragraphs("We will."), []);
  editor.coordsAtPos = (position) => ({ left: position * 10, right: position * 10, top: 5, bottom: 25 });
  const carets = new Carets();
  document.body.append(carets.element);
  const all = () => Array.from(carets.element.querySelectorAll<HTMLElement>(".gloss-caret:not([hidden])"));
  return { editor, carets, all };
}

test("[EDT-16] colleagues' carets lie over the text with name and colour; mine and quiet people's are not drawn", () => {
  const { editor, carets, all } = setUp();
  carets.draw(editor, [
    present({}),
    present({ clientId: 8, self: true }),
    present({ clientId: 9, quiet: true }),
    present({ clientId: 10, anchor: null, head: null }),
  ]);
  expect(all().map(({ textContent, style }) => [textContent, style.transform])).toEqual([
    ["Ben", "translate(30px, 5px)"],
  ]);
  expect(all()[0]?.style.getPropertyValue("--person")).toBe("#1d4ed8");
  expect(carets.element.getAttribute("aria-hidden")).toBe("true");
  expect(editor.dom.contains(carets.element)).toBe(false);
  carets.draw(editor, []);
  expect(all()).toEqual([]);
});

test("[EDT-16] a name shows for two seconds after its caret moved", () => {
  const { editor, carets, all } = setUp();
  const shows = () => all()[0]?.classList.contains("has-moved");
  carets.draw(editor, [present({})]);
  expect(shows()).toBe(true);
  vi.advanceTimersByTime(2_100);
  expect(shows()).toBe(false);
  carets.draw(editor, [present({})]);
  expect(shows()).toBe(false);
  carets.draw(editor, [present({ anchor: 5, head: 5 })]);
  expect(shows()).toBe(true);
});

test("[EDT-16] a caret past the end of the text is not drawn", () => {
  const { editor, carets, all } = setUp();
  carets.draw(editor, [present({ head: 500, anchor: 500 })]);
  expect(all()).toEqual([]);
});
