import type { Annotation } from "./annotation.ts";
import type { Codebook } from "./codebook.ts";

/** Names of people and bodies in marks: one of them may be written in many ways. */

/** Somebody by the spelling that is used most, with all spellings and how often each is used. */
export type NameGroup = {
  readonly name: string;
  readonly uses: number;
  /** The most used first, `name` among them. */
  readonly spellings: readonly string[];
};

export type NameUse = { readonly name: string; readonly uses: number };

/** Longer words are a description and no name, in UTF-16 code units. */
const LONGEST = 80;

/**
 * What two spellings of one name have in common: case, accents, full stops, hyphens, articles,
 * possessives and what stands in brackets do not count. Empty when nothing is left.
 */
export function nameKey(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, " ")
    .replaceAll("&", " and ")
    .replaceAll(/['’‘]s\b|['’‘.]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/^ ?(?:the|a|an) (?=\S)/, "")
    .trim();
}

/** Groups spellings of one name; the most used group first, equal ones by name. */
export function gatherNames(uses: Iterable<NameUse>): readonly NameGroup[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { name, uses: times } of uses) {
    const spelling = name.replaceAll(/\s+/g, " ").trim();
    const key = nameKey(spelling);
    if (key === "" || spelling.length > LONGEST) continue;
    const known = groups.get(key) ?? new Map<string, number>();
    known.set(spelling, (known.get(spelling) ?? 0) + times);
    groups.set(key, known);
  }
  const gathered = [...groups.values()].map((spellings): NameGroup => {
    const sorted = [...spellings].sort((a, b) => b[1] - a[1] || byLength(a[0], b[0]));
    return {
      name: sorted[0]?.[0] ?? "",
      uses: sorted.reduce((sum, [, times]) => sum + times, 0),
      spellings: sorted.map(([spelling]) => spelling),
    };
  });
  return gathered.sort((a, b) => b.uses - a.uses || a.name.localeCompare(b.name, "en"));
}

/** Of spellings used alike the shorter is the name: without article and possessive. */
function byLength(one: string, other: string): number {
  return one.length - other.length || one.localeCompare(other, "en");
}

/** The names in a mark: in its fields, and its words when its tag is called like such a field. */
export function namesIn(
  codebook: Codebook,
  { tags, fields }: Pick<Annotation, "tags" | "fields">,
  words: string,
): readonly string[] {
  const attributes = codebook.attributes
    .filter(({ type }) => type === "entity" || type === "entity[]")
    .map(({ id }) => id);
  const named = attributes.flatMap((id) => fields[id] ?? []);
  return tags.some((tag) => attributes.includes(tag)) ? [...named, words] : named;
}
