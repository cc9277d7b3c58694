import { EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { commandOf, describe } from "../../../client/editor/commands.ts";
import { schema } from "#shared/doc/schema.ts";
import { paragraphs } from "../session/ground.ts";

type Command = Parameters<typeof commandOf>[0];

function run(commands: readonly Command[], from = 2, to = 6): EditorState {
  const doc = paragraphs("We will cut emissions.", "Perhaps.");
  let state = EditorState.create({ schema, doc, selection: TextSelection.create(doc, from, to) });
  for (const command of commands)
    commandOf(command)(state, (transaction) => (state = state.apply(transaction)));
  return state;
}

const shape = (state: EditorState): string => state.doc.toString();

test("[EDT-10] headings, lists and quotes are made, changed and taken away", () => {
  expect(shape(run([{ kind: "block", block: "heading-2" }]))).toContain("heading(");
  expect(shape(run([{ kind: "bullet-list" }]))).toContain("bullet_list(list_item(paragraph(");
  expect(shape(run([{ kind: "bullet-list" }, { kind: "ordered-list" }]))).toContain(
    "ordered_list(list_item(",
  );
  expect(shape(run([{ kind: "bullet-list" }, { kind: "bullet-list" }]))).toBe(shape(run([])));
  expect(shape(run([{ kind: "quote" }]))).toContain("blockquote(paragraph(");
  expect(shape(run([{ kind: "quote" }, { kind: "quote" }]))).toBe(shape(run([])));
  expect(shape(run([{ kind: "bullet-list" }, { kind: "outdent" }]))).toBe(shape(run([])));
});

test("[EDT-10] the toolbar reads the selection", () => {
  expect(describe(run([{ kind: "strong" }, { kind: "em" }]))).toMatchObject({ strong: true, em: true });
  expect(describe(run([{ kind: "bullet-list" }]))).toMatchObject({ bulletList: true, orderedList: false });
  expect(describe(run([{ kind: "quote" }, { kind: "block", block: "heading-3" }]))).toMatchObject({
    quote: true,
    block: "heading-3",
  });
});

test("[EDT-11] a link is set on the selection, changed and taken away at the caret, and is never a script", () => {
  const linked = run([{ kind: "link", href: "https://example.org" }]);
  expect(describe(linked).link).toBe("https://example.org");
  const at = (commands: readonly Command[]): EditorState => {
    let state = linked.apply(linked.tr.setSelection(TextSelection.create(linked.doc, 4)));
    for (const command of commands)
      commandOf(command)(state, (transaction) => (state = state.apply(transaction)));
    return state;
  };
  expect(shape(at([{ kind: "link", href: "mailto:a@example.org" }])).match(/link\(/g)).toHaveLength(1);
  expect(describe(at([{ kind: "link", href: "mailto:a@example.org" }])).link).toBe("mailto:a@example.org");
  expect(shape(at([{ kind: "link", href: null }]))).toBe(shape(run([])));
  expect(commandOf({ kind: "link", href: "javascript:alert(1)" })(linked)).toBe(false);
});
