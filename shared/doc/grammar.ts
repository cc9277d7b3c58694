import type { AttributeSpec, NodeType } from "prosemirror-model";
import { headingLevel, schema } from "./schema.ts";

/**
 * What the parts of a text document may be so that every editor shows them as they are stored: anything
 * else is deleted, wrapped or choked on by the editor's binding. Every editor of this schema writes
 * within these rules, part by part, so a part that breaks them was not written by one.
 */

type Attributes = Readonly<Record<string, AttributeSpec>>;

/** Elements by the name of the element, or "doc", that may hold them. */
const CHILDREN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.values(schema.nodes).map((parent) => [parent.name, elementsIn(parent)]),
);

function elementsIn(parent: NodeType): ReadonlySet<string> {
  const types = Object.values(schema.nodes).filter((type) => !type.isText);
  return new Set(
    types.filter((type) => parent.contentMatch.matchType(type) !== null).map(({ name }) => name),
  );
}

/** True when an element may stand in another; `parent` is "doc" at the root. */
export function elementFits(parent: string, element: string): boolean {
  return CHILDREN.get(parent)?.has(element) === true;
}

/** True when an element may hold text. */
export function textFits(parent: string): boolean {
  return schema.nodes[parent]?.inlineContent === true;
}

/** True when an element may have this value of an attribute. */
export function attributeFits(element: string, name: string, value: unknown): boolean {
  const attributes: Attributes = schema.nodes[element]?.spec.attrs ?? {};
  return valueFits(attributes, name, value) && (name !== "level" || headingLevel(value) === value);
}

/** True when text may begin a mark with this value, or end it with null. */
export function markFits(name: string, value: unknown): boolean {
  const mark = schema.marks[name];
  if (!mark || value === null) return mark !== undefined;
  if (typeof value !== "object" || Array.isArray(value)) return false;
  const attributes: Attributes = mark.spec.attrs ?? {};
  const given = Object.entries(value);
  const required = Object.keys(attributes).filter((key) => attributes[key]?.default === undefined);
  return (
    given.every(([key, each]: [string, unknown]) => valueFits(attributes, key, each)) &&
    required.every((key) => Object.hasOwn(value, key))
  );
}

function valueFits(attributes: Attributes, name: string, value: unknown): boolean {
  if (!Object.hasOwn(attributes, name)) return false;
  const { validate } = attributes[name] ?? {};
  const type = value === null ? "null" : typeof value;
  if (typeof validate !== "string") throw new Error(`the schema does not say what ${name} may be`);
  return validate.split("|").includes(type) && (type !== "number" || Number.isFinite(value));
}
