import { attributesFor, type AttributeDefinition, type Codebook } from "#shared/model/codebook.ts";
import type { FieldValue, Link } from "#shared/model/annotation.ts";

/**
 * What a codebook allows a mark to say. Unlike the codebook's own checks, which are advice, a script's
 * marks that break these rules are refused, because no screen could show or change them.
 */

export type Claim = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly Link[];
};

/** `path` names the place within one claim, `message` what to change. */
export type Mistake = { readonly path: string; readonly message: string };

/** Tags of the mark that a link leads to, or null when there is no such mark. */
export type TagsOf = (id: string) => readonly string[] | null;

export function checkClaim(codebook: Codebook, claim: Claim, tagsOf: TagsOf): Mistake[] {
  return [
    ...checkTags(codebook, claim.tags),
    ...checkFields(codebook, claim),
    ...checkLinks(codebook, claim, tagsOf),
  ];
}

function checkTags(codebook: Codebook, tags: readonly string[]): Mistake[] {
  const mistakes: Mistake[] = [];
  tags.forEach((id, at) => {
    const tag = codebook.tags.find((one) => one.id === id);
    if (!tag) mistakes.push({ path: `tags.${at}`, message: `The codebook has no tag "${id}".` });
    else if (!tag.enabled) mistakes.push({ path: `tags.${at}`, message: `The tag "${id}" is switched off.` });
    else if (tags.indexOf(id) !== at)
      mistakes.push({ path: `tags.${at}`, message: "This tag stands twice." });
  });
  if (codebook.tagMode.default === "exclusive" && tags.length > 1) {
    mistakes.push({ path: "tags", message: "This codebook takes one tag a mark." });
  }
  return mistakes;
}

function checkFields(codebook: Codebook, claim: Claim): Mistake[] {
  const fitting = attributesFor(codebook, claim.tags);
  return Object.entries(claim.fields).flatMap(([id, value]) => {
    const path = `fields.${id}`;
    const attribute = codebook.attributes.find((one) => one.id === id);
    if (!attribute) return [{ path, message: `The codebook has no field "${id}".` }];
    if (!fitting.includes(attribute)) {
      return [{ path, message: `"${id}" belongs to marks with one of: ${attribute.appliesTo.join(", ")}.` }];
    }
    const message = checkValue(attribute, value);
    return message === null ? [] : [{ path, message }];
  });
}

function checkValue(attribute: AttributeDefinition, value: FieldValue): string | null {
  const many = attribute.type === "choice[]" || attribute.type === "entity[]";
  if (many !== Array.isArray(value)) return many ? "Give a list of texts." : "Give one text.";
  if (value.length === 0) return null;
  const options = attribute.options.map((option) => option.id);
  switch (attribute.type) {
    case "choice":
    case "choice[]": {
      const chosen = typeof value === "string" ? [value] : value;
      const wrong = chosen.find((one) => !options.includes(one));
      return wrong === undefined ? null : `"${wrong}" is none of: ${options.join(", ")}.`;
    }
    case "text":
    case "date":
    case "span":
    case "entity":
    case "entity[]":
      return null;
  }
}

function checkLinks(codebook: Codebook, claim: Claim, tagsOf: TagsOf): Mistake[] {
  const seen = new Map<string, number>();
  return claim.links.flatMap(({ type, to }, at) => {
    const path = `links.${at}`;
    const link = codebook.relations.find((one) => one.id === type && one.enabled);
    if (!link) return [{ path: `${path}.type`, message: `The codebook has no link "${type}".` }];
    const target = tagsOf(to);
    if (!target) return [{ path: `${path}.to`, message: `There is no mark "${to}" in your layer.` }];
    if (to === claim.id) return [{ path: `${path}.to`, message: "A mark cannot be linked to itself." }];
    if (!anyOf(link.from, claim.tags)) {
      return [{ path, message: `"${type}" begins at marks with one of: ${link.from.join(", ")}.` }];
    }
    if (!anyOf(link.to, target)) {
      return [{ path, message: `"${type}" leads to marks with one of: ${link.to.join(", ")}.` }];
    }
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    return before > 0 && !link.many ? [{ path, message: `A mark has one link "${type}" at most.` }] : [];
  });
}

function anyOf(allowed: readonly string[], tags: readonly string[]): boolean {
  return allowed.includes("*") || tags.some((tag) => allowed.includes(tag));
}
