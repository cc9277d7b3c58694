import { expect, test } from "vitest";
import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { toAbsolute, toRelative } from "../../../client/session/positions.ts";
import { schema } from "#shared/doc/schema.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { articleFragment } from "#shared/doc/walk.ts";

const { doc, paragraph, heading, bullet_list, list_item, hard_break } = schema.nodes;

function article() {
  const node = doc.create(null, [
    heading.create({ level: 2 }, schema.text("Title")),
    paragraph.create(null, [
      schema.text("one "),
      schema.text("two", [schema.mark("strong")]),
      hard_break.create(),
      schema.text("three"),
    ]),
    paragraph.create(),
    bullet_list.create(null, [
      list_item.create(null, paragraph.create(null, schema.text("first"))),
      list_item.create(null, paragraph.create(null, schema.text("second"))),
    ]),
  ]);
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, textUpdate(node));
  return { node, ydoc, fragment: articleFragment(ydoc) };
}

test("[SES-16] every position of the editor travels to others and back unchanged", () => {
  const { node, ydoc, fragment } = article();
  const peer = new Y.Doc();
  Y.applyUpdate(peer, Y.encodeStateAsUpdate(ydoc));
  expect(yXmlFragmentToProseMirrorRootNode(fragment, schema).eq(node)).toBe(true);
  for (let position = 0; position <= node.content.size; position++) {
    const sent: unknown = JSON.parse(JSON.stringify(toRelative(fragment, position)));
    const received = Y.createRelativePositionFromJSON(sent);
    expect(toAbsolute(articleFragment(peer), received)).toBe(position);
  }
});

test("[SES-16] a caret stays with its text while others write before it", () => {
  const { ydoc, fragment } = article();
  const caret = toRelative(fragment, 10);
  const block = fragment.get(0) as Y.XmlElement;
  (block.get(0) as Y.XmlText).insert(0, "12345");
  expect(toAbsolute(fragment, caret)).toBe(15);
  fragment.delete(0, 2);
  expect(toAbsolute(fragment, caret)).toBe(null);
  ydoc.destroy();
});

test("[SES-16] a caret in text that has not arrived is nowhere", () => {
  const { fragment } = article();
  const there = new Y.Doc();
  expect(toAbsolute(articleFragment(there), toRelative(fragment, 10))).toBe(null);
});
