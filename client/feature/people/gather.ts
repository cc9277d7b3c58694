import type { Present } from "../../session/contract.ts";

/** Somebody who is here, however many tabs they have open. */
export type PersonHere = {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly self: boolean;
  readonly quiet: boolean;
  /** The tab whose view can be followed: one that says what it shows. */
  readonly clientId: number;
  readonly viewport: number | null;
};

/** One entry for each person, myself first, the others by name. */
export function gather(people: readonly Present[]): readonly PersonHere[] {
  const byId = new Map<string, PersonHere>();
  for (const present of people) {
    const known = byId.get(present.id);
    const { id, name, color, self, quiet, clientId, viewport } = present;
    if (!known || (known.viewport === null && viewport !== null)) {
      byId.set(id, { id, name, color, self: self || known?.self === true, quiet, clientId, viewport });
    } else if (self) byId.set(id, { ...known, self: true });
  }
  return [...byId.values()].sort(
    (one, other) => Number(other.self) - Number(one.self) || one.name.localeCompare(other.name),
  );
}

/** True when nothing about the people here has changed that is shown or followed. */
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
        its.quiet === person.quiet &&
        its.viewport === person.viewport
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
