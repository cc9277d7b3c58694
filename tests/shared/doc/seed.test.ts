import { expect, test } from "vitest";
import type { Node } from "prosemirror-model";
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "../../../shared/doc/schema.ts";
import { SEED_CLIENT, textUpdate } from "../../../shared/doc/seed.ts";

const { nodes, marks } = schema;
const p = (...content: Node[]): Node => nodes.paragraph.create(null, content);
const em = marks.em.create();
const strong = marks.strong.create();
const link = marks.link.create({ href: "https://example.org/", title: null });

const article = nodes.doc.create(null, [
  nodes.heading.create({ level: 2 }, schema.text("Heading")),
  p(schema.text("plain "), schema.text("both", [em, strong]), schema.text(" a link", [link])),
  p(),
  p(schema.text("before"), nodes.hard_break.create(), schema.text("after 😀")),
  nodes.ordered_list.create({ order: 3 }, [
    nodes.list_item.create(null, [p(schema.text("one")), nodes.bullet_list.create(null, [])]),
  ]),
  nodes.blockquote.create(null, [p(schema.text("quoted"))]),
]);

function roomWith(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

test("[STO-30] a seeded room holds the document", () => {
  article.check();
  const doc = roomWith(textUpdate(article));
  const read = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment("prosemirror"), schema);
  expect(read.toJSON()).toEqual(article.toJSON());
});

test("[STO-30] the bytes are those that the editor's binding would write", () => {
  const doc = new Y.Doc();
  doc.clientID = SEED_CLIENT;
  prosemirrorToYXmlFragment(article, doc.getXmlFragment("prosemirror"));
  expect(textUpdate(article)).toEqual(Y.encodeStateAsUpdate(doc));
});

test("[STO-31] the same document gives the same bytes, and seeding twice changes nothing", () => {
  const update = textUpdate(article);
  expect(textUpdate(schema.nodeFromJSON(article.toJSON()))).toEqual(update);
  const doc = roomWith(update);
  Y.applyUpdate(doc, update);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(update);
  expect([...doc.store.clients.keys()]).toEqual([SEED_CLIENT]);
});
