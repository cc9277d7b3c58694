import { useEffect, useMemo } from "react";
import { flushSync } from "react-dom";
import type { Readable } from "./contract.ts";
import { painted } from "./painted.ts";

/** What a person does acts on what is, not on what was shown a frame ago. */
const ACTS = ["keydown", "pointerdown", "click"] as const;

/** The store as screens show it: a frame behind the text, and never behind what a person does next. */
export function usePainted<T>(source: Readable<T>): Readable<T> {
  const store = useMemo(() => painted(source), [source]);
  useEffect(() => {
    const catchUp = (): void => {
      if (store.waits()) flushSync(store.flush);
    };
    for (const act of ACTS) window.addEventListener(act, catchUp, { capture: true });
    return () => {
      for (const act of ACTS) window.removeEventListener(act, catchUp, { capture: true });
    };
  }, [store]);
  return store;
}
