import { attributesFor, type AttributeDefinition, type Codebook } from "../model/codebook.ts";
import type { Annotation, FieldValue } from "../model/annotation.ts";
import type { Misfit } from "./misfit.ts";

/** Where a mark says something that a codebook has no place for. Nothing is changed or hidden because of it. */

export type Sayings = Pick<Annotation, "id" | "tags" | "fields" | "links">;

/** The tags of a mark of the same layer by its id; null when there is none. */
export type TagsOf = (id: string) => readonly string[] | null;

/** Each misfit of a mark once. */
export function misfits(codebook: Codebook, mark: Sayings, tagsOf: TagsOf): readonly Misfit[] {
  return [...ofTags(codebook, mark), ...ofFields(codebook, mark), ...ofLinks(codebook, mark, tagsOf)];
}

function ofTags(codebook: Codebook, { tags }: Sayings): Misfit[] {
  const found = tags.flatMap((id): Misfit[] => {
    const tag = codebook.tags.find((one) => one.id === id);
    if (!tag) return [{ kind: "tag", subject: id }];
    return tag.enabled ? [] : [{ kind: "tag-off", subject: id }];
  });
  const crowded = codebook.tagMode.default === "exclusive" && tags.length > 1;
  return crowded ? [...found, { kind: "exclusive", subject: "" }] : found;
}

function ofFields(codebook: Codebook, { tags, fields }: Sayings): Misfit[] {
  const fitting = attributesFor(codebook, tags);
  return Object.entries(fields).flatMap(([id, value]): Misfit[] => {
    const attribute = codebook.attributes.find((one) => one.id === id);
    if (!attribute) return [{ kind: "field", subject: id }];
    if (!takesValue(attribute, value)) return [{ kind: "value", subject: id }];
    return fitting.includes(attribute) ? [] : [{ kind: "field-off", subject: id }];
  });
}

export function isListType(type: AttributeDefinition["type"]): boolean {
  return type === "choice[]" || type === "entity[]";
}

/** True when a field takes this value: one text or a list, and where there are choices one of them. */
export function takesValue(attribute: AttributeDefinition, value: FieldValue): boolean {
  if (isListType(attribute.type) !== Array.isArray(value)) return false;
  if (!attribute.type.startsWith("choice")) return true;
  const parts = typeof value === "string" ? [value] : value;
  return parts.every((part) => part === "" || attribute.options.some(({ id }) => id === part));
}

function ofLinks(codebook: Codebook, { tags, links }: Sayings, tagsOf: TagsOf): Misfit[] {
  const found = new Map<string, Misfit>();
  for (const { type, to } of links) {
    const link = codebook.relations.find(({ id, enabled }) => id === type && enabled);
    if (!link) found.set(`link ${type}`, { kind: "link", subject: type });
    else {
      const target = tagsOf(to);
      const fits = anyOf(link.from, tags) && (target === null || anyOf(link.to, target));
      if (!fits) found.set(`end ${type}`, { kind: "link-end", subject: type });
    }
  }
  return [...found.values()];
}

function anyOf(allowed: readonly string[], tags: readonly string[]): boolean {
  return allowed.includes("*") || tags.some((tag) => allowed.includes(tag));
}
