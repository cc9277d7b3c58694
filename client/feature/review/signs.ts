import type { Sign } from "#shared/model/review-sign.ts";
import type { Readable } from "../../session/contract.ts";
import { derived } from "../../session/derived.ts";
import type { ReviewView } from "./store.ts";

export type Signs = ReadonlyMap<string, Sign>;

/** The sign of every mark by its key; the same map again while all are the same. */
export function signsOf(view: Readable<ReviewView>): Readable<Signs> {
  return derived<ReviewView, Signs>(view, ({ entries }, before) => {
    if (before?.size === entries.length && entries.every(({ key, sign }) => before.get(key) === sign)) {
      return before;
    }
    return new Map(entries.map(({ key, sign }) => [key, sign]));
  });
}
