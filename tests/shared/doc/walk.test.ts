import { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { updateYFragment } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import {
  articleFragment,
  offsetToPosition,
  plainText,
  positionToOffset,
  walkDocument,
} from "#shared/doc/walk.ts";

const words = (text: string) => (text === "" ? [] : [{ type: "text", text }]);
const paragraph = (text: string) => ({ type: "paragraph", content: words(text) });

const article = Node.fromJSON(schema, {
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: words("Joint statement") },
    paragraph(""),
    {
      type: "paragraph",
      content: [
        { type: "text", text: "We will " },
        { type: "text", text: "cut", marks: [{ type: "strong" }] },
        { type: "hard_break" },
        { type: "hard_break" },
        { type: "text", text: "emissions 🌍 by 2030" },
        { type: "hard_break" },
      ],
    },
    {
      type: "blockquote",
      content: [
        paragraph("Quoted"),
        {
          type: "bullet_list",
          content: [{ type: "list_item", content: [paragraph("one"), paragraph("two")] }],
        },
      ],
    },
    paragraph("End."),
  ],
});

function stored(node: Node): Y.XmlFragment {
  const fragment = articleFragment(new Y.Doc());
  updateYFragment(fragment.doc!, fragment, node, { mapping: new Map(), isOMark: new Map() });
  return fragment;
}

test("[ANC-1] the stored article reads as the same plain text as the editor's document", () => {
  const { text } = plainText(walkDocument(stored(article)));
  expect(text).toBe(article.textBetween(0, article.content.size, "\n"));
  expect(text).toBe("Joint statement\n\nWe will cut\n\nemissions 🌍 by 2030\n\nQuoted\none\ntwo\nEnd.");
});

test("[ANC-2] blocks carry their offsets, kind, level and containers", () => {
  const { blocks, text } = plainText(walkDocument(stored(article)));
  expect(blocks.map((block) => text.slice(block.start, block.end))).toEqual([
    "Joint statement",
    "",
    "We will cut\n\nemissions 🌍 by 2030\n",
    "Quoted",
    "one",
    "two",
    "End.",
  ]);
  expect(blocks[0]).toMatchObject({ kind: "heading", level: 2, within: [] });
  expect(blocks[5]).toMatchObject({
    kind: "paragraph",
    level: 0,
    within: ["blockquote", "bullet_list", "list_item"],
  });
});

test("[ANC-3] every character's position in the editor and its plain-text offset map to each other", () => {
  const walk = walkDocument(stored(article));
  const { text } = plainText(walk);
  article.descendants((node, position) => {
    if (!node.isText) return;
    for (let i = 0; i < node.nodeSize; i++) {
      const offset = positionToOffset(walk, position + i);
      expect(text[offset]).toBe(node.text?.[i]);
      expect(offsetToPosition(walk, offset)).toBe(position + i);
    }
  });
  for (const { from, start, length, type } of walk.texts) {
    expect(article.textBetween(from, from + length)).toBe(
      type
        .toDelta()
        .map((part: { insert: string }) => part.insert)
        .join(""),
    );
    expect(positionToOffset(walk, from)).toBe(start);
  }
});

test("[ANC-3] places outside of the text are clamped to it", () => {
  const walk = walkDocument(stored(article));
  const end = article.content.size;
  expect(positionToOffset(walk, 0)).toBe(0);
  expect(positionToOffset(walk, end + 50)).toBe(walk.length);
  expect(offsetToPosition(walk, walk.length + 50)).toBe(end - 1);
  expect(offsetToPosition(walkDocument(articleFragment(new Y.Doc())), 3)).toBe(0);
});

test("[ANC-1] what the schema does not know is passed over", () => {
  const fragment = stored(article);
  const before = plainText(walkDocument(fragment));
  fragment.insert(0, [new Y.XmlText("stray"), new Y.XmlElement("iframe")]);
  expect(plainText(walkDocument(fragment))).toEqual(before);
});
