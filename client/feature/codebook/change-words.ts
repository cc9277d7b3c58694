import type { CodebookChange, DiffPart } from "#shared/codebook/diff.ts";
import { subjectOf } from "#shared/codebook/plan.ts";
import type { PlanStep } from "#shared/codebook/plan-step.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { CodebookImpactRow } from "../../api/codebook-work.ts";
import { count, number } from "../../ui/count.ts";
import type { Entry } from "./entries.ts";

/** Changes of a codebook, and what they mean for marks, in sentences. */

const ONE: Readonly<Record<DiffPart, string>> = {
  about: "The codebook",
  groups: "Group",
  tags: "Tag",
  attributes: "Field",
  relations: "Link",
  checks: "Check",
  rules: "Rule",
};

const MANY: Readonly<Record<DiffPart, string>> = {
  about: "The codebook",
  groups: "Groups",
  tags: "Tags",
  attributes: "Fields",
  relations: "Links",
  checks: "Checks",
  rules: "Rules",
};

const FIELDS: Readonly<Record<string, string>> = {
  label: "name",
  color: "colour",
  light: "colours by day",
  dark: "colours by night",
  pattern: "line style",
  test: "decision rule",
  cues: "words to look for",
  positive: "examples for yes",
  negative: "examples for no",
  enabled: "on or off",
  type: "what goes into it",
  options: "choices",
  ordered: "order of the choices",
  appliesTo: "tags that take it",
  requiredWhen: "when it is asked for",
  from: "where it begins",
  to: "where it leads",
  many: "how many",
  when: "when it is given",
  message: "words",
  tagMode: "how many tags a mark takes",
  quickForm: "first fields of a card",
};

export type ChangeLine = {
  readonly kind: CodebookChange["kind"];
  /** "Tag “Binding”: key, definition". */
  readonly words: string;
};

/** One line for each change; entries that differ in the same way share one. */
export function changeLines(changes: readonly CodebookChange[]): readonly ChangeLine[] {
  const alike = Map.groupBy(changes, ({ kind, part, fields }) => `${kind} ${part} ${fields.join()}`);
  return [...alike.values()].flatMap((group): readonly ChangeLine[] => {
    const [first] = group;
    if (!first) return [];
    return [
      {
        kind: first.kind,
        words: inWords(
          first,
          group.map(({ label }) => `“${label}”`),
        ),
      },
    ];
  });
}

function inWords({ kind, part, fields }: CodebookChange, labels: readonly string[]): string {
  const many = labels.length > 1;
  const name = part === "about" ? ONE.about : `${(many ? MANY : ONE)[part]} ${labels.join(", ")}`;
  switch (kind) {
    case "added":
      return `${name} ${many ? "are" : "is"} new`;
    case "removed":
      return `${name} ${many ? "go" : "goes"}`;
    case "moved":
      return `${MANY[part]} are in another order`;
    case "changed":
      return `${name}: ${fields.map((field) => FIELDS[field] ?? field).join(", ")}`;
  }
}

/** Names of what a row is about, also of what only the codebook in force still has. */
export function namesIn(before: Codebook, after: Codebook) {
  type Part = "tags" | "attributes" | "relations";
  const find = (part: Part, id: string): string => {
    const entries = [after, before].flatMap((codebook): readonly Entry[] => codebook[part]);
    return entries.find((one) => one.id === id)?.label || id;
  };
  return {
    tag: (id: string) => find("tags", id),
    field: (id: string) => find("attributes", id),
    link: (id: string) => find("relations", id),
  };
}

type Names = ReturnType<typeof namesIn>;

/** "Tag “Hedge” is gone". */
export function rowInWords({ kind, subject }: CodebookImpactRow, names: Names): string {
  switch (kind) {
    case "tag":
      return `The tag “${names.tag(subject)}” is not in it`;
    case "tag-off":
      return `The tag “${names.tag(subject)}” is switched off`;
    case "exclusive":
      return "Several tags on one mark, where it takes one";
    case "field":
      return `The field “${names.field(subject)}” is not in it`;
    case "field-off":
      return `The field “${names.field(subject)}” does not go with the mark's tags`;
    case "value":
      return `The field “${names.field(subject)}” does not take what is in it`;
    case "link":
      return `The link “${names.link(subject)}” is not in it, or is switched off`;
    case "link-end":
      return `The link “${names.link(subject)}” does not join these tags`;
  }
}

/** "12 marks in 3 articles, 2 of them already before". */
export function rowCount({ marks, articles, already }: CodebookImpactRow): string {
  const before =
    already === 0
      ? ""
      : already === marks
        ? ", already before"
        : `, ${number(already)} of them already before`;
  return `${count(marks, "mark")} in ${count(articles, "article")}${before}`;
}

/** What a step of the plan does. */
export function stepInWords(step: PlanStep, names: Names): string {
  switch (step.kind) {
    case "tag":
      return step.into === null
        ? `“${names.tag(step.tag)}” is taken off where another tag stays`
        : `“${names.tag(step.tag)}” becomes “${names.tag(step.into)}”`;
    case "split":
      return `“${names.tag(step.tag)}” is split`;
    case "field":
      return step.into === null
        ? `Values of “${names.field(step.field)}” are taken away`
        : `Values of “${names.field(step.field)}” move to “${names.field(step.into)}”`;
    case "retype":
      return `Values of “${names.field(step.field)}” are brought into their new form`;
    case "link":
      return step.into === null
        ? `Links “${names.link(step.link)}” are taken away`
        : `Links “${names.link(step.link)}” become “${names.link(step.into)}”`;
  }
}

/** What a row's choice in the plan is about; null where there is nothing to choose. */
export function subjectOfRow({ kind, subject }: CodebookImpactRow): string | null {
  switch (kind) {
    case "tag":
    case "tag-off":
      return `tag:${subject}`;
    case "field":
    case "value":
      return `field:${subject}`;
    case "link":
      return `link:${subject}`;
    case "exclusive":
    case "field-off":
    case "link-end":
      return null;
  }
}

/** Steps that no row shows. */
export function otherSteps(
  plan: readonly PlanStep[],
  rows: readonly CodebookImpactRow[],
): readonly PlanStep[] {
  const shown = new Set(rows.map(subjectOfRow));
  return plan.filter((step) => !shown.has(subjectOf(step)));
}
