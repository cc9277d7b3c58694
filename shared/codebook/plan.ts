import type { Annotation, FieldValue } from "../model/annotation.ts";
import type { Codebook } from "../model/codebook.ts";
import { same } from "./diff.ts";
import { isListType } from "./fit.ts";
import type { Plan, PlanStep } from "./plan-step.ts";

/** What a plan makes of marks, and what it takes for a plan to be one. */

/** What a step is about, e.g. `tag:binding`; a plan has one step at most for each. */
export function subjectOf(step: PlanStep): string {
  switch (step.kind) {
    case "tag":
    case "split":
      return `tag:${step.tag}`;
    case "field":
    case "retype":
      return `field:${step.field}`;
    case "link":
      return `link:${step.link}`;
  }
}

/** A plan with this step in place of any other about the same thing. */
export function withStep(plan: Plan, step: PlanStep): Plan {
  const subject = subjectOf(step);
  const at = plan.findIndex((one) => subjectOf(one) === subject);
  return at < 0 ? [...plan, step] : plan.with(at, step);
}

export function withoutStep(plan: Plan, subject: string): Plan {
  return plan.filter((step) => subjectOf(step) !== subject);
}

/** Steps that lead to something the codebook does not have, as sentences. */
export function planMistakes(plan: Plan, codebook: Codebook): readonly string[] {
  const tag = (id: string) => codebook.tags.some((one) => one.id === id);
  const missing = (what: string, id: string) => `The plan leads to the ${what} "${id}", which is not there.`;
  return plan.flatMap((step): string[] => {
    switch (step.kind) {
      case "tag":
        return step.into === null || tag(step.into) ? [] : [missing("tag", step.into)];
      case "split": {
        const to = [...Object.values(step.values), ...Object.values(step.marks), step.rest];
        return [...new Set(to)].filter((id) => id !== null && !tag(id)).map((id) => missing("tag", id ?? ""));
      }
      case "field":
        return step.into === null || codebook.attributes.some(({ id }) => id === step.into)
          ? []
          : [missing("field", step.into)];
      case "retype":
        return codebook.attributes.some(({ id }) => id === step.field) ? [] : [missing("field", step.field)];
      case "link":
        return step.into === null || codebook.relations.some(({ id }) => id === step.into)
          ? []
          : [missing("link", step.into)];
    }
  });
}

type Said = Pick<Annotation, "tags" | "fields" | "links">;

/**
 * What a mark says after the plan. The same object when nothing changes. `key` is
 * `<article>/<author>/<mark>`. Tags come in the codebook's order.
 */
export function applyPlan<T extends Said>(mark: T, plan: Plan, { codebook, key }: Context): T {
  const named = planTags(mark, plan, key);
  const tags = same(named, mark.tags) ? mark.tags : inOrder(codebook, named);
  const fields = planFields(mark.fields, plan, codebook);
  const links = planLinks(mark.links, plan);
  if (same(tags, mark.tags) && same(fields, mark.fields) && same(links, mark.links)) return mark;
  return { ...mark, tags, fields, links };
}

export type Context = {
  /** The codebook that the plan leads to. */
  readonly codebook: Codebook;
  readonly key: string;
};

function planTags(mark: Said, plan: Plan, key: string): readonly string[] {
  const after: string[] = [];
  const add = (tag: string) => {
    if (!after.includes(tag)) after.push(tag);
  };
  const dropped: string[] = [];
  for (const tag of mark.tags) {
    const step = plan.find((one) => (one.kind === "tag" || one.kind === "split") && one.tag === tag);
    if (step?.kind === "tag" && step.into === null) dropped.push(tag);
    else if (step?.kind === "tag") add(step.into ?? tag);
    else if (step?.kind === "split") for (const one of splitOf(mark, step, key)) add(one);
    else add(tag);
  }
  // A mark without any tag would say nothing: it keeps what it had.
  return after.length > 0 ? after : dropped;
}

function splitOf(
  mark: Said,
  { tag, field, values, marks, rest }: Extract<PlanStep, { kind: "split" }>,
  key: string,
): readonly string[] {
  const named = own(marks, key);
  if (named !== undefined) return [named];
  const value = field === null ? undefined : mark.fields[field];
  const parts = value === undefined ? [] : typeof value === "string" ? [value] : value;
  const found = parts.flatMap((part) => own(values, part) ?? []);
  return found.length > 0 ? found : [rest ?? tag];
}

function inOrder(codebook: Codebook, tags: readonly string[]): string[] {
  const place = new Map(codebook.tags.map(({ id }, at) => [id, at]));
  return tags.toSorted((one, other) => (place.get(one) ?? Infinity) - (place.get(other) ?? Infinity) || 0);
}

function planFields(fields: Said["fields"], plan: Plan, codebook: Codebook): Record<string, FieldValue> {
  const after: Record<string, FieldValue> = {};
  const moved: (readonly [string, FieldValue])[] = [];
  for (const [id, value] of Object.entries(fields)) {
    const step = plan.find((one) => (one.kind === "field" || one.kind === "retype") && one.field === id);
    if (step?.kind === "field") {
      if (step.into !== null) moved.push([step.into, value]);
    } else if (step?.kind === "retype") {
      const retyped = retype(value, step.values, isList(codebook, id));
      if (retyped !== null) after[id] = retyped;
    } else after[id] = value;
  }
  for (const [into, value] of moved) {
    const joined = join(after[into], value, isList(codebook, into));
    if (joined !== null) after[into] = joined;
  }
  return after;
}

function isList(codebook: Codebook, id: string): boolean {
  const attribute = codebook.attributes.find((one) => one.id === id);
  return attribute !== undefined && isListType(attribute.type);
}

function retype(value: FieldValue, values: Record<string, string | null>, list: boolean): FieldValue | null {
  const parts = partsOf(value).flatMap((part) => {
    const renamed = own(values, part);
    return renamed === null ? [] : [renamed ?? part];
  });
  return parts.length === 0 ? null : shaped([...new Set(parts)], list);
}

/** Two values of one field: nothing of either is lost. */
function join(there: FieldValue | undefined, more: FieldValue, list: boolean): FieldValue | null {
  const parts = [...new Set([...(there === undefined ? [] : partsOf(there)), ...partsOf(more)])];
  return parts.length === 0 ? null : shaped(parts, list);
}

function partsOf(value: FieldValue): readonly string[] {
  return (typeof value === "string" ? [value] : value).filter((part) => part.trim() !== "");
}

function shaped(parts: readonly string[], list: boolean): FieldValue {
  return list ? [...parts] : parts.join("; ");
}

function planLinks(links: Said["links"], plan: Plan): Said["links"] {
  const renamed = links.flatMap((link) => {
    const step = plan.find((one) => one.kind === "link" && one.link === link.type);
    if (step?.kind !== "link" || step.into === link.type) return [{ link, isNew: false }];
    return step.into === null ? [] : [{ link: { ...link, type: step.into }, isNew: true }];
  });
  const isSaid = ({ type, to }: Said["links"][number], at: number) =>
    renamed.some((one, nth) => one.link.type === type && one.link.to === to && (!one.isNew || nth < at));
  return renamed.filter(({ link, isNew }, at) => !isNew || !isSaid(link, at)).map(({ link }) => link);
}

/** A value by its name, where the name may be any word that people write. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
