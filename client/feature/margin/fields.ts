import type { Annotation, FieldValue } from "#shared/model/annotation.ts";
import { attributesFor, type AttributeDefinition, type Codebook } from "#shared/model/codebook.ts";
import { isEmptyField } from "#shared/model/checks.ts";

/** The attribute that is kept as the mark's own note. */
export const NOTE = "note";

/** Fields of a card: those of the quick form first, the rest behind "More fields". */
export type FieldPlan = {
  readonly quick: readonly AttributeDefinition[];
  readonly more: readonly AttributeDefinition[];
};

/** `asked`: attributes that a check asks for; they are always in the first part. */
export function planFields(codebook: Codebook, tags: readonly string[], asked: readonly string[]): FieldPlan {
  // An entry of the quick form is an attribute, perhaps with a remark for readers: "condition (only if ...)".
  const first = codebook.quickForm.map((entry) => entry.split(" ", 1)[0] ?? "");
  const attributes = attributesFor(codebook, tags).filter(({ id }) => id !== NOTE);
  const isQuick = ({ id }: AttributeDefinition) => first.includes(id) || asked.includes(id);
  return {
    quick: attributes.filter(isQuick),
    more: attributes.filter((attribute) => !isQuick(attribute)),
  };
}

/** The fields with one set; an empty value takes the field away. */
export function withField(
  fields: Annotation["fields"],
  id: string,
  value: FieldValue | null,
): Annotation["fields"] {
  const { [id]: _old, ...rest } = fields;
  return value === null || isEmptyField(value) ? rest : { ...rest, [id]: value };
}

/** A value as people read it: labels instead of ids, several with commas. */
export function fieldText(attribute: AttributeDefinition, value: FieldValue | undefined): string {
  const parts = typeof value === "string" ? [value] : (value ?? []);
  return parts
    .map((part) => {
      const option = attribute.options.find(({ id }) => id === part);
      return option ? optionLabel(option) : part;
    })
    .join(", ");
}

/** What an option is called; one without a label of its own is read from its id: "military-aid". */
export function optionLabel({ id, label }: { readonly id: string; readonly label: string }): string {
  if (label !== id || !/^[a-z]+(?:-[a-z]+)*$/.test(id)) return label;
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What picking words from the text does to a field: a list grows, a single value is replaced. */
export function pickedInto(
  attribute: AttributeDefinition,
  value: FieldValue | undefined,
  words: string,
): FieldValue {
  const clean = words.replaceAll(/\s+/g, " ").trim();
  if (!attribute.type.endsWith("[]")) return clean;
  const list = typeof value === "string" ? [value] : (value ?? []);
  return list.includes(clean) ? list : [...list, clean];
}

/** Whether words of the text make sense in a field: not where one chooses from a list. */
export function takesWords(attribute: AttributeDefinition): boolean {
  return attribute.type !== "choice" && attribute.type !== "choice[]";
}

/** One line that says what a mark is about, for a closed card. */
export function summaryOf(codebook: Codebook, annotation: Annotation): string {
  const parts = codebook.quickForm
    .map((entry) => entry.split(" ", 1)[0] ?? "")
    .concat("action", "deadline")
    .flatMap((id) => {
      const attribute = codebook.attributes.find((one) => one.id === id);
      const isName = attribute !== undefined && takesWords(attribute);
      return isName ? [fieldText(attribute, annotation.fields[id])] : [];
    })
    .filter((part) => part !== "");
  return parts.length > 0 ? parts.join(" · ") : annotation.note;
}
