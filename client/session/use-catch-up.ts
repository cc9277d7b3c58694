import { useEffect, useRef } from "react";
import { flushSync } from "react-dom";

/** What a person does acts on what is, not on what was shown a frame ago. */
const ACTS = ["keydown", "pointerdown", "click"] as const;

/** Before anything a person does: what waits to be shown is rendered. */
export function useCatchUp(waits: () => boolean, flush: () => void): void {
  const latest = useRef({ waits, flush });
  useEffect(() => {
    latest.current = { waits, flush };
  });
  useEffect(() => {
    const catchUp = (): void => {
      if (latest.current.waits()) flushSync(latest.current.flush);
    };
    for (const act of ACTS) window.addEventListener(act, catchUp, { capture: true });
    return () => {
      for (const act of ACTS) window.removeEventListener(act, catchUp, { capture: true });
    };
  }, []);
}
