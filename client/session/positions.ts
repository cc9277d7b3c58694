import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";

/**
 * ProseMirror positions as Yjs relative positions and back, computed from the document alone, so that
 * carets travel without the editor's binding.
 */

type Child = Y.XmlElement | Y.XmlText;

function* childrenOf(parent: Y.XmlFragment): Generator<Child> {
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
    const { type } = item.content;
    if (type instanceof Y.XmlElement || type instanceof Y.XmlText) yield type;
  }
}

function sizeOf(child: Child): number {
  if (child instanceof Y.XmlText) return child.length;
  if (schema.nodes[child.nodeName]?.isLeaf) return 1;
  let size = 2;
  for (const each of childrenOf(child)) size += sizeOf(each);
  return size;
}

/** The relative position of a ProseMirror position; positions past the end stand at the end. */
export function toRelative(fragment: Y.XmlFragment, position: number): Y.RelativePosition {
  let parent = fragment;
  let rest = position;
  for (;;) {
    const step = descend(parent, rest);
    if (step instanceof Y.RelativePosition) return step;
    parent = step.element;
    rest = step.rest;
  }
}

function descend(
  parent: Y.XmlFragment,
  position: number,
): Y.RelativePosition | { readonly element: Y.XmlElement; readonly rest: number } {
  let rest = position;
  let index = 0;
  for (const child of childrenOf(parent)) {
    const size = sizeOf(child);
    if (child instanceof Y.XmlText) {
      if (rest <= size) return Y.createRelativePositionFromTypeIndex(child, rest);
    } else if (rest === 0) {
      return Y.createRelativePositionFromTypeIndex(parent, index);
    } else if (rest < size) {
      return { element: child, rest: rest - 1 };
    }
    rest -= size;
    index += 1;
  }
  return Y.createRelativePositionFromTypeIndex(parent, index);
}

/** The ProseMirror position now; null when its text has not arrived or is gone. */
export function toAbsolute(fragment: Y.XmlFragment, relative: Y.RelativePosition): number | null {
  const doc = fragment.doc;
  const found = doc && Y.createAbsolutePositionFromRelativePosition(relative, doc);
  if (!found) return null;
  const { type, index } = found;
  if (type instanceof Y.XmlText) {
    const start = startOf(fragment, type);
    return start === null ? null : start + index;
  }
  if (!(type instanceof Y.XmlFragment)) return null;
  const start = contentStart(fragment, type);
  if (start === null) return null;
  let position = start;
  let passed = 0;
  for (const child of childrenOf(type)) {
    if (passed++ >= index) break;
    position += sizeOf(child);
  }
  return position;
}

function contentStart(fragment: Y.XmlFragment, type: Y.XmlFragment): number | null {
  if (type === fragment) return 0;
  if (!(type instanceof Y.XmlElement)) return null;
  const start = startOf(fragment, type);
  return start === null ? null : start + 1;
}

/** Position before a type; null when it is not, or not any more, in the fragment. */
function startOf(fragment: Y.XmlFragment, type: Child): number | null {
  if (!type._item || type._item.deleted) return null;
  const { parent } = type;
  if (!(parent instanceof Y.XmlFragment)) return null;
  let position = contentStart(fragment, parent);
  if (position === null) return null;
  for (const child of childrenOf(parent)) {
    if (child === type) return position;
    position += sizeOf(child);
  }
  return null;
}
