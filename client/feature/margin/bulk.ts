import type { FieldValue } from "#shared/model/annotation.ts";
import { isEmptyField } from "#shared/model/checks.ts";
import { attributesFor, type Codebook } from "#shared/model/codebook.ts";
import type { MarkBatch, Placed } from "../../session/contract.ts";
import { count, number } from "../../ui/count.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { fieldText, withField } from "./fields.ts";

/** One change to many marks of mine, and what it comes to before it is made. */

export type BulkChange =
  | { readonly kind: "add"; readonly tag: string }
  | { readonly kind: "remove"; readonly tag: string }
  | { readonly kind: "replace"; readonly tag: string; readonly by: string }
  | { readonly kind: "field"; readonly attribute: string; readonly value: FieldValue | null }
  | { readonly kind: "delete" };

export type BulkPlan = {
  readonly batch: MarkBatch;
  /** What it does, in sentences. */
  readonly sentences: readonly string[];
  /** In the past, in a few words. */
  readonly done: string;
  /** Marks that become others or go. */
  readonly touched: number;
};

/** `marks` are mine. Those that stay as they are, and why, are in the sentences. */
export function planBulk(codebook: Codebook, marks: readonly Placed[], change: BulkChange): BulkPlan {
  if (change.kind === "delete") {
    const remove = marks.map(({ annotation }) => annotation.id);
    const words = count(remove.length, "mark");
    return {
      batch: { remove },
      sentences: [`Deletes ${words}.`],
      done: `${words} deleted`,
      touched: remove.length,
    };
  }
  return change.kind === "field" ? planField(codebook, marks, change) : planTags(codebook, marks, change);
}

type TagChange = Extract<BulkChange, { tag: string }>;

function planTags(codebook: Codebook, marks: readonly Placed[], change: TagChange): BulkPlan {
  const changes: { id: string; patch: { tags: readonly string[] } }[] = [];
  const remove: string[] = [];
  for (const { annotation } of marks) {
    const tags = tagsAfter(codebook, annotation.tags, change);
    if (tags.length === 0) remove.push(annotation.id);
    else if (!sameTags(tags, annotation.tags)) changes.push({ id: annotation.id, patch: { tags } });
  }
  const touched = changes.length + remove.length;
  const same = marks.length - touched;
  const name = tagLabel(codebook, change.tag);
  const [does, did] = wordsOf(codebook, change);
  const rest =
    change.kind === "add"
      ? `${isAre(same, "has", "have")} ${name} already`
      : `${isAre(same, "does", "do")} not have ${name}`;
  return {
    batch: { change: changes, remove },
    sentences: [
      `${does} ${count(changes.length, "mark")}.`,
      ...(remove.length > 0
        ? [
            `${count(remove.length, "mark")} ${isAre(remove.length, "has", "have")} no other tag and will be deleted.`,
          ]
        : []),
      ...(same > 0 ? [`${count(same, "mark")} ${rest}.`] : []),
    ],
    done: `${did} ${count(touched, "mark")}`,
    touched,
  };
}

function wordsOf(codebook: Codebook, change: TagChange): readonly [string, string] {
  const name = tagLabel(codebook, change.tag);
  switch (change.kind) {
    case "add":
      return [`Adds ${name} to`, `${name} added to`];
    case "remove":
      return [`Takes ${name} from`, `${name} taken from`];
    case "replace": {
      const by = tagLabel(codebook, change.by);
      return [`Puts ${by} in place of ${name} in`, `${by} in place of ${name} in`];
    }
  }
}

function tagsAfter(codebook: Codebook, tags: readonly string[], change: TagChange): readonly string[] {
  const without = tags.filter((tag) => tag !== change.tag);
  switch (change.kind) {
    case "add":
      return tags.includes(change.tag) ? tags : joined(codebook, tags, change.tag);
    case "remove":
      return without;
    case "replace":
      return without.length === tags.length ? tags : joined(codebook, without, change.by);
  }
}

/** In the order of the codebook; alone where it allows one tag a span. */
function joined(codebook: Codebook, tags: readonly string[], tag: string): readonly string[] {
  if (codebook.tagMode.default === "exclusive") return [tag];
  const all = new Set([...tags, tag]);
  const known = codebook.tags.map(({ id }) => id).filter((id) => all.has(id));
  return [...known, ...[...all].filter((id) => !known.includes(id))];
}

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag) => other.includes(tag));
}

function planField(
  codebook: Codebook,
  marks: readonly Placed[],
  { attribute: id, value }: Extract<BulkChange, { kind: "field" }>,
): BulkPlan {
  const attribute = codebook.attributes.find((one) => one.id === id);
  const label = attribute?.label ?? id;
  const fitting = marks.filter(({ annotation }) =>
    attributesFor(codebook, annotation.tags).some((one) => one.id === id),
  );
  const empty = value === null || isEmptyField(value);
  const changes = fitting.flatMap(({ annotation }) => {
    const fields = withField(annotation.fields, id, value);
    const same = JSON.stringify(fields[id]) === JSON.stringify(annotation.fields[id]);
    return same ? [] : [{ id: annotation.id, patch: { fields } }];
  });
  const lost = changes.filter(({ id: mark }) => {
    const before = fitting.find(({ annotation }) => annotation.id === mark);
    return !isEmptyField(before?.annotation.fields[id]);
  }).length;
  const unfit = marks.length - fitting.length;
  const same = fitting.length - changes.length;
  const words = attribute && value !== null ? fieldText(attribute, value) : "";
  const where = count(changes.length, "mark");
  return {
    batch: { change: changes },
    sentences: [
      empty ? `Empties ${label} in ${where}.` : `Sets ${label} to “${words}” in ${where}.`,
      ...(!empty && lost > 0 ? [`In ${number(lost)} of them it takes the place of something else.`] : []),
      ...(same > 0 ? [`${count(same, "mark")} ${isAre(same, "has", "have")} it so already.`] : []),
      ...(unfit > 0 ? [`${count(unfit, "mark")} ${isAre(unfit, "has", "have")} no field ${label}.`] : []),
    ],
    done: empty ? `${label} emptied in ${where}` : `${label} set in ${where}`,
    touched: changes.length,
  };
}

function isAre(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}
