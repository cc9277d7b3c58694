import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { sameDocument } from "../../../client/editor/same-document.ts";
import { schema } from "#shared/doc/schema.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { articleFragment } from "#shared/doc/walk.ts";

const { doc, paragraph, heading, ordered_list, list_item, hard_break } = schema.nodes;

const article = doc.create(null, [
  heading.create({ level: 2 }, schema.text("Title")),
  paragraph.create(null, [
    schema.text("one "),
    schema.text("two", [schema.mark("strong"), schema.mark("link", { href: "https://example.org" })]),
    hard_break.create(),
    schema.text("three"),
  ]),
  paragraph.create(),
  ordered_list.create({ order: 3 }, [list_item.create(null, paragraph.create(null, schema.text("first")))]),
]);

function live() {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, textUpdate(article));
  return articleFragment(ydoc);
}

test("[EDT-12] the comparison of the editor with the live document finds no difference where there is none, and writes nothing", () => {
  const fragment = live();
  const before = Y.encodeStateAsUpdate(fragment.doc as Y.Doc);
  expect(sameDocument(fragment, article)).toBe(true);
  expect(sameDocument(fragment, yXmlFragmentToProseMirrorRootNode(fragment, schema))).toBe(true);
  expect(Y.encodeStateAsUpdate(fragment.doc as Y.Doc)).toEqual(before);
});

test("[EDT-12] it finds a difference in text, marks, attributes and blocks", () => {
  const changes: ((fragment: Y.XmlFragment) => void)[] = [
    (fragment) => ((fragment.get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(1, "x"),
    (fragment) => ((fragment.get(1) as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { em: {} }),
    (fragment) => (fragment.get(0) as Y.XmlElement<{ level: number }>).setAttribute("level", 3),
    (fragment) => fragment.delete(2, 1),
    (fragment) => (fragment.get(1) as Y.XmlElement).delete(1, 1),
  ];
  for (const change of changes) {
    const fragment = live();
    change(fragment);
    expect(sameDocument(fragment, article)).toBe(false);
  }
});
