import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";

/** Marks of several people on the same words with the same tags: drawn once, with all their faces. */
export type MarkGroup = {
  /** Key of the mark that stands for the group: mine if there is one, else the first. */
  readonly key: string;
  readonly lead: Placed;
  /** All of them, the lead first. */
  readonly members: readonly Placed[];
};

/** Groups equal marks; the groups stand in the order of their first member. */
export function groupEqual(placed: readonly Placed[]): readonly MarkGroup[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const likeness = likenessOf(one);
    const group = groups.get(likeness);
    // Two marks of one person stay two: each is a record that can be changed and deleted.
    if (group && !group.some((member) => member.author.id === one.author.id)) group.push(one);
    else groups.set(group ? `${likeness}|${one.key}` : likeness, [one]);
  }
  return [...groups.values()].map((members) => {
    const lead = members.find((member) => member.mine) ?? members[0];
    if (!lead) throw new Error("A group has at least one member.");
    return { key: lead.key, lead, members: [lead, ...members.filter((member) => member !== lead)] };
  });
}

function likenessOf(placed: Placed): string {
  const { pieces, state } = placed.placement;
  if (pieces.length === 0) return placed.key;
  const where = pieces.map((piece) => `${piece.from}-${piece.to}`).join(",");
  return `${state}|${where}|${[...placed.annotation.tags].sort().join(",")}`;
}

/** What a card is called for screen readers: "Binding, Conditional by Ana and Ben". */
export function cardName(codebook: Codebook, { lead, members }: MarkGroup): string {
  const tags = lead.annotation.tags.map((tag) => tagLabel(codebook, tag)).join(", ");
  const people = members.map(({ author }) => author.name);
  return `${tags} by ${new Intl.ListFormat("en").format(people)}`;
}
