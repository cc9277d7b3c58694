import type { Codebook, TagDefinition } from "#shared/model/codebook.ts";

/**
 * A tag's colours in the text. Fills are translucent, so that two marks on the same words are both seen,
 * and weak enough that the text stays readable on two of them. Lines are the codebook's own.
 */

export const FILL_ALPHA = { light: 0.24, dark: 0.22 } as const;

export type TagColours = { readonly line: string; readonly fill: string };

/** Colours of a tag in one theme; the dark fill is made of the line, since a dark hue would not show. */
export function tagColours(tag: TagDefinition, theme: "light" | "dark"): TagColours {
  const base = theme === "light" ? tag.color : tag.dark.line;
  return { line: tag[theme].line, fill: withAlpha(base, FILL_ALPHA[theme]) };
}

/** Custom properties `--tag-<id>-line` and `--tag-<id>-fill` for both themes. */
export function tagProperties(codebook: Codebook): Readonly<Record<string, string>> {
  return Object.fromEntries(
    codebook.tags.flatMap((tag) => {
      const light = tagColours(tag, "light");
      const dark = tagColours(tag, "dark");
      return [
        [`--tag-${tag.id}-line`, `light-dark(${light.line}, ${dark.line})`],
        [`--tag-${tag.id}-fill`, `light-dark(${light.fill}, ${dark.fill})`],
      ];
    }),
  );
}

/** Channels 0 to 255 of `#RRGGBB`. */
export function channels(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function withAlpha(color: string, alpha: number): string {
  return `rgb(${channels(color).join(" ")} / ${String(alpha)})`;
}
