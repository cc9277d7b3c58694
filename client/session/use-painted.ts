import { useMemo } from "react";
import type { Readable } from "./contract.ts";
import { painted } from "./painted.ts";
import { useCatchUp } from "./use-catch-up.ts";

/** The store as screens show it: a frame behind the text, and never behind what a person does next. */
export function usePainted<T>(source: Readable<T>): Readable<T> {
  const store = useMemo(() => painted(source), [source]);
  useCatchUp(store.waits, store.flush);
  return store;
}
