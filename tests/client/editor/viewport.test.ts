// @vitest-environment jsdom
import { expect, test } from "vitest";
import { rangeInBand, scrollerOf } from "../../../client/editor/viewport.ts";
import { schema } from "#shared/doc/schema.ts";
import { paragraphs, view } from "./documents.ts";

/** Gives every text block a height of 100 pixels, one below the other. */
function layOut(root: HTMLElement, top = 0): number {
  let at = top;
  const end = root.children.length === 0 || root.nodeName === "P" ? top + 100 : null;
  if (end === null) for (const child of Array.from(root.children)) at = layOut(child as HTMLElement, at);
  const bottom = end ?? at;
  root.getBoundingClientRect = () => new DOMRect(0, top, 500, bottom - top);
  return bottom;
}

test("[EDT-14] the range on the screen goes from the first to the last block that touches it", () => {
  const editor = view(paragraphs(...Array.from({ length: 40 }, (_, i) => `Paragraph ${String(i)}`)), []);
  layOut(editor.dom);
  const { from, to } = rangeInBand(editor, { top: 450, bottom: 1_050 });
  const text = editor.state.doc.textBetween(from, to, "|");
  expect(text.split("|")).toEqual([4, 5, 6, 7, 8, 9, 10].map((i) => `Paragraph ${String(i)}`));
});

test("[EDT-14] a long list counts by its items", () => {
  const { doc, bullet_list, list_item, paragraph } = schema.nodes;
  const items = Array.from({ length: 30 }, (_, i) =>
    list_item.create(null, paragraph.create(null, schema.text(`Item ${String(i)}`))),
  );
  const editor = view(doc.create(null, bullet_list.create(null, items)), []);
  layOut(editor.dom);
  const { from, to } = rangeInBand(editor, { top: 510, bottom: 690 });
  expect(editor.state.doc.textBetween(from, to, "|")).toBe("Item 5|Item 6");
});

test("[EDT-14] above and below the text there is nothing on the screen", () => {
  const editor = view(paragraphs("One", "Two"), []);
  layOut(editor.dom);
  const below = rangeInBand(editor, { top: 900, bottom: 1_500 });
  expect(below.from).toBe(below.to);
});

test("[EDT-14] the nearest ancestor that scrolls is found", () => {
  const scroller = document.createElement("div");
  scroller.style.overflowY = "auto";
  const inner = document.createElement("div");
  scroller.append(inner);
  document.body.append(scroller);
  expect(scrollerOf(inner)).toBe(scroller);
  expect(scrollerOf(scroller)).toBe(null);
});
