// @vitest-environment jsdom
import { TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { typingPlugins } from "../../../client/editor/typing.ts";
import { paragraphs, view } from "./documents.ts";

const LONG = "x".repeat(31_000);

function letter(editor: ReturnType<typeof view>, key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keypress", {
    key,
    charCode: key.codePointAt(0) ?? 0,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  editor.dom.dispatchEvent(event);
  return event.defaultPrevented;
}

function at(position: number, ...texts: readonly string[]) {
  const editor = view(paragraphs(...texts), [...typingPlugins()]);
  editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, position)));
  return { editor, first: () => editor.state.doc.firstChild?.textContent ?? "" };
}

test("[EDT-20] in a large text a letter stands where the caret is, and in place of what is selected", () => {
  const { editor, first } = at(4, "We cut.", LONG);
  expect(letter(editor, "h")).toBe(true);
  expect(first()).toBe("We hcut.");
  editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 1, 3)));
  letter(editor, "I");
  expect([first(), editor.state.selection.from]).toEqual(["I hcut.", 2]);
});

test("[EDT-20] a letter in bold is bold, and short forms make headings and lists as ever", () => {
  const { editor, first } = at(1, "", LONG);
  for (const sign of "# T") letter(editor, sign);
  expect([editor.state.doc.firstChild?.type.name, first()]).toEqual(["heading", "T"]);
  const bold = editor.state.schema.marks["strong"];
  if (!bold) throw new Error("no bold");
  editor.dispatch(editor.state.tr.addMark(1, 2, bold.create()));
  editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 2)));
  letter(editor, "o");
  expect(editor.state.doc.rangeHasMark(2, 3, bold)).toBe(true);
});

test("[EDT-20] a small text and keys with Control are left to the browser", () => {
  const small = at(1, "We cut.");
  expect([letter(small.editor, "h"), small.first()]).toEqual([false, "We cut."]);
  const large = at(1, "We cut.", LONG);
  expect([letter(large.editor, "h", { ctrlKey: true }), large.first()]).toEqual([false, "We cut."]);
});
