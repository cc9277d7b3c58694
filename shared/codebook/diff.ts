import type { Codebook } from "../model/codebook.ts";

/** What differs between two versions of a codebook, entry by entry. */

export type DiffPart = "about" | "groups" | "tags" | "attributes" | "relations" | "checks" | "rules";

export type CodebookChange = {
  readonly kind: "added" | "removed" | "changed" | "moved";
  readonly part: DiffPart;
  readonly id: string;
  /** What it is called: in the newer version, or in the older where it was removed. */
  readonly label: string;
  /** For `changed`: the properties that differ. */
  readonly fields: readonly string[];
};

type Entry = {
  readonly id: string;
  readonly label: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** Changes in the order of the codebook's parts; none when both say the same. The version's number does not count. */
export function diffCodebooks(before: Codebook, after: Codebook): readonly CodebookChange[] {
  const about = ({ id, language, title, summary, tagMode, quickForm }: Codebook): Entry => ({
    id: "about",
    label: title,
    value: { id, language, title, summary, tagMode, quickForm },
  });
  return [
    ...compare("about", [about(before)], [about(after)]),
    ...compare("groups", labelled(before.groups), labelled(after.groups)),
    ...compare("tags", labelled(before.tags), labelled(after.tags)),
    ...compare("attributes", labelled(before.attributes), labelled(after.attributes)),
    ...compare("relations", labelled(before.relations), labelled(after.relations)),
    ...compare("checks", checks(before), checks(after)),
    ...compare("rules", rules(before), rules(after)),
  ];
}

function labelled(entries: readonly { readonly id: string; readonly label: string }[]): readonly Entry[] {
  return entries.map((value) => ({ id: value.id, label: value.label, value }));
}

function checks({ checks: list }: Codebook): readonly Entry[] {
  return list.map((value) => ({ id: value.id, label: value.message, value }));
}

function rules({ rules: list }: Codebook): readonly Entry[] {
  return list.map((value) => ({ id: String(value.n), label: value.title, value }));
}

function compare(
  part: DiffPart,
  before: readonly Entry[],
  after: readonly Entry[],
): readonly CodebookChange[] {
  const older = new Map(before.map((entry) => [entry.id, entry]));
  const newer = new Set(after.map(({ id }) => id));
  const removed = before
    .filter(({ id }) => !newer.has(id))
    .map(({ id, label }): CodebookChange => ({ kind: "removed", part, id, label, fields: [] }));
  const others = after.flatMap(({ id, label, value }): CodebookChange[] => {
    const was = older.get(id);
    if (!was) return [{ kind: "added", part, id, label, fields: [] }];
    const fields = differing(was.value, value);
    return fields.length === 0 ? [] : [{ kind: "changed", part, id, label, fields }];
  });
  const kept = before.filter(({ id }) => newer.has(id)).map(({ id }) => id);
  const now = after.filter(({ id }) => older.has(id)).map(({ id }) => id);
  const isMoved = kept.some((id, at) => id !== now[at]);
  const moved: CodebookChange[] = isMoved ? [{ kind: "moved", part, id: part, label: "", fields: [] }] : [];
  return [...removed, ...others, ...moved];
}

function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => !same(before[name], after[name]));
}

/** True for values of JSON that say the same, in whatever order their properties stand. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const a = Object.entries(one).filter(([, value]) => value !== undefined);
  const b = new Map(Object.entries(other).filter(([, value]) => value !== undefined));
  return a.length === b.size && a.every(([name, value]) => b.has(name) && same(value, b.get(name)));
}
