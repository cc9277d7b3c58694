import type { Present } from "../../session/contract.ts";

/**
 * Somebody who is here, however many tabs they have open. Says nothing of where they are: that changes
 * with every scroll and letter of anybody, and what is drawn from this would be drawn again each time.
 */
export type PersonHere = {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly self: boolean;
  readonly quiet: boolean;
};

/** One entry for each person, myself first, the others by name. */
export function gather(people: readonly Present[]): readonly PersonHere[] {
  const byId = new Map<string, PersonHere>();
  for (const { id, name, color, self, quiet } of people) {
    const known = byId.get(id);
    byId.set(id, {
      id,
      name,
      color,
      self: self || known?.self === true,
      // Quiet in one tab and not in another is to be seen.
      quiet: quiet && known?.quiet !== false,
    });
  }
  return [...byId.values()].sort(
    (one, other) => Number(other.self) - Number(one.self) || one.name.localeCompare(other.name),
  );
}

/** The first position that a person sees, in the first of their tabs that says it; null when none does. */
export function viewOf(people: readonly Present[], id: string): number | null {
  return people.find((one) => one.id === id && one.viewport !== null)?.viewport ?? null;
}

/** True when nothing about the people here has changed that is shown. */
export function samePeople(one: readonly PersonHere[], other: readonly PersonHere[]): boolean {
  return (
    one.length === other.length &&
    one.every((person, at) => {
      const its = other[at];
      return (
        its?.id === person.id &&
        its.name === person.name &&
        its.color === person.color &&
        its.self === person.self &&
        its.quiet === person.quiet
      );
    })
  );
}

/** Who came and who went between two moments, as one sentence; null when nobody did. */
export function comings(before: readonly PersonHere[], now: readonly PersonHere[]): string | null {
  const names = (list: readonly PersonHere[], other: readonly PersonHere[]) =>
    list.filter(({ id, self }) => !self && !other.some((one) => one.id === id)).map(({ name }) => name);
  const came = names(now, before);
  const left = names(before, now);
  const sentences = [
    came.length > 0 ? `${list(came)} joined` : null,
    left.length > 0 ? `${list(left)} left` : null,
  ].filter((sentence) => sentence !== null);
  return sentences.length > 0 ? sentences.join(", ") : null;
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}
