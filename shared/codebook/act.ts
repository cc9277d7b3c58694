import * as z from "zod/mini";
import { FieldValue, Link, type Annotation } from "../model/annotation.ts";
import { same } from "./diff.ts";
import { applyPlan, type Context } from "./plan.ts";
import type { Plan } from "./plan-step.ts";

/** What publishing a codebook changed in one mark, kept so that it can be taken back. */

const Said = z.object({
  tags: z.array(z.string()),
  fields: z.record(z.string(), FieldValue),
  links: z.array(Link),
  codebook: z.string(),
  updatedAt: z.number(),
});
type Said = z.infer<typeof Said>;

export const MarkChange = z.object({ id: z.string(), before: Said, after: Said });
export type MarkChange = z.infer<typeof MarkChange>;

/** The change that a plan makes to a mark; null when it makes none. `ref` names the new codebook. */
export function planChange(
  mark: Annotation,
  plan: Plan,
  context: Context & { readonly ref: string; readonly at: number },
): MarkChange | null {
  const { ref, at } = context;
  // Made or changed by this very plan before: a plan is never applied twice.
  if (mark.codebook === ref) return null;
  const planned = applyPlan(mark, plan, context);
  if (planned === mark) return null;
  const { tags, fields, links } = planned;
  return { id: mark.id, before: saidBy(mark), after: { tags, fields, links, codebook: ref, updatedAt: at } };
}

function saidBy({ tags, fields, links, codebook, updatedAt }: Annotation): Said {
  return { tags, fields, links, codebook, updatedAt };
}

/**
 * The mark as the change makes it; null when it is no longer as it was before the change. A mark that the
 * change has been made to already is given as it is.
 */
export function makeChange(mark: Annotation, { before, after }: MarkChange): Annotation | null {
  if (same(saidBy(mark), after)) return mark;
  return same(saidBy(mark), before) ? { ...mark, ...after } : null;
}

/**
 * The mark with the change taken back, piece by piece: what somebody has changed since stays as they
 * left it. The same object when there is nothing to take back.
 */
export function takeBack(mark: Annotation, { before, after }: MarkChange, at: number): Annotation {
  const tags = same(mark.tags, after.tags) ? before.tags : setBack(mark.tags, before.tags, after.tags);
  const fields = fieldsBack(mark.fields, before.fields, after.fields);
  const links = same(mark.links, after.links) ? before.links : setBack(mark.links, before.links, after.links);
  const codebook = mark.codebook === after.codebook ? before.codebook : mark.codebook;
  const back = { ...mark, tags, fields, links, codebook };
  if (same(back, mark)) return mark;
  return { ...back, updatedAt: mark.updatedAt === after.updatedAt ? before.updatedAt : at };
}

/** What the change added goes and what it took comes back, if all that it added is still there. */
function setBack<T>(now: readonly T[], before: readonly T[], after: readonly T[]): T[] {
  const has = (list: readonly T[], one: T) => list.some((other) => same(one, other));
  const added = after.filter((one) => !has(before, one));
  const taken = before.filter((one) => !has(after, one));
  if (added.length === 0 || !added.every((one) => has(now, one))) return [...now];
  const kept = now.filter((one) => !has(added, one));
  return [...kept, ...taken.filter((one) => !has(kept, one))];
}

function fieldsBack(now: Said["fields"], before: Said["fields"], after: Said["fields"]): Said["fields"] {
  const back = { ...now };
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (same(before[id], after[id]) || !same(now[id], after[id])) continue;
    const value = before[id];
    if (value === undefined) delete back[id];
    else back[id] = value;
  }
  return back;
}
