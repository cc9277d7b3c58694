import type { Codebook } from "#shared/model/codebook.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { isDocument, type MarkGroup } from "./group.ts";

export const GROUPINGS = ["position", "tag", "author"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A row of the list of all marks: the heading of a section, or a mark. */
export type ListRow =
  | { readonly kind: "heading"; readonly key: string; readonly title: string; readonly count: number }
  | { readonly kind: "mark"; readonly key: string; readonly group: MarkGroup };

/** All marks in sections. By position there is one heading only, before marks whose words are gone. */
export function listRows(
  codebook: Codebook,
  groups: readonly MarkGroup[],
  grouping: Grouping,
): readonly ListRow[] {
  const sections = [...Map.groupBy(groups, (group) => titleOf(codebook, group, grouping))];
  if (grouping !== "position") {
    sections.sort((one, other) => other[1].length - one[1].length || one[0].localeCompare(other[0]));
  }
  return sections.flatMap(([title, list]) => [
    ...(title === ""
      ? []
      : [{ kind: "heading" as const, key: `heading-${title}`, title, count: list.length }]),
    ...list.map((group) => ({ kind: "mark" as const, key: group.key, group })),
  ]);
}

function titleOf(codebook: Codebook, { lead, members }: MarkGroup, grouping: Grouping): string {
  switch (grouping) {
    case "position":
      if (isDocument(lead)) return "The whole article";
      return lead.placement.state === "detached" ? "Words gone" : "";
    case "tag":
      return lead.annotation.tags.map((tag) => tagLabel(codebook, tag)).join(" + ");
    case "author":
      return members.map(({ author }) => author.name).join(" + ");
  }
}
