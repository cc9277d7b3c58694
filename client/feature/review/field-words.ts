import type { FieldValue } from "#shared/model/annotation.ts";
import type { Codebook } from "#shared/model/codebook.ts";

/** What a field is called; one that this codebook no longer has keeps its id. */
export function fieldName(codebook: Codebook, id: string): string {
  return codebook.attributes.find((attribute) => attribute.id === id)?.label ?? id;
}

/** A value as people read it: labels instead of ids, several with commas; empty for none. */
export function valueWords(codebook: Codebook, id: string, value: FieldValue | undefined): string {
  const options = codebook.attributes.find((attribute) => attribute.id === id)?.options ?? [];
  const parts = typeof value === "string" ? [value] : (value ?? []);
  return parts
    .filter((part) => part !== "")
    .map((part) => options.find((option) => option.id === part)?.label ?? part)
    .join(", ");
}
