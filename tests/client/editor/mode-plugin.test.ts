// @vitest-environment jsdom
import { TextSelection } from "prosemirror-state";
import { expect, test, vi } from "vitest";
import { modePlugin } from "../../../client/editor/mode-plugin.ts";
import { typingPlugins } from "../../../client/editor/typing.ts";
import type { EditorMode } from "../../../client/editor/types.ts";
import { paragraphs, press, showRemote, view } from "./documents.ts";

function setUp(mode: EditorMode) {
  const keys: string[] = [];
  const calls: string[] = [];
  const current = { mode };
  const editor = view(paragraphs("We will cut emissions."), [
    modePlugin({
      mode: () => current.mode,
      label: () => "Article text",
      onKey: (event) => {
        keys.push(event.key);
        return event.key === "b";
      },
      undo: () => void calls.push("undo"),
      redo: () => void calls.push("redo"),
    }),
    ...typingPlugins(),
  ]);
  return { editor, keys, calls, current, text: () => editor.state.doc.textContent };
}

test("[EDT-6] in Annotate no key, paste, cut, command or input changes the text", () => {
  const { editor, text } = setUp("annotate");
  const before = text();
  for (const key of ["x", "Enter", "Backspace", "Delete", " "]) {
    expect(press(editor, key).defaultPrevented).toBe(true);
  }
  press(editor, "b", { ctrlKey: true });
  editor.dispatch(editor.state.tr.insertText("forged", 1));
  editor.dispatch(editor.state.tr.delete(1, 5));
  editor.pasteText("pasted", new Event("paste") as ClipboardEvent);
  const input = new InputEvent("beforeinput", { inputType: "insertText", data: "z", cancelable: true });
  editor.dom.dispatchEvent(input);
  expect(input.defaultPrevented).toBe(true);
  expect(text()).toBe(before);
});

test("[EDT-6] in Annotate caret and selection move, and colleagues' changes are shown", () => {
  const { editor, text } = setUp("annotate");
  for (const key of ["ArrowRight", "Tab", "Escape"]) expect(press(editor, key).defaultPrevented).toBe(false);
  expect(press(editor, "c", { ctrlKey: true }).defaultPrevented).toBe(false);
  showRemote(editor, paragraphs("We will cut all emissions."));
  expect(text()).toBe("We will cut all emissions.");
});

test("[EDT-7] in Annotate every key is offered as a command; in Edit letters are letters", () => {
  const { editor, keys, current } = setUp("annotate");
  expect(press(editor, "b").defaultPrevented).toBe(true);
  press(editor, "1");
  press(editor, "ArrowLeft");
  expect(keys).toEqual(["b", "1", "ArrowLeft"]);
  current.mode = "edit";
  press(editor, "b");
  expect(keys).toHaveLength(3);
});

test("[EDT-7] keys of an input method are not commands", () => {
  const { editor, keys } = setUp("annotate");
  press(editor, "b", { isComposing: true });
  expect(keys).toEqual([]);
});

test("[EDT-8] undo and redo are the session's, in both modes", () => {
  const { editor, calls, current } = setUp("annotate");
  press(editor, "z", { ctrlKey: true });
  press(editor, "Z", { ctrlKey: true, shiftKey: true });
  current.mode = "edit";
  press(editor, "z", { metaKey: true });
  press(editor, "y", { ctrlKey: true });
  expect(calls).toEqual(["undo", "redo", "undo", "redo"]);
});

test("[EDT-9] the text says what it is to assistive technology, and whether it can be changed", () => {
  const { editor, current } = setUp("annotate");
  const attributes = () =>
    ["role", "aria-multiline", "aria-label", "aria-readonly", "contenteditable"].map((name) =>
      editor.dom.getAttribute(name),
    );
  expect(attributes()).toEqual(["textbox", "true", "Article text", "true", "true"]);
  expect(editor.dom.getAttribute("inputmode")).toBe("none");
  current.mode = "edit";
  editor.updateState(editor.state);
  expect(attributes()).toEqual(["textbox", "true", "Article text", "false", "true"]);
  expect(editor.dom.getAttribute("inputmode")).toBe(null);
});

test("[EDT-10] in Edit Tab leaves the text and Enter begins a paragraph", () => {
  const { editor } = setUp("edit");
  expect(press(editor, "Tab").defaultPrevented).toBe(false);
  press(editor, "Enter");
  expect(editor.state.doc.childCount).toBe(2);
});

test("[QCK-21] in Annotate pressing inside of selected words begins a new selection and no drag", () => {
  const { editor, current } = setUp("annotate");
  document.body.append(editor.dom);
  editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 1, 8)));
  editor.posAtCoords = () => ({ pos: 4, inside: 0 });
  const clear = vi.spyOn(Selection.prototype, "removeAllRanges");
  const pressAt = (more: MouseEventInit = {}) => {
    clear.mockClear();
    editor.dom.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0, detail: 1, ...more }));
    return clear.mock.calls.length;
  };
  expect(pressAt()).toBe(1);
  expect(pressAt({ shiftKey: true })).toBe(0);
  expect(pressAt({ button: 2 })).toBe(0);
  current.mode = "edit";
  expect(pressAt()).toBe(0);
});
