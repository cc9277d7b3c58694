// @vitest-environment jsdom
import { TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { textUpdate } from "#shared/doc/seed.ts";
import { type Bound, boundView, paragraphs } from "./documents.ts";

/** Cuts between two positions and gives the HTML that lies on the clipboard then. */
function cut({ view }: Bound, from: number, to: number): string {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
  const { dom } = view.serializeForClipboard(view.state.selection.content());
  view.dispatch(view.state.tr.deleteSelection().setMeta("uiEvent", "cut"));
  return dom.innerHTML;
}

function paste({ view }: Bound, html: string, at: number): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)));
  view.pasteHTML(html, new Event("paste") as ClipboardEvent);
}

const identities = ({ binding }: Bound, from: number, to: number) => binding.index.capture(from, to)?.runs;

function twoTabs(articles: readonly [string, string]) {
  const [here, there] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [here, there])
    Y.applyUpdate(doc, textUpdate(paragraphs("Parties shall report.", "Others may.")));
  here.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "there") Y.applyUpdate(there, update, "here");
  });
  return [boundView(here, articles[0]), boundView(there, articles[1])] as const;
}

test("[EDT-18] text cut in one tab of an article and pasted in another stays itself", () => {
  const [here, there] = twoTabs(["article", "article"]);
  const before = identities(here, 9, 14);
  const html = cut(here, 9, 14);
  expect(there.view.state.doc.textBetween(0, 17)).toBe("Parties  report.");
  const at = there.view.state.doc.content.size - 1;
  paste(there, html, at);
  expect(there.view.state.doc.textContent).toBe("Parties  report.Others may.shall");
  expect(identities(there, at, at + 5)).toEqual(before);
});

test("[EDT-18] text that comes from another article is new text", () => {
  const [here, there] = twoTabs(["article", "another"]);
  const before = identities(here, 9, 14);
  const html = cut(here, 9, 14);
  const at = there.view.state.doc.content.size - 1;
  paste(there, html, at);
  expect(there.view.state.doc.textContent).toBe("Parties  report.Others may.shall");
  expect(identities(there, at, at + 5)).not.toEqual(before);
});

test("[EDT-18] what is cut at once after it was selected stays itself too", () => {
  const mine = boundView(new Y.Doc());
  const { view } = mine;
  view.dispatch(view.state.tr.insertText("Parties shall report.", 1));
  const before = identities(mine, 9, 14);
  view.focus();
  const words = view.dom.querySelector("p")?.firstChild;
  if (!words) throw new Error("there is no text");
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1)));
  document.getSelection()?.setBaseAndExtent(words, 8, words, 13);
  expect(view.state.selection.empty).toBe(true);
  view.dom.dispatchEvent(new Event("cut", { bubbles: true, cancelable: true }));
  expect(view.state.doc.textContent).toBe("Parties  report.");
  view.dispatch(view.state.tr.insertText("shall", 1).setMeta("uiEvent", "paste"));
  expect(identities(mine, 1, 6)).toEqual(before);
});
