import type { Annotation } from "./annotation.ts";
import { attributesFor, type Codebook } from "./codebook.ts";

/**
 * The codebook's checks, applied to one mark. A check is advice beside the mark; nothing is ever
 * refused because of it. `when` is a sentence of one of five forms, so that a codebook stays readable:
 *
 * - `<tag> without <attribute> text or <link>`
 * - `<tag> and <tag> on one span`
 * - `<tag> with <attribute> <option>`
 * - `<attribute or tag> text names an event (<word>, <word>)`
 * - `<group> with no relation`
 */
export type CheckCondition =
  | {
      readonly kind: "without";
      readonly tag: string;
      readonly attributes: readonly string[];
      readonly links: readonly string[];
    }
  | { readonly kind: "together"; readonly tags: readonly [string, string] }
  | { readonly kind: "value"; readonly tag: string; readonly attribute: string; readonly option: string }
  | { readonly kind: "words"; readonly of: string; readonly words: readonly string[] }
  | { readonly kind: "unlinked"; readonly tags: readonly string[] };

export type CheckableMark = Pick<Annotation, "id" | "tags" | "fields" | "links"> & {
  /** The words it covers now. */
  readonly text: string;
};

export type Finding = {
  readonly id: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** True when something that the codebook asks for is not there yet. */
  readonly missing: boolean;
  /** The attribute to fill in or to look at, if there is one. */
  readonly attribute: string | null;
  /** Number of the codebook's rule that says why, if the check names one. */
  readonly rule?: number;
};

/** The condition a `when` sentence states, or null when it has none of the five forms. */
export function parseCheck(when: string, codebook: Codebook): CheckCondition | null {
  const sentence = when.trim();
  const isTag = (name: string) => codebook.tags.some((tag) => tag.id === name);
  const isAttribute = (name: string) => codebook.attributes.some((attribute) => attribute.id === name);

  const without = /^(\S+) without (.+)$/.exec(sentence);
  if (without) {
    const [, tag = "", rest = ""] = without;
    const names = rest.split(" or ").map((part) => part.replace(/ text$/, "").trim());
    const attributes = names.filter(isAttribute);
    const links = names.filter((name) => codebook.relations.some((link) => link.id === name));
    return isTag(tag) && names.length === attributes.length + links.length
      ? { kind: "without", tag, attributes, links }
      : null;
  }
  const together = /^(\S+) and (\S+) on one span$/.exec(sentence);
  if (together) {
    const [, one = "", other = ""] = together;
    return isTag(one) && isTag(other) ? { kind: "together", tags: [one, other] } : null;
  }
  const words = /^(\S+) text names an event \((.+)\)$/.exec(sentence);
  if (words) {
    const [, of = "", list = ""] = words;
    return isTag(of) || isAttribute(of)
      ? { kind: "words", of, words: list.split(",").map((word) => word.trim().toLowerCase()) }
      : null;
  }
  const unlinked = /^(\S+) with no relation$/.exec(sentence);
  if (unlinked) {
    const tags = codebook.tags.filter((tag) => tag.group === unlinked[1] || tag.id === unlinked[1]);
    return tags.length > 0 ? { kind: "unlinked", tags: tags.map((tag) => tag.id) } : null;
  }
  const value = /^(\S+) with (\S+) (\S+)$/.exec(sentence);
  if (value) {
    const [, tag = "", attribute = "", option = ""] = value;
    return isTag(tag) && isAttribute(attribute) ? { kind: "value", tag, attribute, option } : null;
  }
  return null;
}

/** Ids of annotations that a link of another annotation in the same layer leads to. */
export function linkedIds(annotations: Iterable<Pick<Annotation, "links">>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const annotation of annotations) for (const link of annotation.links) ids.add(link.to);
  return ids;
}

/** True when a field holds nothing but white space. */
export function isEmptyField(value: string | readonly string[] | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === "string" ? value.trim() === "" : value.every((part) => part.trim() === "");
}

/** Makes the function that checks marks against a codebook. `linked` comes from `linkedIds`. */
export function checker(
  codebook: Codebook,
): (mark: CheckableMark, linked: ReadonlySet<string>) => readonly Finding[] {
  const rules = codebook.checks.flatMap((check) => {
    const condition = parseCheck(check.when, codebook);
    return condition ? [{ check, condition }] : [];
  });
  return (mark, linked) => {
    const findings: Finding[] = [];
    const asked = new Set<string>();
    for (const { check, condition } of rules) {
      if (condition.kind === "without" && mark.tags.includes(condition.tag)) {
        for (const attribute of condition.attributes) asked.add(attribute);
      }
      if (!holds(condition, mark, linked)) continue;
      findings.push({
        id: check.id,
        severity: check.severity,
        message: check.message,
        missing: condition.kind === "without",
        attribute: attributeOf(condition),
        ...(check.rule === undefined ? {} : { rule: check.rule }),
      });
    }
    for (const attribute of attributesFor(codebook, mark.tags)) {
      const needed = attribute.requiredWhen !== undefined && mark.tags.includes(attribute.requiredWhen);
      if (!needed || asked.has(attribute.id) || !isEmptyField(mark.fields[attribute.id])) continue;
      findings.push({
        id: `required-${attribute.id}`,
        severity: "warning",
        message: `${attribute.label} is not filled in yet.`,
        missing: true,
        attribute: attribute.id,
      });
    }
    return findings;
  };
}

function holds(condition: CheckCondition, mark: CheckableMark, linked: ReadonlySet<string>): boolean {
  switch (condition.kind) {
    case "without":
      return (
        mark.tags.includes(condition.tag) &&
        condition.attributes.every((attribute) => isEmptyField(mark.fields[attribute])) &&
        !mark.links.some((link) => condition.links.includes(link.type))
      );
    case "together":
      return condition.tags.every((tag) => mark.tags.includes(tag));
    case "value": {
      const value = mark.fields[condition.attribute];
      return (
        mark.tags.includes(condition.tag) &&
        (Array.isArray(value) ? value : [value]).includes(condition.option)
      );
    }
    case "words": {
      const field = mark.fields[condition.of];
      const parts = Array.isArray(field) ? field : [field ?? ""];
      const text = [...parts, mark.tags.includes(condition.of) ? mark.text : ""].join(" ").toLowerCase();
      return condition.words.some((word) => text.includes(word));
    }
    case "unlinked":
      return (
        mark.tags.length > 0 &&
        mark.tags.every((tag) => condition.tags.includes(tag)) &&
        mark.links.length === 0 &&
        !linked.has(mark.id)
      );
  }
}

function attributeOf(condition: CheckCondition): string | null {
  switch (condition.kind) {
    case "without":
      return condition.attributes[0] ?? null;
    case "value":
      return condition.attribute;
    case "words":
      return condition.of;
    case "together":
    case "unlinked":
      return null;
  }
}
