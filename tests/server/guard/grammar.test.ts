// @vitest-environment jsdom
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { describe, expect, test } from "vitest";
import { initProseMirrorDoc, updateYFragment, ySyncPlugin } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import { checkUpdate } from "../../../server/sync/guard/guard.ts";
import { EDITOR, recordProvenance } from "../../attack/edits.ts";
import { CLIENT, world, type World } from "../../attack/world.ts";

function peer({ doc }: World): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = CLIENT.mallory;
  return copy;
}

const articleOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment("prosemirror");

/** A colleague's editor on a document. */
function editorOn(doc: Y.Doc): EditorView {
  const fragment = articleOf(doc);
  const { doc: shown, mapping } = initProseMirrorDoc(fragment, schema);
  const plugins = [ySyncPlugin(fragment, { mapping })];
  return new EditorView(document.createElement("div"), {
    state: EditorState.create({ schema, doc: shown, plugins }),
  });
}

type Attributes = Readonly<Record<string, unknown>>;
type Child = Y.XmlElement | Y.XmlText;

function element(name: string, attributes: Attributes, ...children: readonly Child[]): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, never>>(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as never);
  made.insert(0, [...children]);
  return made as Y.XmlElement;
}

function words(marks: Attributes = {}): Y.XmlText {
  const made = new Y.XmlText();
  made.insert(0, "words", { ...marks });
  return made;
}

const nasty = { toString: 1, valueOf: 1 };

/** What each of these does where nothing guards was seen in an editor of this schema. */
const BREAKING: readonly (readonly [title: string, make: () => Child])[] = [
  ["text beside the blocks", () => words()],
  ["a document in the document", () => element("doc", {}, element("paragraph", {}))],
  ["an element called text", () => element("text", {})],
  ["an unknown element", () => element("table", {}, words())],
  ["a line break beside the blocks", () => element("hard_break", {})],
  ["a list item beside the blocks", () => element("list_item", {}, element("paragraph", {}))],
  ["text in a line break", () => element("paragraph", {}, element("hard_break", {}, words()))],
  ["text in a quote", () => element("blockquote", {}, words())],
  ["a paragraph in a list", () => element("bullet_list", {}, element("paragraph", {}))],
  ["a level that is text", () => element("heading", { level: "h1 onclick" })],
  ["a level that is no value", () => element("heading", { level: nasty })],
  ["a mark that is unknown", () => element("paragraph", {}, words({ blink: {} }))],
  ["a link without an address", () => element("paragraph", {}, words({ link: {} }))],
  ["a link to no value", () => element("paragraph", {}, words({ link: { href: nasty } }))],
];

describe("what an editor could not show as it is stored", () => {
  test.each(BREAKING)("[GRD-16] %s is refused", (_title, make) => {
    const room = world("text");
    const mallory = peer(room);
    articleOf(mallory).push([make() as Y.XmlElement]);
    const update = Y.encodeStateAsUpdate(mallory, Y.encodeStateVector(room.doc));
    expect(checkUpdate(update, room.context)).toMatchObject({ kind: "refuse", code: "foreign-shape" });
  });

  test.each(BREAKING)("[GRD-16] unguarded, %s breaks or changes a colleague's view", (_title, make) => {
    const { doc } = world("text");
    articleOf(doc).push([make() as Y.XmlElement]);
    const stored = articleOf(doc).toArray().map(shape);
    let seen: readonly string[] = ["thrown"];
    try {
      const shown = editorOn(doc).state.doc;
      const again = new Y.Doc();
      updateYFragment(again, articleOf(again), shown, { mapping: new Map(), isOMark: new Map() });
      shown.check();
      seen = articleOf(again).toArray().map(shape);
    } catch {
      // That is the harm.
    }
    expect(seen).not.toEqual(stored);
  });
});

/** An element as text; marks too, whose values may not be made into text otherwise. */
function shape(part: unknown): string {
  if (part instanceof Y.XmlText) return JSON.stringify(part.toDelta());
  if (!(part instanceof Y.XmlElement)) return "?";
  const attributes = JSON.stringify(part.getAttributes());
  return `${part.nodeName}${attributes}(${part.toArray().map(shape).join()})`;
}

test("[GRD-16] a link to a script may be stored, and leads nowhere", () => {
  const room = world("text");
  const mallory = peer(room);
  const link = { href: "javascript:alert(1)", title: null };
  articleOf(mallory).push([element("paragraph", {}, words({ link }))]);
  const update = Y.encodeStateAsUpdate(mallory, Y.encodeStateVector(room.doc));
  expect(checkUpdate(update, room.context).kind).toBe("accept");
  const anchor = editorOn(mallory).dom.querySelector("a");
  expect(anchor?.textContent).toBe("words");
  expect(anchor?.getAttribute("href")).toBe("#");
});

test("[GRD-16] everything that the schema has may be written, taken back and written again", () => {
  const room = world("text");
  const mallory = peer(room);
  const refused: unknown[] = [];
  mallory.on("update", (update: Uint8Array) => {
    const verdict = checkUpdate(update, room.context);
    if (verdict.kind === "accept") Y.applyUpdate(room.doc, verdict.update);
    else refused.push(verdict);
  });
  const undo = new Y.UndoManager(articleOf(mallory), {
    trackedOrigins: new Set([EDITOR]),
    captureTimeout: 0,
  });
  const { nodes, marks } = schema;
  const text = (...names: readonly string[]) =>
    schema.text(
      "text",
      names.map((name) => schema.mark(name, name === "link" ? { href: "mailto:a@example.org" } : null)),
    );
  const block = (level: number) => nodes.heading.create({ level }, text("em", "strong"));
  const paragraph = nodes.paragraph.create(null, [text("link"), nodes.hard_break.create(), text()]);
  const items = nodes.list_item.create(null, [paragraph, nodes.bullet_list.create()]);
  const articles = [
    nodes.doc.create(null, [1, 2, 3, 4, 5, 6].map(block)),
    nodes.doc.create(null, [nodes.blockquote.create(null, [paragraph]), block(2)]),
    nodes.doc.create(null, [
      nodes.bullet_list.create(null, items),
      nodes.ordered_list.create({ order: -3 }, items),
    ]),
    nodes.doc.create(null, [paragraph, nodes.blockquote.create(), nodes.paragraph.create()]),
  ];
  for (const article of articles) {
    article.check();
    mallory.transact(() => {
      updateYFragment(mallory, articleOf(mallory), article, { mapping: new Map(), isOMark: new Map() });
    }, EDITOR);
    recordProvenance(mallory);
  }
  for (const _article of articles) undo.undo();
  for (const _article of articles) undo.redo();
  expect(refused).toEqual([]);
  expect(Object.keys(marks)).toEqual(["link", "em", "strong"]);
  expect(articleOf(room.doc).toArray().map(shape)).toEqual(articleOf(mallory).toArray().map(shape));
});

describe("records of where text comes from", () => {
  function deletion(room: World, change: (doc: Y.Doc) => void): Uint8Array {
    const mallory = peer(room);
    const updates: Uint8Array[] = [];
    mallory.on("update", (update: Uint8Array) => updates.push(update));
    mallory.transact(() => change(mallory));
    return Y.mergeUpdates(updates);
  }

  test("[GRD-15] nobody deletes one, also not among honest changes", () => {
    for (const change of [
      (doc: Y.Doc) => doc.getArray("redirects").delete(0, 1),
      (doc: Y.Doc) => {
        articleOf(doc).delete(2, 1);
        doc.getArray("redirects").delete(0, 1);
      },
    ]) {
      const room = world("text");
      const verdict = checkUpdate(deletion(room, change), room.context);
      expect(verdict).toMatchObject({ kind: "refuse", code: "provenance" });
      expect(room.doc.getArray("redirects").length).toBe(1);
    }
  });

  test("[GRD-15] the text of which one speaks may go, and more may be written down", () => {
    const room = world("text");
    const update = deletion(room, (doc) => {
      articleOf(doc).delete(0, 3);
      recordProvenance(doc);
    });
    const verdict = checkUpdate(update, room.context);
    expect(verdict.kind).toBe("accept");
    if (verdict.kind === "accept") Y.applyUpdate(room.doc, verdict.update);
    expect(articleOf(room.doc).length).toBe(0);
    expect(room.doc.getArray("redirects").length).toBe(2);
  });
});
