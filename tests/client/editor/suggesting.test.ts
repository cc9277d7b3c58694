// @vitest-environment jsdom
import { expect, test } from "vitest";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { modePlugin } from "../../../client/editor/mode-plugin.ts";
import { Suggesting, type DrawnSuggestion } from "../../../client/editor/suggesting.ts";
import type { SuggestInput } from "../../../client/editor/suggest-keys.ts";
import { boundView, paragraphs, press, showRemote, view } from "./documents.ts";

const ben = { id: "ben", name: "Ben Okafor", color: "#7c3aed" };

const drawn = (from: number, to: number, text: string, more: Partial<DrawnSuggestion> = {}) => ({
  id: "s1",
  from,
  to,
  text,
  person: ben,
  says: "Ben Okafor suggests: something",
  stale: false,
  same: false,
  active: false,
  draft: false,
  ...more,
});

/** A text in Suggest, and what is heard of it. */
function setUp(...texts: readonly string[]) {
  const heard: SuggestInput[] = [];
  const chosen: string[] = [];
  const suggesting = new Suggesting({
    typing: () => true,
    onInput: (input) => {
      heard.push(input);
      return true;
    },
    onChoose: (id) => chosen.push(id),
  });
  const editor = view(paragraphs(...texts), [
    modePlugin({
      mode: () => "suggest",
      label: () => "Article text",
      onKey: () => false,
      undo: () => undefined,
      redo: () => undefined,
    }),
  ]);
  editor.setProps(suggesting.attach(editor).props);
  return { editor, suggesting, heard, chosen };
}

const tags = (editor: { readonly dom: HTMLElement }) =>
  [...editor.dom.querySelectorAll("del, ins")].map((node) => `${node.localName} ${node.textContent}`);

test("[SUG-9] what would go is struck through, what would come stands beside it, with who suggests it", () => {
  const { editor, suggesting, chosen } = setUp("We will pay.");
  suggesting.draw([drawn(4, 8, "shall")]);
  expect(tags(editor)).toEqual(["del will", "ins shall"]);
  const sign = editor.dom.querySelector("button");
  expect([sign?.textContent, sign?.getAttribute("aria-label")]).toEqual([
    "BO",
    "Ben Okafor suggests: something",
  ]);
  sign?.click();
  expect(chosen).toEqual(["s1"]);
  expect(editor.state.doc.textContent).toBe("We will pay.");
  suggesting.draw([drawn(4, 8, "shall", { stale: true })]);
  expect(tags(editor)).toEqual(["ins shall"]);
  suggesting.draw([drawn(4, 8, "will", { same: true })]);
  expect(tags(editor)).toEqual([]);
});

test("[SUG-6] the drawing moves at once with what others type before it", () => {
  const { editor, suggesting } = setUp("We will pay.", "More.");
  suggesting.draw([drawn(4, 8, "shall")]);
  showRemote(editor, paragraphs("Then we all say: We will pay.", "More."));
  expect(tags(editor)).toEqual(["del will", "ins shall"]);
});

test("[SUG-10] in Suggest keys, input, paste and cut are heard and change nothing", () => {
  const { editor, heard } = setUp("We will pay.");
  press(editor, "x");
  press(editor, "Backspace", { ctrlKey: true });
  press(editor, "Enter");
  press(editor, "ArrowLeft");
  press(editor, "z", { ctrlKey: true });
  editor.pasteText("two\nlines", new Event("paste") as ClipboardEvent);
  const type = (inputType: string, data: string | null = null) =>
    editor.dom.dispatchEvent(new InputEvent("beforeinput", { inputType, data, cancelable: true }));
  type("insertText", "\u{1F600}");
  type("deleteWordForward");
  editor.dispatch(editor.state.tr.insertText("forged", 1));
  expect(heard).toEqual([
    { kind: "insert", text: "x" },
    { kind: "delete", forward: false, unit: "word" },
    { kind: "break" },
    { kind: "leave" },
    { kind: "undo" },
    { kind: "insert", text: "two lines" },
    { kind: "insert", text: "\u{1F600}" },
    { kind: "delete", forward: true, unit: "word" },
  ]);
  expect(editor.state.doc.textContent).toBe("We will pay.");
});

test("[SUG-7] an accepted edit is one step for undo, keeps the form of what it replaces, and leaves marks on the rest", () => {
  const doc = new Y.Doc();
  const { doc: root, paragraph } = schema.nodes;
  const strong = schema.marks.strong.create();
  const words = [schema.text("We "), schema.text("will pay", [strong]), schema.text(" soon.")];
  Y.applyUpdate(doc, textUpdate(root.create(null, [paragraph.create(null, words)])));
  const bound = boundView(doc);
  const suggesting = new Suggesting({ typing: () => false, onInput: () => false, onChoose: () => undefined });
  bound.view.setProps(suggesting.attach(bound.view).props);
  const pay = bound.binding.index.capture(9, 12)?.runs;
  bound.view.dispatch(bound.view.state.tr.insertText("!", 18));
  expect(suggesting.apply({ from: 4, to: 12, expected: "other", text: "x" })).toBe(false);
  expect(suggesting.apply({ from: 4, to: 12, expected: "will pay", text: "shall not pay" })).toBe(true);
  expect(bound.view.state.doc.textContent).toBe("We shall not pay soon.!");
  const bold: string[] = [];
  bound.view.state.doc.descendants((node) => {
    if (node.isText && strong.isInSet(node.marks)) bold.push(node.text ?? "");
  });
  expect(bold).toEqual(["shall not pay"]);
  expect(bound.binding.index.capture(14, 17)?.runs).toEqual(pay);
  bound.history.undo();
  expect(bound.view.state.doc.textContent).toBe("We will pay soon.!");
  bound.history.undo();
  expect(bound.view.state.doc.textContent).toBe("We will pay soon.");
});

test("[SUG-7] an accepted edit is made in every mode, and nothing else is", () => {
  const { editor, suggesting } = setUp("We will pay.");
  expect(suggesting.apply({ from: 4, to: 4, expected: "", text: "all " })).toBe(true);
  expect(suggesting.apply({ from: 4, to: 8, expected: "all ", text: "" })).toBe(true);
  editor.dispatch(editor.state.tr.insertText("forged", 1));
  expect(editor.state.doc.textContent).toBe("We will pay.");
});
