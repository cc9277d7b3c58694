// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Sight } from "../../../client/editor/sight.ts";
import { paragraphs, view } from "./documents.ts";

const HEIGHT = 100;

/** Twenty paragraphs; `layOut` says how high each is and how far the page has scrolled. */
function scene() {
  const editor = view(paragraphs(...Array.from({ length: 20 }, (_, at) => `Paragraph ${at}`)), []);
  Object.defineProperty(document.documentElement, "clientHeight", { value: 300, configurable: true });
  const layOut = (scrolled: number, heightOf: (at: number) => number = () => HEIGHT) => {
    let top = -scrolled;
    editor.dom.getBoundingClientRect = () => new DOMRect(0, -scrolled, 500, 0);
    for (const [at, block] of Array.from(editor.dom.children).entries()) {
      const box = new DOMRect(0, top, 500, heightOf(at));
      block.getBoundingClientRect = () => box;
      top = box.bottom;
    }
  };
  layOut(0);
  return { editor, layOut, sight: new Sight(null) };
}

test("[EDS-5] what is on the screen has moved when the text above it is laid out, and not when one scrolls", () => {
  const { editor, layOut, sight } = scene();
  const moved = () => sight.look(editor, true).moved;
  expect(moved()).toBe(false);
  layOut(1_050);
  expect(moved()).toBe(false);
  layOut(1_130);
  expect(moved()).toBe(false);
  layOut(1_150, (at) => (at === 2 ? 120 : HEIGHT));
  expect(moved()).toBe(true);
  expect(moved()).toBe(false);
  layOut(1_150, (at) => (at === 2 ? 120 : at === 19 ? 400 : HEIGHT));
  expect(moved()).toBe(false);
});

test("[EDS-5] a block that is gone says nothing of what has moved", () => {
  const { editor, layOut, sight } = scene();
  sight.look(editor, true);
  editor.dispatch(editor.state.tr.delete(0, editor.state.doc.child(0).nodeSize));
  layOut(0);
  expect(sight.look(editor, true).moved).toBe(false);
});

test("[EDT-14] what is seen, what is drawn around it, and its lines are read together", () => {
  const { editor, layOut, sight } = scene();
  layOut(1_050);
  const { visible, drawn, lines } = sight.look(editor, true);
  const text = (range: { from: number; to: number }) =>
    editor.state.doc.textBetween(range.from, range.to, "|").split("|");
  expect(text(visible)).toEqual([10, 11, 12, 13].map((at) => `Paragraph ${at}`));
  expect(text(drawn).at(0)).toBe("Paragraph 7");
  expect(text(drawn).at(-1)).toBe("Paragraph 16");
  expect(lines.from).toBeGreaterThan(visible.from);
  layOut(0);
  expect(sight.look(editor, false).lines).toEqual(lines);
});
