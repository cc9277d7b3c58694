import type { Codebook } from "#shared/model/codebook.ts";

/** What pressing a tag does to a span, decided without touching anything. */
export type TagDecision =
  | { readonly kind: "create"; readonly tags: readonly string[] }
  | {
      readonly kind: "change";
      readonly id: string;
      readonly tags: readonly string[];
      readonly added: boolean;
    }
  | { readonly kind: "delete"; readonly id: string };

/**
 * Pressing `tag` on a span. `existing` is my own mark on exactly this span, if there is one: the tag is
 * added to it or taken from it; a mark that loses its last tag goes. Where the codebook allows one tag a
 * span, the tag takes the place of the others.
 */
export function pressTag(
  codebook: Codebook,
  existing: { readonly id: string; readonly tags: readonly string[] } | null,
  tag: string,
): TagDecision {
  if (!existing) return { kind: "create", tags: [tag] };
  if (existing.tags.includes(tag)) {
    const tags = existing.tags.filter((other) => other !== tag);
    return tags.length === 0
      ? { kind: "delete", id: existing.id }
      : { kind: "change", id: existing.id, tags, added: false };
  }
  const exclusive = codebook.tagMode.default === "exclusive";
  const tags = exclusive ? [tag] : inCodebookOrder(codebook, [...existing.tags, tag]);
  return { kind: "change", id: existing.id, tags, added: true };
}

/** Tags in the order of the codebook, so that equal sets look equal; unknown ones last. */
export function inCodebookOrder(codebook: Codebook, tags: readonly string[]): readonly string[] {
  const place = (tag: string) => {
    const index = codebook.tags.findIndex((definition) => definition.id === tag);
    return index < 0 ? codebook.tags.length : index;
  };
  return [...tags].sort((one, other) => place(one) - place(other));
}
