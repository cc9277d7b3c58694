// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pointer } from "../../../client/editor/pointer.ts";
import type { EditorProps } from "../../../client/editor/types.ts";
import { paragraphs, view } from "./documents.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene() {
  const editor = view(paragraphs("We will cut emissions."), []);
  const told: (string | null)[] = [];
  const props = { onMarkHover: (key) => void told.push(key) } as Partial<EditorProps> as EditorProps;
  const pointer = new Pointer(editor, () => props);
  const mark = (key: string): HTMLElement => {
    const element = document.createElement("mark");
    element.dataset["key"] = key;
    editor.dom.append(element);
    return element;
  };
  const over = (element: HTMLElement, clientX: number): void => {
    element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, clientX, clientY: 5 }));
  };
  return { pointer, told, over, one: mark("ana/1"), other: mark("ben/2"), dom: editor.dom };
}

test("[EDT-21] a mark that the pointer moves to is pointed at at once", () => {
  const { told, over, one, other } = scene();
  over(one, 10);
  over(other, 20);
  expect(told).toEqual(["ana/1", "ben/2"]);
});

test("[EDT-21] marks that move under a resting pointer are pointed at when they rest", () => {
  const { told, over, one, other, dom } = scene();
  over(dom, 10);
  for (let frame = 0; frame < 20; frame += 1) {
    over(frame % 2 === 0 ? one : other, 10);
    vi.advanceTimersByTime(16);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual(["ben/2"]);
});

test("[EDT-21] a pointer that leaves the text points at nothing, also while it would soon", () => {
  const { told, over, one, dom } = scene();
  over(dom, 10);
  over(one, 10);
  dom.dispatchEvent(new PointerEvent("pointerleave"));
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});
