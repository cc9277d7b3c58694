// @vitest-environment jsdom
import { expect, test } from "vitest";
import { LineTops } from "../../../client/editor/line-tops.ts";
import { paragraphs, view } from "./documents.ts";

/** Two blocks of 100 pixels; the browser is asked for single lines as often as `asked` says. */
function scene() {
  const editor = view(paragraphs("0123456789", "0123456789"), []);
  const blocks = Array.from(editor.dom.children) as HTMLElement[];
  let scrolled = 0;
  let height = 100;
  let shown = true;
  let asked = 0;
  for (const [at, block] of blocks.entries()) {
    block.getBoundingClientRect = () => new DOMRect(0, at * 100 - scrolled, 500, height);
    block.checkVisibility = () => shown;
  }
  editor.coordsAtPos = (position) => {
    asked += 1;
    const top = position * 5 - scrolled;
    return { top, bottom: top + 10, left: 0, right: 1 };
  };
  return {
    editor,
    count: () => asked,
    scroll: (by: number) => (scrolled += by),
    resize: (to: number) => (height = to),
    hide: () => (shown = false),
  };
}

test("[EDS-4] a line is asked for once while its paragraph stays as it is, wherever the page is scrolled", () => {
  const { editor, count, scroll } = scene();
  const tops = new LineTops();
  expect(tops.at(editor, [3, 8, 15])).toEqual([15, 40, 75]);
  scroll(20);
  expect(tops.at(editor, [3, 8, 15])).toEqual([-5, 20, 55]);
  expect(count()).toBe(3);
});

test("[EDS-4] text that changes and a paragraph of another height are asked about anew, and only they", () => {
  const { editor, count, resize } = scene();
  const tops = new LineTops();
  tops.at(editor, [3, 15]);
  editor.dispatch(editor.state.tr.insertText("x", 2));
  const [first] = Array.from(editor.dom.children) as HTMLElement[];
  if (first) Object.assign(first, { checkVisibility: () => true });
  tops.at(editor, [4, 16]);
  expect(count()).toBe(3);
  resize(120);
  tops.at(editor, [4, 16]);
  expect(count()).toBe(5);
});

test("[EDS-4] of text that is not laid out the browser is not asked, and what is not in the text has no line", () => {
  const { editor, count, hide } = scene();
  hide();
  expect(new LineTops().at(editor, [1, 6, 9_999, -1])).toEqual([0, 50, null, null]);
  expect(count()).toBe(0);
});
