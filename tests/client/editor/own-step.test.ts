// @vitest-environment jsdom
import { toggleMark } from "prosemirror-commands";
import { TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import { boundView } from "./documents.ts";

function editor() {
  const { view, history } = boundView(new Y.Doc());
  const type = (words: string): void => {
    const end = view.state.doc.content.size - 1;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, end)).insertText(words));
  };
  const strong = (): string[] => {
    const found: string[] = [];
    view.state.doc.descendants((node) => {
      if (schema.marks.strong.isInSet(node.marks)) found.push(node.text ?? "");
    });
    return found;
  };
  return { view, history, type, strong, text: () => view.state.doc.textContent };
}

test("[EDT-19] bold right after typing, and typing right after bold, are undone one by one", () => {
  const { view, history, type, strong, text } = editor();
  type("Parties shall");
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 9, 14)));
  toggleMark(schema.marks.strong)(view.state, (transaction) => view.dispatch(transaction));
  expect(strong()).toEqual(["shall"]);
  view.dispatch(view.state.tr.insertText("Now ", 1));
  history.undo();
  expect([text(), strong()]).toEqual(["Parties shall", ["shall"]]);
  history.undo();
  expect([text(), strong()]).toEqual(["Parties shall", []]);
  history.undo();
  expect(text()).toBe("");
});

test("[EDT-19] what is pasted is undone without the words typed before it", () => {
  const { view, history, type, text } = editor();
  type("Parties ");
  view.pasteText("shall report", new Event("paste") as ClipboardEvent);
  type(".");
  expect(text()).toBe("Parties shall report.");
  history.undo();
  expect(text()).toBe("Parties shall report");
  history.undo();
  expect(text()).toBe("Parties ");
});
