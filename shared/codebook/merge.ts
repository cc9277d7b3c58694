import type { Codebook } from "../model/codebook.ts";
import { same } from "./diff.ts";

/**
 * Two people's changes to one draft, put together. Entries (a tag, a field, a rule) are taken as wholes:
 * where only one of the two changed an entry, the change holds; where both did, mine holds and the entry
 * is named, so that nothing is lost unseen.
 */

export type Conflict = { readonly part: string; readonly id: string; readonly label: string };
export type MergedDraft = { readonly codebook: Codebook; readonly conflicts: readonly Conflict[] };

const VALUES = [
  "id",
  "version",
  "language",
  "title",
  "summary",
  "tagMode",
  "quickForm",
] as const satisfies readonly (keyof Codebook)[];

/** `base` is what both began with. */
export function mergeDrafts(base: Codebook, mine: Codebook, theirs: Codebook): MergedDraft {
  const conflicts: Conflict[] = [];
  const merged: Codebook = { ...theirs };
  for (const name of VALUES) {
    const value = pick(base[name], mine[name], theirs[name]);
    if (value === "both") conflicts.push({ part: "about", id: name, label: name });
    if (value !== "theirs") Object.assign(merged, { [name]: mine[name] });
  }
  const list = <T extends Entry>(part: string, of: (codebook: Codebook) => readonly T[]): T[] =>
    mergeList(part, { base: of(base), mine: of(mine), theirs: of(theirs) }, conflicts);
  merged.groups = list("groups", ({ groups }) => groups);
  merged.tags = list("tags", ({ tags }) => tags);
  merged.attributes = list("attributes", ({ attributes }) => attributes);
  merged.relations = list("relations", ({ relations }) => relations);
  merged.checks = list("checks", ({ checks }) => checks);
  const numbered = (codebook: Codebook) =>
    codebook.rules.map((rule) => ({ id: String(rule.n), label: rule.title, rule }));
  merged.rules = list("rules", numbered).map(({ rule }) => rule);
  return { codebook: merged, conflicts };
}

type Sides<T> = { readonly base: readonly T[]; readonly mine: readonly T[]; readonly theirs: readonly T[] };
type Entry = { readonly id: string; readonly label?: string; readonly message?: string };

function mergeList<T extends Entry>(part: string, sides: Sides<T>, conflicts: Conflict[]): T[] {
  const { base, mine, theirs } = sides;
  const [was, my, their] = [base, mine, theirs].map((list) => new Map(list.map((one) => [one.id, one])));
  const kept = new Map<string, T>();
  for (const id of new Set([...mine, ...theirs].map((one) => one.id))) {
    const [a, b] = [my?.get(id), their?.get(id)];
    const side = pick(was?.get(id), a, b);
    const chosen = side === "theirs" ? b : a;
    if (side === "both") {
      const { label, message } = (a ?? b) as Entry;
      conflicts.push({ part, id, label: label ?? message ?? id });
    }
    if (chosen) kept.set(id, chosen);
  }
  return inOrder(sides, kept);
}

/** In my order when I moved something, otherwise in theirs; what only the other has comes after its neighbour. */
function inOrder<T extends Entry>({ base, mine, theirs }: Sides<T>, kept: ReadonlyMap<string, T>): T[] {
  const idsOf = (list: readonly T[]) => list.map(({ id }) => id);
  const known = new Set(idsOf(base));
  const mutual = (list: readonly T[], other: readonly T[]) => {
    const there = new Set(idsOf(other));
    return idsOf(list).filter((id) => there.has(id) && known.has(id));
  };
  const iMoved = !same(mutual(mine, base), mutual(base, mine));
  const [first, second] = iMoved ? [mine, theirs] : [theirs, mine];
  const order = idsOf(first).filter((id) => kept.has(id));
  idsOf(second).forEach((id, at, list) => {
    if (order.includes(id) || !kept.has(id)) return;
    const before = list.slice(0, at).findLast((one) => order.includes(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
  });
  return order.flatMap((id) => kept.get(id) ?? []);
}

function pick(base: unknown, mine: unknown, theirs: unknown): "mine" | "theirs" | "both" {
  if (same(mine, theirs) || same(mine, base)) return "theirs";
  return same(theirs, base) ? "mine" : "both";
}
