import type { Finding } from "#shared/model/checks.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { Placed } from "../../session/contract.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { isDocument, type MarkGroup } from "./group.ts";
import { isActive, startOf } from "./rows.ts";

export const GROUPINGS = ["position", "tag", "author", "state"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A heading of the text and the position at which it stands. */
export type ListHeading = { readonly from: number; readonly text: string };

/** A row of the list of all marks: the heading of a section, or a mark. */
export type ListRow =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly title: string;
      readonly count: number;
      readonly closed: boolean;
    }
  | { readonly kind: "mark"; readonly key: string; readonly section: string; readonly group: MarkGroup };

export type ListOptions = {
  readonly codebook: Codebook;
  readonly grouping: Grouping;
  /** Headings of the text in its order. */
  readonly outline: readonly ListHeading[];
  readonly findingsOf: (placed: Placed) => readonly Finding[];
  /** Keys of sections that are closed: of these only the chosen mark is shown. */
  readonly closed: ReadonlySet<string>;
  readonly activeKey: string | null;
};

type Section = { readonly key: string; readonly title: string; readonly rank: number };

/**
 * All marks in sections: by heading in the order of the text, by tag and by author the largest first, by
 * state what needs a look first. Inside a section marks keep their order. A text without headings has no
 * sections by position.
 */
export function listRows(groups: readonly MarkGroup[], options: ListOptions): readonly ListRow[] {
  const sections = new Map<string, { readonly section: Section; readonly marks: MarkGroup[] }>();
  for (const group of groups) {
    const section = sectionOf(group, options);
    const known = sections.get(section.key);
    if (known) known.marks.push(group);
    else sections.set(section.key, { section, marks: [group] });
  }
  const bySize = options.grouping === "tag" || options.grouping === "author";
  const sorted = [...sections.values()].sort(
    (one, other) =>
      (bySize ? other.marks.length - one.marks.length : one.section.rank - other.section.rank) ||
      one.section.title.localeCompare(other.section.title),
  );
  return sorted.flatMap(({ section: { key, title }, marks }) => {
    const closed = options.closed.has(key);
    const shown = closed ? marks.filter((group) => isActive(group, options.activeKey)) : marks;
    const rows = shown.map((group): ListRow => ({ kind: "mark", key: group.key, section: key, group }));
    return title === "" ? rows : [{ kind: "heading", key, title, count: marks.length, closed }, ...rows];
  });
}

function sectionOf(group: MarkGroup, { codebook, grouping, outline, findingsOf }: ListOptions): Section {
  const { lead, members } = group;
  const named = (title: string): Section => ({ key: `${grouping} ${title}`, title, rank: 0 });
  switch (grouping) {
    case "position":
      return placeOf(group, outline);
    case "tag":
      return named(lead.annotation.tags.map((tag) => tagLabel(codebook, tag)).join(" + "));
    case "author":
      return named(members.map(({ author }) => author.name).join(" + "));
    case "state": {
      const at = STATES.findIndex(({ holds }) => holds(lead, findingsOf(lead)));
      return { ...named(STATES[at]?.title ?? ""), rank: at };
    }
  }
}

function placeOf(group: MarkGroup, outline: readonly ListHeading[]): Section {
  const section = (key: string, title: string, rank: number): Section => ({
    key: `position ${key}`,
    title,
    rank,
  });
  if (isDocument(group.lead)) return section("whole", "The whole article", -2);
  const from = startOf(group);
  if (group.lead.placement.state === "detached") return section("gone", "Words gone", outline.length);
  const at = from === null ? -1 : outline.findLastIndex((heading) => heading.from <= from);
  const heading = outline[at];
  if (heading) return section(String(at), heading.text, at);
  return section("start", outline.length === 0 ? "" : "Before the first heading", -1);
}

/** What needs a look first; a mark stands under the first that holds. */
const STATES: readonly {
  readonly title: string;
  readonly holds: (placed: Placed, findings: readonly Finding[]) => boolean;
}[] = [
  { title: "Words gone", holds: ({ placement }) => placement.state === "detached" },
  { title: "Incomplete", holds: (_placed, findings) => findings.some(({ missing }) => missing) },
  {
    title: "Words changed",
    holds: ({ placement: { state } }) => state === "edited" || state === "part" || state === "segments",
  },
  { title: "Words not arrived yet", holds: ({ placement }) => placement.state === "locating" },
  { title: "Words as marked", holds: () => true },
];
