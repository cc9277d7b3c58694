import { useCallback, useDeferredValue, useMemo } from "react";
import type { Finding } from "#shared/model/checks.ts";
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
import { groupEqual, type MarkGroup } from "../../feature/margin/group.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { findingsReader } from "./findings.ts";

export type Marks = {
  readonly all: readonly Placed[];
  readonly byKey: ReadonlyMap<string, Placed>;
  readonly unreadable: number;
  /** Shown and standing in the text, equal ones together. */
  readonly groups: readonly MarkGroup[];
  /** Shown, but their words are gone. */
  readonly detached: readonly MarkGroup[];
  /** For the editor; undefined: everything is shown. */
  readonly shows: ((placed: Placed) => boolean) | undefined;
  readonly counts: Counts;
  readonly facets: FacetCounts;
  readonly authors: readonly Person[];
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  /** How many are mine. */
  readonly mine: number;
  /** The mark that stands for each mark that is drawn together with others. */
  readonly leads: ReadonlyMap<string, string>;
  readonly findingsOf: (placed: Placed) => readonly Finding[];
  readonly layerOf: (author: string) => readonly Placed[];
};

/** Everything the screens derive from the marks of an article and the filter. */
export function useMarks(
  session: ArticleSession,
  filter: Filter,
  setFilter: (filter: Filter) => void,
): Marks {
  const { placed: all, byKey, unreadable } = useReadable(session.markup);
  const findingsOf = useMemo(() => findingsReader(session.codebook, all), [session, all]);

  const layers = useMemo(() => Map.groupBy(all, ({ author }) => author.id), [all]);
  const layerOf = useCallback((author: string) => layers.get(author) ?? [], [layers]);

  const shows = useMemo(
    () =>
      isEverything(filter)
        ? undefined
        : (placed: Placed) => matches(filter, factsOf(placed, findingsOf(placed))),
    [filter, findingsOf],
  );
  const { groups, detached } = useMemo(() => {
    const shown = groupEqual(shows ? all.filter(shows) : all);
    const gone = ({ lead }: MarkGroup) => lead.placement.state === "detached";
    return { groups: shown.filter((group) => !gone(group)), detached: shown.filter(gone) };
  }, [all, shows]);

  // Numbers may come a moment later than the marks: typing does not wait for them.
  const later = useDeferredValue(all);
  const counts = useMemo(
    () => countMarks(later.map(({ author, annotation }) => ({ author, tags: annotation.tags }))),
    [later],
  );
  const facets = useMemo(
    () =>
      facetCounts(
        filter,
        later.map((placed) => factsOf(placed, findingsOf(placed))),
      ),
    [filter, later, findingsOf],
  );
  const authors = useMemo(() => counts.byAuthor.map(({ author }) => author), [counts]);

  const leads = useMemo(
    () => new Map(groups.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const))),
    [groups],
  );
  const mine = layerOf(session.me.id).length;

  return useMemo(
    () => ({
      all,
      byKey,
      unreadable,
      groups,
      detached,
      shows,
      counts,
      facets,
      authors,
      filter,
      setFilter,
      mine,
      leads,
      findingsOf,
      layerOf,
    }),
    [
      all,
      byKey,
      unreadable,
      groups,
      detached,
      shows,
      counts,
      facets,
      authors,
      filter,
      setFilter,
      mine,
      leads,
      findingsOf,
      layerOf,
    ],
  );
}
