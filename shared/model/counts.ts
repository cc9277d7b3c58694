import type { Person } from "./snapshot.ts";

/** How many marks of what, by whom. A mark with two tags counts once in totals and once under each tag. */

export type Countable = { readonly author: Person; readonly tags: readonly string[] };

export type AuthorCounts = {
  readonly author: Person;
  readonly total: number;
  readonly byTag: ReadonlyMap<string, number>;
};

export type Counts = {
  readonly total: number;
  readonly byTag: ReadonlyMap<string, number>;
  /** The most industrious first; equal ones by name. */
  readonly byAuthor: readonly AuthorCounts[];
};

export function countMarks(marks: Iterable<Countable>): Counts {
  let total = 0;
  const byTag = new Map<string, number>();
  const authors = new Map<string, { author: Person; total: number; byTag: Map<string, number> }>();
  for (const mark of marks) {
    total += 1;
    let own = authors.get(mark.author.id);
    if (!own) authors.set(mark.author.id, (own = { author: mark.author, total: 0, byTag: new Map() }));
    own.total += 1;
    for (const tag of new Set(mark.tags)) {
      byTag.set(tag, (byTag.get(tag) ?? 0) + 1);
      own.byTag.set(tag, (own.byTag.get(tag) ?? 0) + 1);
    }
  }
  const byAuthor = [...authors.values()].sort(
    (one, other) => other.total - one.total || one.author.name.localeCompare(other.author.name),
  );
  return { total, byTag, byAuthor };
}
