import type { Node } from "prosemirror-model";
import * as Y from "yjs";

/**
 * Whether the editor shows what the live document holds. Reads both and writes neither: rendering the
 * live document to compare it would repair, and so change, it.
 */
export function sameDocument(fragment: Y.XmlFragment, doc: Node): boolean {
  return sameChildren(fragment, doc);
}

type Piece = { text: string; readonly marks: string } | Node | Y.XmlElement;

function sameChildren(live: Y.XmlFragment, shown: Node): boolean {
  const a = livePieces(live);
  const b = shownPieces(shown);
  return a.length === b.length && a.every((piece, i) => samePiece(piece, b[i]));
}

function samePiece(a: Piece, b: Piece | undefined): boolean {
  if (!b) return false;
  if (a instanceof Y.XmlElement) {
    return "type" in b && a.nodeName === b.type.name && sameAttributes(a, b) && sameChildren(a, b);
  }
  return "marks" in a && "text" in b && a.text === b.text && a.marks === b.marks;
}

function sameAttributes(element: Y.XmlElement, node: Node): boolean {
  const stored: Readonly<Record<string, unknown>> = element.getAttributes();
  const defaults = node.type.spec.attrs ?? {};
  return Object.entries(node.attrs).every(
    ([name, value]) => (stored[name] ?? (defaults[name]?.default as unknown) ?? null) === (value ?? null),
  );
}

function livePieces(parent: Y.XmlFragment): Piece[] {
  const pieces: Piece[] = [];
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlElement) pieces.push(child);
    if (!(child instanceof Y.XmlText)) continue;
    for (const { insert, attributes } of child.toDelta() as { insert: unknown; attributes?: object }[]) {
      if (typeof insert === "string") addText(pieces, insert, marksText(Object.entries(attributes ?? {})));
    }
  }
  return pieces;
}

function shownPieces(parent: Node): Piece[] {
  const pieces: Piece[] = [];
  parent.forEach((child) => {
    if (child.isText) {
      addText(pieces, child.text ?? "", marksText(child.marks.map((mark) => [mark.type.name, mark.attrs])));
    } else {
      pieces.push(child);
    }
  });
  return pieces;
}

function addText(pieces: Piece[], text: string, marks: string): void {
  const last = pieces.at(-1);
  if (last && "marks" in last && !("type" in last) && last.marks === marks) last.text += text;
  else if (text !== "") pieces.push({ text, marks });
}

/** One spelling for a set of marks, whatever order and however empty attributes are kept. */
function marksText(marks: readonly (readonly [string, unknown])[]): string {
  const spelled = marks.map(([name, attributes]) => {
    const entries = Object.entries(typeof attributes === "object" && attributes ? attributes : {});
    return [name, entries.filter(([, value]) => value !== null).sort(([a], [b]) => (a < b ? -1 : 1))];
  });
  return JSON.stringify(spelled.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
