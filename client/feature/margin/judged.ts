import { createContext, useContext, useSyncExternalStore, type ComponentType } from "react";
import { SIGNS, type Sign } from "#shared/model/review-sign.ts";
import type { Placed, Readable } from "../../session/contract.ts";

/** What reviewers said of the marks, as far as their cards show it. */

export type Judging = {
  /** How each mark stands, by its key. */
  readonly signs: Readable<ReadonlyMap<string, Sign>>;
  /** All that was said of these marks, for an open card; null until it is at hand. */
  readonly Section: ComponentType<{ readonly keys: readonly string[] }> | null;
};

const NOTHING: ReadonlyMap<string, Sign> = new Map();
const UNJUDGED: Judging = {
  signs: { get: () => NOTHING, subscribe: () => () => undefined },
  Section: null,
};

/** Without one nothing is judged. */
export const JudgingContext = createContext<Judging>(UNJUDGED);

export function useJudging(): Judging {
  return useContext(JudgingContext);
}

/** The sign of a card: of several marks that which needs most attention; null when none is judged. */
export function useSignOf(members: readonly Placed[]): Sign | null {
  const { signs } = useJudging();
  const all = useSyncExternalStore(signs.subscribe, signs.get);
  const here = members.flatMap(({ key }) => all.get(key) ?? []).filter((sign) => sign !== "open");
  return here.toSorted((one, other) => URGENCY.indexOf(one) - URGENCY.indexOf(other))[0] ?? null;
}

/** What calls for somebody comes before what is settled. */
const URGENCY: readonly Sign[] = ["changed", "rejected", "suggested", "discussed", "reopened", ...SIGNS];
