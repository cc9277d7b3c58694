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
  const groups: [Placed, ...Placed[]][] = [];
  // Only marks that begin at the same place are compared; most begin alone.
  const byStart = new Map<number, [Placed, ...Placed[]][]>();
  for (const one of placed) {
    const start = isDocument(one) ? -1 : one.placement.pieces[0]?.from;
    const here = start === undefined ? undefined : byStart.get(start);
    // Two marks of one person stay two: each is a record that can be changed and deleted.
    const group = here?.find(
      (members) => isLike(members[0], one) && !members.some((member) => member.author.id === one.author.id),
    );
    if (group) {
      group.push(one);
      continue;
    }
    const fresh: [Placed, ...Placed[]] = [one];
    groups.push(fresh);
    if (here) here.push(fresh);
    else if (start !== undefined) byStart.set(start, [fresh]);
  }
  return groups.map((members) => {
    const lead = members.find((member) => member.mine) ?? members[0];
    const rest = members.length === 1 ? [] : members.filter((member) => member !== lead);
    return { key: lead.key, lead, members: [lead, ...rest] };
  });
}

/** Whether a mark is about the article as a whole. */
export function isDocument({ annotation }: Placed): boolean {
  return annotation.target.kind === "document";
}

function isLike(one: Placed, other: Placed): boolean {
  const pieces = one.placement.pieces;
  const tags = one.annotation.tags;
  return (
    one.placement.state === other.placement.state &&
    pieces.length === other.placement.pieces.length &&
    pieces.every((piece, at) => {
      const its = other.placement.pieces[at];
      return its?.from === piece.from && its.to === piece.to;
    }) &&
    tags.length === other.annotation.tags.length &&
    tags.every((tag) => other.annotation.tags.includes(tag))
  );
}

/** True when two groups look the same on a card: where their words stand does not matter. */
export function sameOnCard(one: MarkGroup, other: MarkGroup): boolean {
  return (
    one.members.length === other.members.length &&
    one.members.every((member, at) => {
      const its = other.members[at];
      return (
        its === member ||
        (its?.annotation === member.annotation &&
          its.author === member.author &&
          its.mine === member.mine &&
          its.placement.state === member.placement.state &&
          its.placement.text === member.placement.text)
      );
    })
  );
}

/** What a card is called for screen readers: "Binding, Conditional by Ana and Ben". */
export function cardName(codebook: Codebook, { lead, members }: MarkGroup): string {
  const tags = lead.annotation.tags.map((tag) => tagLabel(codebook, tag)).join(", ");
  const people = members.map(({ author }) => author.name);
  return `${tags} by ${NAMES.format(people)}${isDocument(lead) ? ", on the whole article" : ""}`;
}

const NAMES = new Intl.ListFormat("en");
