import { misfits } from "#shared/codebook/fit.ts";
import type { Misfit, MisfitKind } from "#shared/codebook/misfit.ts";
import { applyPlan } from "#shared/codebook/plan.ts";
import type { Plan } from "#shared/codebook/plan-step.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { CodebookImpact, CodebookImpactRow, CodebookMarkRef } from "#shared/wire/codebook.ts";
import { currentCodebook } from "./codebook.ts";
import { getDraft } from "./codebook-draft.ts";
import { allShelves, keyOf, marksOn, type Shelf } from "./codebook-marks.ts";
import type { Services } from "./services.ts";

/** Values named for one field, and letters of a quotation. */
const MOST_VALUES = 200;
const LONGEST_QUOTE = 400;

type Counting = {
  readonly misfit: Misfit;
  marks: number;
  already: number;
  readonly articles: Set<string>;
  readonly values: Map<string, number>;
};

/** What publishing the draft as it is saved now means for all existing marks. Changes nothing. */
export async function codebookImpact(services: Services): Promise<CodebookImpact> {
  const { codebook: draft, plan, revision } = await getDraft(services);
  const current = await currentCodebook(services.database.db);
  const rows = new Map<string, Counting>();
  const articles = new Set<string>();
  const total = { marks: 0, planned: 0, left: 0 };
  for (const shelf of await allShelves(services)) {
    const marks = await marksOn(services, shelf);
    if (marks.size > 0) articles.add(shelf.article.id);
    total.marks += marks.size;
    const planned = new Map([...marks].map(([id, mark]) => [id, plannedMark(mark, shelf, { draft, plan })]));
    for (const [id, mark] of marks) {
      const now = new Set(keysOf(current, mark, marks));
      for (const misfit of misfits(draft, mark, tagsIn(marks))) count(rows, misfit, { mark, shelf, now });
      const after = planned.get(id) ?? mark;
      if (after !== mark) total.planned += 1;
      if (misfits(draft, after, tagsIn(planned)).length > 0) total.left += 1;
    }
  }
  return { revision, articles: articles.size, ...total, rows: [...rows.values()].map(toRow) };
}

type Drafted = { readonly draft: Codebook; readonly plan: Plan };
type Marks = ReadonlyMap<string, Annotation>;

function plannedMark(mark: Annotation, shelf: Shelf, { draft, plan }: Drafted): Annotation {
  return applyPlan(mark, plan, { codebook: draft, key: keyOf(shelf, mark.id) });
}

function tagsIn(marks: Marks): (id: string) => readonly string[] | null {
  return (id) => marks.get(id)?.tags ?? null;
}

function keysOf(codebook: Codebook, mark: Annotation, marks: Marks): string[] {
  return misfits(codebook, mark, tagsIn(marks)).map(keyOfMisfit);
}

function keyOfMisfit({ kind, subject }: Misfit): string {
  return `${kind} ${subject}`;
}

type Seen = { readonly mark: Annotation; readonly shelf: Shelf; readonly now: ReadonlySet<string> };

function count(rows: Map<string, Counting>, misfit: Misfit, { mark, shelf, now }: Seen): void {
  const key = keyOfMisfit(misfit);
  let row = rows.get(key);
  if (!row) {
    row = { misfit, marks: 0, already: 0, articles: new Set(), values: new Map() };
    rows.set(key, row);
  }
  row.marks += 1;
  if (now.has(key)) row.already += 1;
  row.articles.add(shelf.article.id);
  if (misfit.kind !== "value") return;
  const value = mark.fields[misfit.subject] ?? [];
  for (const part of typeof value === "string" ? [value] : value) {
    row.values.set(part, (row.values.get(part) ?? 0) + 1);
  }
}

function toRow({ misfit, marks, already, articles, values }: Counting): CodebookImpactRow {
  return {
    ...misfit,
    marks,
    already,
    articles: articles.size,
    values: [...values]
      .map(([value, times]) => ({ value, marks: times }))
      .toSorted((one, other) => other.marks - one.marks)
      .slice(0, MOST_VALUES),
  };
}

export type MarkList = {
  readonly kind: MisfitKind;
  readonly subject: string;
  readonly offset: number;
  readonly limit: number;
};

/** The marks that one row of the impact counts, in the same order each time. */
export async function listCodebookMarks(
  services: Services,
  { kind, subject, offset, limit }: MarkList,
): Promise<{ items: CodebookMarkRef[]; total: number }> {
  const { codebook } = await getDraft(services);
  const wanted = keyOfMisfit({ kind, subject });
  const items: CodebookMarkRef[] = [];
  let total = 0;
  for (const shelf of await allShelves(services)) {
    const marks = await marksOn(services, shelf);
    for (const mark of marks.values()) {
      if (!keysOf(codebook, mark, marks).includes(wanted)) continue;
      if (total >= offset && items.length < limit) items.push(toRef(shelf, mark));
      total += 1;
    }
  }
  return { items, total };
}

function toRef(shelf: Shelf, mark: Annotation): CodebookMarkRef {
  const ranges = mark.target.kind === "text" ? mark.target.ranges : [];
  return {
    key: keyOf(shelf, mark.id),
    article: shelf.article,
    author: shelf.author ?? { id: "gold", name: "Adjudicated", color: "#696861" },
    id: mark.id,
    quote: ranges
      .map(({ quote }) => quote.exact)
      .join(" … ")
      .slice(0, LONGEST_QUOTE),
    tags: mark.tags,
    fields: mark.fields,
  };
}
