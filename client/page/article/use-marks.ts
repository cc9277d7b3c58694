import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { countMarks, type Counts } from "#shared/model/counts.ts";
import type { Person } from "#shared/model/snapshot.ts";
import {
  facetCounts,
  factsOf,
  isEverything,
  matches,
  type FacetCounts,
  type Filter,
} from "../../feature/filters/filter.ts";
import { groupEqual, isDocument, type MarkGroup } from "../../feature/margin/group.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { useAfterPaint } from "../../session/use-after-paint.ts";
import { usePainted } from "../../session/use-painted.ts";
import { useReadable } from "../../session/use-readable.ts";
import { MarkFacts } from "./mark-facts.ts";
import { signsIn } from "./review-signs.ts";

/** The marks that are shown. */
export type Shown = {
  /** About the article as a whole. */
  readonly whole: readonly MarkGroup[];
  /** Standing in the text, equal ones together. */
  readonly groups: readonly MarkGroup[];
  /** Their words are gone. */
  readonly detached: readonly MarkGroup[];
  /** Both. */
  readonly all: readonly MarkGroup[];
  /** For a mark that is drawn together with others: the one that stands for them. The same while they are. */
  readonly leads: ReadonlyMap<string, string>;
};

/** How many there are. */
export type Tally = {
  readonly counts: Counts;
  readonly facets: FacetCounts;
  readonly authors: readonly Person[];
  readonly unreadable: number;
};

export type Marks = {
  readonly facts: MarkFacts;
  readonly byKey: ReadonlyMap<string, Placed>;
  /** For the editor; undefined: everything is shown. */
  readonly shows: ((placed: Placed) => boolean) | undefined;
  readonly shown: Shown;
  readonly tally: Tally;
  readonly total: number;
  /** How many are mine. */
  readonly mine: number;
};

/**
 * Everything the screens derive from the marks of an article and the filter. The text shows a change of
 * marks at once, cards in the frame after it, and what many marks go into a moment later.
 */
export function useMarks(session: ArticleSession, filter: Filter): Marks {
  const codebook = useReadable(session.codebookNow);
  const shownMarkup = usePainted(session.markup);
  const facts = useMemo(() => new MarkFacts(shownMarkup, codebook), [shownMarkup, codebook]);
  const { findingsOf } = facts;
  const markup = useReadable(shownMarkup);
  const content = useReadable(facts.content);
  const signs = useReadable(signsIn(session));

  const predicate = useCallback(
    (wanted: Filter) =>
      isEverything(wanted)
        ? undefined
        : (placed: Placed) => matches(wanted, factsOf(placed, findingsOf(placed), signs.get(placed.key))),
    [findingsOf, signs],
  );
  const shows = useMemo(() => predicate(filter), [predicate, filter]);
  const laterFilter = useAfterPaint(filter);
  const laterShows = useMemo(() => predicate(laterFilter), [predicate, laterFilter]);

  const laterPlaced = useDeferredValue(markup.placed);
  const fresh = useMemo<Shown>(() => {
    const all = groupEqual(laterShows ? laterPlaced.filter(laterShows) : laterPlaced);
    const gone = ({ lead }: MarkGroup) => lead.placement.state === "detached";
    const whole = all.filter(({ lead }) => isDocument(lead));
    const groups = all.filter((group) => !gone(group) && !isDocument(group.lead));
    const together = groups.filter(({ members }) => members.length > 1);
    const leads = together.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const));
    return { whole, groups, detached: all.filter(gone), all, leads: new Map(leads) };
  }, [laterPlaced, laterShows]);
  const [leads, setLeads] = useState(fresh.leads);
  if (leads !== fresh.leads && !sameLeads(leads, fresh.leads)) setLeads(fresh.leads);
  const shown = useMemo<Shown>(() => ({ ...fresh, leads }), [fresh, leads]);

  const laterContent = useDeferredValue(content);
  const { unreadable } = markup;
  const tally = useMemo<Tally>(() => {
    const counts = countMarks(
      laterContent.map(({ author, annotation }) => ({ author, tags: annotation.tags })),
    );
    const facets = facetCounts(
      laterFilter,
      laterContent.map((placed) => factsOf(placed, findingsOf(placed), signs.get(placed.key))),
    );
    return { counts, facets, authors: counts.byAuthor.map(({ author }) => author), unreadable };
  }, [laterContent, laterFilter, findingsOf, signs, unreadable]);

  const mine = useMemo(() => content.filter((placed) => placed.mine).length, [content]);
  return { facts, byKey: markup.byKey, shows, shown, tally, total: content.length, mine };
}

function sameLeads(one: Shown["leads"], other: Shown["leads"]): boolean {
  return one.size === other.size && [...one].every(([key, lead]) => other.get(key) === lead);
}
