import { checker, linkedIds, type Finding } from "#shared/model/checks.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";

/** Checks a mark when somebody asks, once. `all` are the marks of the article as they stand now. */
export function findingsReader(
  codebook: Codebook,
  all: readonly Placed[],
): (placed: Placed) => readonly Finding[] {
  const check = checker(codebook);
  const linked = new Map<string, ReadonlySet<string>>();
  const known = new WeakMap<Placed, readonly Finding[]>();

  const linkedIn = (author: string): ReadonlySet<string> => {
    const there = linked.get(author);
    if (there) return there;
    const layer = all.filter((placed) => placed.author.id === author);
    const ids = linkedIds(layer.map(({ annotation }) => annotation));
    linked.set(author, ids);
    return ids;
  };
  return (placed) => {
    const there = known.get(placed);
    if (there) return there;
    const { id, tags, fields, links } = placed.annotation;
    const findings = check(
      { id, tags, fields, links, text: placed.placement.text },
      linkedIn(placed.author.id),
    );
    known.set(placed, findings);
    return findings;
  };
}
