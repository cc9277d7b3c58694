import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { Mapping, StepMap } from "prosemirror-transform";
import { ySyncPluginKey } from "y-prosemirror";

/** True for what came from the live document: a colleague's change, my undo, a repair. */
export function comesFromDocument(transaction: Transaction): boolean {
  const meta: unknown = transaction.getMeta(ySyncPluginKey);
  return (
    typeof meta === "object" && meta !== null && "isChangeOrigin" in meta && meta.isChangeOrigin === true
  );
}

/**
 * How positions moved. The binding replaces the whole document for every change that comes from the
 * live document, and mapping through that loses everything, so the change is found by comparing.
 */
export function changeMapping(transaction: Transaction): Mapping {
  if (!comesFromDocument(transaction)) return transaction.mapping;
  const map = differenceMap(transaction.before, transaction.doc);
  return new Mapping(map ? [map] : []);
}

/** One step from the first to the last position at which two documents differ; null when they do not. */
export function differenceMap(before: Node, after: Node): StepMap | null {
  const start = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (start === null || end === null) return null;
  // Equal text on both sides of a change can make the ends cross.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return new StepMap([start, end.a + overlap - start, end.b + overlap - start]);
}
