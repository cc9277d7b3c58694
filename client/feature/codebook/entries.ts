import { idFrom, newAttribute, newLink, newTag } from "#shared/codebook/draft.ts";
import type { DraftMistake } from "#shared/codebook/mistakes.ts";
import type { Codebook } from "#shared/model/codebook.ts";

/** Changes of a codebook's lists. Nothing is changed in place. */

/** The lists in the order of the editor. */
export const PARTS = ["tags", "attributes", "relations", "checks", "rules", "groups"] as const;
export type ListPart = (typeof PARTS)[number];

export const PART_WORDS: Readonly<Record<ListPart, { readonly title: string; readonly one: string }>> = {
  tags: { title: "Tags", one: "tag" },
  attributes: { title: "Fields", one: "field" },
  relations: { title: "Links", one: "link" },
  checks: { title: "Checks", one: "check" },
  rules: { title: "Rules for hard cases", one: "rule" },
  groups: { title: "Groups of tags", one: "group" },
};

export type Entry = { readonly id: string; readonly label: string };

/** The entries of a list by id and name, in order. Rules go by their number. */
export function entriesOf(codebook: Codebook, part: ListPart): readonly Entry[] {
  switch (part) {
    case "rules":
      return codebook.rules.map(({ n, title }) => ({ id: String(n), label: title }));
    case "checks":
      return codebook.checks.map(({ id, message }) => ({ id, label: message }));
    case "tags":
    case "attributes":
    case "relations":
    case "groups":
      return codebook[part];
  }
}

/** A codebook with a new entry called `name` at the end of the list, and the entry's id. */
export function addEntry(
  codebook: Codebook,
  part: ListPart,
  name: string,
): { readonly codebook: Codebook; readonly id: string } {
  const taken = entriesOf(codebook, part).map(({ id }) => id);
  const id = idFrom(name, taken, PART_WORDS[part].one);
  switch (part) {
    case "tags":
      return { codebook: { ...codebook, tags: [...codebook.tags, named(newTag(codebook, id), name)] }, id };
    case "attributes":
      return {
        codebook: { ...codebook, attributes: [...codebook.attributes, named(newAttribute(id), name)] },
        id,
      };
    case "relations":
      return { codebook: { ...codebook, relations: [...codebook.relations, named(newLink(id), name)] }, id };
    case "checks": {
      const check = { id, severity: "warning" as const, when: "", message: name };
      return { codebook: { ...codebook, checks: [...codebook.checks, check] }, id };
    }
    case "rules": {
      const n = Math.max(0, ...codebook.rules.map((rule) => rule.n)) + 1;
      return {
        codebook: { ...codebook, rules: [...codebook.rules, { n, title: name, text: "" }] },
        id: String(n),
      };
    }
    case "groups":
      return { codebook: { ...codebook, groups: [...codebook.groups, { id, label: name }] }, id };
  }
}

function named<T extends { label: string }>(entry: T, label: string): T {
  return { ...entry, label };
}

/** Without an entry. A tag goes from the fields and links that name it, too. */
export function removeEntry(codebook: Codebook, part: ListPart, id: string): Codebook {
  const others = <T extends { readonly id: string }>(list: readonly T[]) =>
    list.filter((one) => one.id !== id);
  switch (part) {
    case "tags":
      return withoutTag({ ...codebook, tags: others(codebook.tags) }, id);
    case "attributes":
      return {
        ...codebook,
        attributes: others(codebook.attributes),
        quickForm: codebook.quickForm.filter((one) => one !== id),
      };
    case "relations":
      return { ...codebook, relations: others(codebook.relations) };
    case "checks":
      return { ...codebook, checks: others(codebook.checks) };
    case "rules":
      return { ...codebook, rules: codebook.rules.filter(({ n }) => String(n) !== id) };
    case "groups":
      return { ...codebook, groups: others(codebook.groups) };
  }
}

function withoutTag(codebook: Codebook, id: string): Codebook {
  const others = (tags: readonly string[]) => tags.filter((one) => one !== id);
  return {
    ...codebook,
    attributes: codebook.attributes.map(({ requiredWhen, ...attribute }) => ({
      ...attribute,
      appliesTo: others(attribute.appliesTo),
      ...(requiredWhen === undefined || requiredWhen === id ? {} : { requiredWhen }),
    })),
    relations: codebook.relations.map((link) => ({ ...link, from: others(link.from), to: others(link.to) })),
    tagMode: {
      ...codebook.tagMode,
      exclusivePrecedence: others(codebook.tagMode.exclusivePrecedence),
    },
  };
}

/** With an entry at another place of its list, counted from 0. */
export function moveEntry(codebook: Codebook, part: ListPart, { from, to }: Move): Codebook {
  const moved = <T>(list: readonly T[]): T[] => {
    const copy = [...list];
    const [one] = copy.splice(from, 1);
    if (one !== undefined) copy.splice(Math.min(Math.max(to, 0), copy.length), 0, one);
    return copy;
  };
  switch (part) {
    case "tags":
      return { ...codebook, tags: moved(codebook.tags) };
    case "attributes":
      return { ...codebook, attributes: moved(codebook.attributes) };
    case "relations":
      return { ...codebook, relations: moved(codebook.relations) };
    case "checks":
      return { ...codebook, checks: moved(codebook.checks) };
    case "rules":
      return { ...codebook, rules: moved(codebook.rules) };
    case "groups":
      return { ...codebook, groups: moved(codebook.groups) };
  }
}

export type Move = { readonly from: number; readonly to: number };

type Item<P extends ListPart> = Codebook[P][number];

/** With an entry of a list changed. */
export function patchEntry<P extends ListPart>(
  codebook: Codebook,
  part: P,
  { at, change }: { readonly at: number; readonly change: (entry: Item<P>) => Item<P> },
): Codebook {
  const list: readonly Item<P>[] = codebook[part];
  return { ...codebook, [part]: list.map((entry, nth) => (nth === at ? change(entry) : entry)) };
}

/** What is said about one property of an entry: what is wrong first. */
export function complaint(
  mistakes: readonly DraftMistake[],
  where: Pick<DraftMistake, "part" | "at" | "field">,
): DraftMistake | null {
  const found = mistakes.filter(
    ({ part, at, field }) => part === where.part && at === where.at && field === where.field,
  );
  return found.find(({ severity }) => severity === "wrong") ?? found[0] ?? null;
}

/** With an optional property set, or without it where the value is undefined or empty. */
export function withOptional<T extends object, K extends keyof T>(
  entry: T,
  key: K,
  value: T[K] | undefined | "",
): T {
  const copy = { ...entry };
  if (value === undefined || value === "") Reflect.deleteProperty(copy, key);
  else copy[key] = value;
  return copy;
}

/** A record without one of its names. */
export function withoutName<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
