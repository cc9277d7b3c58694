import type { CSSProperties } from "react";
import type { Codebook, TagDefinition } from "#shared/model/codebook.ts";
import css from "./tag-chip.module.css";

/** A tag's colours as CSS variables, for either theme. */
export function tagColours(tag: TagDefinition): CSSProperties {
  return {
    "--tag-fill": `light-dark(${tag.light.background}, ${tag.dark.background})`,
    "--tag-line": `light-dark(${tag.light.line}, ${tag.dark.line})`,
    "--tag-ink": `light-dark(${tag.light.text}, ${tag.dark.text})`,
  } as CSSProperties;
}

/** The definition of a tag; for one that this codebook no longer has, null. */
export function tagOf(codebook: Codebook, id: string): TagDefinition | null {
  return codebook.tags.find((tag) => tag.id === id) ?? null;
}

/** What a tag is called; an unknown one keeps its id. */
export function tagLabel(codebook: Codebook, id: string): string {
  return tagOf(codebook, id)?.label ?? id;
}

/** A tag as it looks in the text: its tint and its line, with its name. */
export function TagChip({ codebook, id }: { codebook: Codebook; id: string }) {
  const tag = tagOf(codebook, id);
  if (!tag) return <span className={css.unknown}>{id}</span>;
  return (
    <span className={css.chip} style={tagColours(tag)} data-line={tag.pattern}>
      <span className={css.name}>{tag.label}</span>
    </span>
  );
}

/** The look of a tag alone, beside its name. */
export function TagSwatch({ tag }: { tag: TagDefinition }) {
  return (
    <span className={css.swatch} style={tagColours(tag)} data-line={tag.pattern} aria-hidden>
      <span className={css.name}>ab</span>
    </span>
  );
}
