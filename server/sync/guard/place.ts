import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { attributeFits, elementFits, markFits, textFits } from "#shared/doc/grammar.ts";
import type { Room } from "#shared/doc/rooms.ts";
import { KIND, TYPE, Place, type AnyType, type Shape, type Struct } from "./struct.ts";

export function rootPlace(kind: Room["kind"], root: string, doc: Y.Doc): Place {
  const shape = rootShape(kind, root);
  const element = shape === "element" ? "doc" : null;
  return new Place({ root, depth: 0, shape, element, type: doc.share.get(root) ?? null });
}

function rootShape(kind: Room["kind"], root: string): Shape {
  if (kind === "text") return root === "prosemirror" ? "element" : "records";
  return kind === "layer" ? "entries" : "free";
}

/** The inside of a type that the update brings as `struct` and that stands in `place`. */
export function innerPlace(place: Place, { typeRef, name }: Struct): Place {
  const shape = isText(place.shape) ? textShape(typeRef) : "free";
  const element = shape === "element" ? name : null;
  return new Place({ root: place.root, depth: place.depth + 1, shape, element, type: null });
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
  const element = shape === "element" && type instanceof Y.XmlElement ? type.nodeName : null;
  return new Place({ root: place.root, depth: place.depth + 1, shape, element, type });
}

function isText(shape: Shape): boolean {
  return shape === "element" || shape === "text" || shape === "closed";
}

function textShape(typeRef: number): Shape {
  return typeRef === TYPE.element ? "element" : typeRef === TYPE.xmlText ? "text" : "closed";
}

/** True when a struct may stand in its place, under `key` or among the children. */
export function fits(struct: Struct, place: Place, key: string | null): boolean {
  if (struct.kind === KIND.deleted) return true;
  return key === null ? fitsAmong(struct, place) : fitsUnder(key, struct, place);
}

function fitsAmong(struct: Struct, { shape, element }: Place): boolean {
  const { kind, typeRef, name } = struct;
  switch (shape) {
    case "element":
      if (kind !== KIND.type || element === null) return false;
      if (typeRef === TYPE.xmlText) return textFits(element);
      return typeRef === TYPE.element && name !== null && elementFits(element, name);
    case "text":
      return kind === KIND.string || (kind === KIND.format && isMark(struct));
    case "records":
      return kind === KIND.binary;
    case "entries":
    case "closed":
      return false;
    case "free":
      return true;
  }
}

function fitsUnder(key: string, struct: Struct, { shape, element }: Place): boolean {
  const { kind } = struct;
  if (kind === KIND.format || kind === KIND.string) return false;
  if (shape === "entries" || shape === "free") return true;
  return element !== null && kind === KIND.any && isAttribute(element, key, struct);
}

function isMark({ name, values }: Struct): boolean {
  if (name === null || values === null) return false;
  const value: unknown = JSON.parse(decoding.readVarString(decoding.createDecoder(values)));
  return markFits(name, value);
}

/** Several values may stand under a key: the old ones, deleted, which an undo manager keeps. */
function isAttribute(element: string, key: string, { values }: Struct): boolean {
  if (values === null) return false;
  const decoder = decoding.createDecoder(values);
  while (decoding.hasContent(decoder)) {
    if (!attributeFits(element, key, decoding.readAny(decoder))) return false;
  }
  return true;
}
