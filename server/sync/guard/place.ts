import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { KIND, TYPE, Place, type AnyType, type Shape, type Struct } from "./struct.ts";

export function rootPlace(kind: Room["kind"], root: string, doc: Y.Doc): Place {
  return new Place({ root, depth: 0, shape: rootShape(kind, root), type: doc.share.get(root) ?? null });
}

function rootShape(kind: Room["kind"], root: string): Shape {
  if (kind === "text") return root === "prosemirror" ? "blocks" : "records";
  return kind === "layer" ? "entries" : "free";
}

/** The inside of a type of an update that stands in `place`. */
export function innerPlace(place: Place, typeRef: number): Place {
  const shape = isText(place.shape) ? textShape(typeRef) : "free";
  return new Place({ root: place.root, depth: place.depth + 1, shape, type: null });
}

/** The inside of a type of the document whose own item stands in `place`. */
export function innerPlaceOf(place: Place, type: AnyType): Place {
  const shape = !isText(place.shape)
    ? "free"
    : type instanceof Y.XmlElement
      ? "element"
      : type instanceof Y.XmlText
        ? "text"
        : "closed";
  return new Place({ root: place.root, depth: place.depth + 1, shape, type });
}

function isText(shape: Shape): boolean {
  return shape === "blocks" || shape === "element" || shape === "text" || shape === "closed";
}

function textShape(typeRef: number): Shape {
  return typeRef === TYPE.element ? "element" : typeRef === TYPE.xmlText ? "text" : "closed";
}

/** True when a struct may stand in its place, under `key` or among the children. */
export function fits(struct: Struct, place: Place, key: string | null): boolean {
  const { kind } = struct;
  if (kind === KIND.deleted) return true;
  if (key !== null) {
    // Several values may stand under a key: the old ones, deleted, which an undo manager keeps.
    if (kind === KIND.format || kind === KIND.string) return false;
    if (place.shape === "entries" || place.shape === "free") return true;
    return place.shape !== "closed" && place.shape !== "records" && kind === KIND.any;
  }
  switch (place.shape) {
    case "blocks":
      return kind === KIND.type && struct.typeRef === TYPE.element;
    case "element":
      return kind === KIND.type && (struct.typeRef === TYPE.element || struct.typeRef === TYPE.xmlText);
    case "text":
      return kind === KIND.string || kind === KIND.format;
    case "records":
      return kind === KIND.binary;
    case "entries":
    case "closed":
      return false;
    case "free":
      return true;
  }
}
