import type { Codebook, LinkDefinition } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";

/** Links between the marks of one person. A link stands in the mark it leads from. */

export type LinkView = {
  readonly type: string;
  readonly label: string;
  /** The mark that holds the link. */
  readonly from: Placed;
  /** The mark at the other end; null when it is gone. */
  readonly other: Placed | null;
  /** Id that the link leads to. */
  readonly to: string;
  readonly outgoing: boolean;
};

export type LinkChoice = {
  readonly type: string;
  readonly label: string;
  readonly from: Placed;
  readonly to: Placed;
  readonly other: Placed;
  readonly outgoing: boolean;
};

/** The links of a mark, first those it holds, then those that lead to it. `layer`: all marks of its author. */
export function linksOf(codebook: Codebook, placed: Placed, layer: readonly Placed[]): readonly LinkView[] {
  const labelOf = (type: string) =>
    codebook.relations.find((relation) => relation.id === type)?.label ?? type;
  const outgoing = placed.annotation.links.map(({ type, to }) => ({
    type,
    label: labelOf(type),
    from: placed,
    other: layer.find(({ annotation }) => annotation.id === to) ?? null,
    to,
    outgoing: true,
  }));
  const incoming = layer.flatMap((from) =>
    from.annotation.links
      .filter(({ to }) => to === placed.annotation.id)
      .map(({ type, to }) => ({ type, label: labelOf(type), from, other: from, to, outgoing: false })),
  );
  return [...outgoing, ...incoming];
}

/** What a link is called from this end. */
export function linkName({
  label,
  outgoing,
}: {
  readonly label: string;
  readonly outgoing: boolean;
}): string {
  return outgoing ? label : `${label} this`;
}

/** Whether the codebook has links for marks with these tags, at either end. */
export function canLink(codebook: Codebook, tags: readonly string[]): boolean {
  return codebook.relations.some(
    (relation) =>
      relation.enabled && tags.some((tag) => relation.from.includes(tag) || relation.to.includes(tag)),
  );
}

/** What a mark of mine can be linked with, by the codebook's rules; the nearest in the text first. */
export function linkChoices(
  codebook: Codebook,
  placed: Placed,
  layer: readonly Placed[],
): readonly LinkChoice[] {
  const choices = codebook.relations
    .filter((relation) => relation.enabled)
    .flatMap((relation) =>
      layer
        .filter((other) => other.annotation.id !== placed.annotation.id)
        .flatMap((other) => [
          ...choice(relation, placed, other, placed),
          ...choice(relation, other, placed, placed),
        ]),
    );
  const at = startOf(placed);
  return choices.sort((one, two) => Math.abs(startOf(one.other) - at) - Math.abs(startOf(two.other) - at));
}

function choice(relation: LinkDefinition, from: Placed, to: Placed, self: Placed): readonly LinkChoice[] {
  const fits =
    from.annotation.tags.some((tag) => relation.from.includes(tag)) &&
    to.annotation.tags.some((tag) => relation.to.includes(tag));
  const { links } = from.annotation;
  const there = links.some((link) => link.type === relation.id && link.to === to.annotation.id);
  if (!fits || there) return [];
  const outgoing = from === self;
  return [{ type: relation.id, label: relation.label, from, to, other: outgoing ? to : from, outgoing }];
}

function startOf(placed: Placed): number {
  return placed.placement.pieces[0]?.start ?? Number.MAX_SAFE_INTEGER;
}
