import type { Mark, Node } from "prosemirror-model";
import * as Y from "yjs";
import { articleFragment } from "./walk.ts";

/** The client id under which the server writes the first content of a text room; no browser is given it. */
export const SEED_CLIENT = 1;

/**
 * The Yjs update that makes an empty text room hold this document, as the editor's binding would have
 * written it. The same document gives the same bytes, so seeding twice changes nothing.
 */
export function textUpdate(article: Node): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = SEED_CLIENT;
  articleFragment(doc).insert(0, childrenOf(article));
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** Elements as elements, neighbouring text nodes together as one text. */
function childrenOf(node: Node): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let texts: Node[] = [];
  const endText = (): void => {
    if (texts.length > 0) children.push(textOf(texts));
    texts = [];
  };
  node.forEach((child) => {
    if (child.isText) {
      texts.push(child);
      return;
    }
    endText();
    children.push(elementOf(child));
  });
  endText();
  return children;
}

function elementOf(node: Node): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, number | string>>(node.type.name);
  for (const [name, value] of Object.entries(node.attrs)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.insert(0, childrenOf(node));
  return element as Y.XmlElement;
}

function textOf(nodes: readonly Node[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(nodes.map((node) => ({ insert: node.text ?? "", attributes: attributesOf(node.marks) })));
  return text;
}

function attributesOf(marks: readonly Mark[]): Record<string, unknown> {
  return Object.fromEntries(marks.map((mark) => [mark.type.name, mark.attrs]));
}
