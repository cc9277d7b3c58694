// @vitest-environment jsdom
import { TextSelection } from "prosemirror-state";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SelectionReport } from "../../../client/editor/selection-report.ts";
import type { TextRange } from "../../../client/editor/types.ts";
import { paragraphs, view } from "./documents.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const editor = view(paragraphs("We will cut emissions."), []);
  const told: (TextRange | null)[] = [];
  const report = new SelectionReport(editor, (range) => told.push(range));
  const select = (from: number, to: number): void => {
    editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)));
    report.changed();
  };
  return { editor, told, select };
}

test("[EDT-17] a selection is told once it rests, and told again as nothing when only a caret is left", () => {
  const { told, select } = setUp();
  select(4, 6);
  select(4, 8);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([{ from: 4, to: 8 }]);
  select(4, 4);
  vi.advanceTimersByTime(100);
  select(5, 5);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([{ from: 4, to: 8 }, null]);
});

test("[EDT-17] while the pointer drags nothing is told", () => {
  const { editor, told, select } = setUp();
  editor.dom.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  select(4, 8);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
  window.dispatchEvent(new Event("pointerup"));
  vi.advanceTimersByTime(100);
  expect(told).toEqual([{ from: 4, to: 8 }]);
});
