import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";

/** Names already used in this article, to be offered again: the most used first. */
export function namesUsed(codebook: Codebook, placed: Iterable<Placed>): readonly string[] {
  const entities = codebook.attributes.filter(({ type }) => type === "entity" || type === "entity[]");
  const attributes = entities.map(({ id }) => id);
  const uses = new Map<string, number>();
  const add = (name: string) => {
    const trimmed = name.trim();
    if (trimmed !== "" && trimmed.length <= 80) uses.set(trimmed, (uses.get(trimmed) ?? 0) + 1);
  };
  for (const { annotation, placement } of placed) {
    for (const id of attributes) {
      const value = annotation.fields[id];
      for (const name of typeof value === "string" ? [value] : (value ?? [])) add(name);
    }
    // A tag with the name of such a field marks the words that name somebody.
    if (annotation.tags.some((tag) => attributes.includes(tag))) add(placement.text);
  }
  return [...uses].sort((one, two) => two[1] - one[1] || one[0].localeCompare(two[0])).map(([name]) => name);
}
