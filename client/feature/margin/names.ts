import type { Codebook } from "#shared/model/codebook.ts";
import { gatherNames, nameKey, namesIn, type NameGroup, type NameUse } from "#shared/model/names.ts";
import type { Placed } from "../../session/contract.ts";

/** Names already used in this article, to be offered again: the most used first. */
export function namesUsed(codebook: Codebook, placed: Iterable<Placed>): readonly NameGroup[] {
  return gatherNames(usesIn(codebook, placed));
}

function* usesIn(codebook: Codebook, placed: Iterable<Placed>): Generator<NameUse> {
  for (const { annotation, placement } of placed) {
    for (const name of namesIn(codebook, annotation, placement.text)) yield { name, uses: 1 };
  }
}

/** Names of the workspace, and after them those that only this article has yet. */
export function joinNames(
  workspace: readonly NameGroup[],
  article: readonly NameGroup[],
): readonly NameGroup[] {
  const known = new Set(workspace.map(({ name }) => nameKey(name)));
  return [...workspace, ...article.filter(({ name }) => !known.has(nameKey(name)))];
}

/** The names that a person may mean who has typed `query`: by any spelling, in their order. */
export function matchingNames(
  names: readonly NameGroup[],
  query: string,
  most: number,
): readonly NameGroup[] {
  const wanted = nameKey(query);
  const found = names.filter(
    ({ spellings }) => wanted === "" || spellings.some((spelling) => nameKey(spelling).includes(wanted)),
  );
  return found.slice(0, most);
}

/** A list of names without a second spelling of one that is there. */
export function withoutDoubles(names: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  return names.filter((name) => {
    const key = nameKey(name) || name;
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}
