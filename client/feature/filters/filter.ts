import * as z from "zod/mini";
import type { AnchorState } from "#shared/anchor/placement.ts";
import type { Finding } from "#shared/model/checks.ts";
import { SIGNS, type Sign } from "#shared/model/review-sign.ts";
import type { Placed } from "../../session/contract.ts";

/** Which marks are shown. In each group of a filter nothing chosen means everything. */

export const STATES = ["whole", "changed", "incomplete", "detached", "document"] as const;
export type MarkState = (typeof STATES)[number];

export const Filter = z.object({
  tags: z.array(z.string()),
  authors: z.array(z.string()),
  states: z.array(z.enum(STATES)),
  /** How they stand in review. */
  signs: z._default(z.array(z.enum(SIGNS)), []),
  whose: z.enum(["all", "mine", "others"]),
});
export type Filter = z.infer<typeof Filter>;

export const EVERYTHING: Filter = { tags: [], authors: [], states: [], signs: [], whose: "all" };

/** What a filter looks at. */
export type Facts = {
  readonly tags: readonly string[];
  readonly author: string;
  readonly mine: boolean;
  readonly states: readonly MarkState[];
  readonly sign: Sign;
};

export function factsOf(placed: Placed, findings: readonly Finding[], sign: Sign = "open"): Facts {
  const isDocument = placed.annotation.target.kind === "document";
  const states = statesOf(isDocument ? null : placed.placement.state, findings);
  return {
    tags: placed.annotation.tags,
    author: placed.author.id,
    mine: placed.mine,
    states: [...(isDocument ? (["document"] as const) : []), ...states],
    sign,
  };
}

/** A mark can be in several states at once: changed and incomplete, for example. Null: it stands on no words. */
export function statesOf(anchor: AnchorState | null, findings: readonly Finding[]): readonly MarkState[] {
  const states: MarkState[] = [];
  if (anchor === "whole") states.push("whole");
  if (anchor === "edited" || anchor === "part" || anchor === "segments") states.push("changed");
  if (anchor === "detached") states.push("detached");
  if (findings.some((finding) => finding.missing)) states.push("incomplete");
  return states;
}

export function isEverything(filter: Filter): boolean {
  return (
    filter.tags.length === 0 &&
    filter.authors.length === 0 &&
    filter.states.length === 0 &&
    filter.signs.length === 0 &&
    filter.whose === "all"
  );
}

const GROUPS = ["tags", "authors", "states", "signs", "whose"] as const;
type Group = (typeof GROUPS)[number];

export function matches(filter: Filter, facts: Facts): boolean {
  return GROUPS.every((group) => matchesIn(group, filter, facts));
}

function matchesIn(group: Group, filter: Filter, facts: Facts): boolean {
  switch (group) {
    case "tags":
      return filter.tags.length === 0 || facts.tags.some((tag) => filter.tags.includes(tag));
    case "authors":
      return filter.authors.length === 0 || filter.authors.includes(facts.author);
    case "states":
      return filter.states.length === 0 || facts.states.some((state) => filter.states.includes(state));
    case "signs":
      return filter.signs.length === 0 || filter.signs.includes(facts.sign);
    case "whose":
      return filter.whose === "all" || (filter.whose === "mine") === facts.mine;
  }
}

/** The filter with one value of a group switched over. */
export function toggled(
  filter: Filter,
  group: "tags" | "authors" | "states" | "signs",
  value: string,
): Filter {
  const values: readonly string[] = filter[group];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...filter, [group]: next };
}

export type FacetCounts = {
  readonly shown: number;
  readonly total: number;
  readonly tags: ReadonlyMap<string, number>;
  readonly authors: ReadonlyMap<string, number>;
  readonly states: ReadonlyMap<MarkState, number>;
  readonly signs: ReadonlyMap<Sign, number>;
  readonly mine: number;
  readonly others: number;
};

/**
 * How many marks each value would show: counted among the marks that pass the other groups, so that a
 * number beside a value is what choosing it leads to.
 */
export function facetCounts(filter: Filter, all: Iterable<Facts>): FacetCounts {
  const tags = new Map<string, number>();
  const authors = new Map<string, number>();
  const states = new Map<MarkState, number>();
  const signs = new Map<Sign, number>();
  let total = 0;
  let shown = 0;
  let mine = 0;
  let others = 0;
  for (const facts of all) {
    total += 1;
    const failing = GROUPS.filter((group) => !matchesIn(group, filter, facts));
    if (failing.length === 0) shown += 1;
    if (failing.length > 1) continue;
    const counts = (group: Group) => failing.length === 0 || failing[0] === group;
    if (counts("tags")) for (const tag of new Set(facts.tags)) add(tags, tag);
    if (counts("authors")) add(authors, facts.author);
    if (counts("states")) for (const state of facts.states) add(states, state);
    if (counts("signs")) add(signs, facts.sign);
    if (counts("whose")) {
      if (facts.mine) mine += 1;
      else others += 1;
    }
  }
  return { shown, total, tags, authors, states, signs, mine, others };
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Reads a remembered filter; anything that is not one means everything. */
export function parseFilter(stored: string | null): Filter {
  if (stored === null) return EVERYTHING;
  try {
    return z.catch(Filter, EVERYTHING).parse(JSON.parse(stored));
  } catch (error) {
    if (error instanceof SyntaxError) return EVERYTHING;
    throw error;
  }
}
