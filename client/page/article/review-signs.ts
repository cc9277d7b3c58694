import type { Sign } from "#shared/model/review-sign.ts";
import { Cell } from "../../session/cell.ts";
import type { ArticleSession } from "../../session/contract.ts";

const all = new WeakMap<ArticleSession, Cell<ReadonlyMap<string, Sign>>>();

/** How each mark of an open article stands in review, by its key; nothing until review has been fetched. */
export function signsIn(session: ArticleSession): Cell<ReadonlyMap<string, Sign>> {
  const known = all.get(session);
  if (known) return known;
  const fresh = new Cell<ReadonlyMap<string, Sign>>(new Map());
  all.set(session, fresh);
  return fresh;
}
