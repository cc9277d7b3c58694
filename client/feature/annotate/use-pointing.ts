import { useCallback, useEffect, useRef } from "react";

/** What a person used last. */
export type Means = "mouse" | "touch" | "keys";

/** Tells by what a selection was made: with a mouse it is finished when the button comes up. */
export function usePointing(): () => Means {
  const last = useRef<Means>("keys");
  useEffect(() => {
    const onPointer = ({ pointerType }: PointerEvent) => {
      last.current = pointerType === "touch" ? "touch" : "mouse";
    };
    const onKey = () => {
      last.current = "keys";
    };
    window.addEventListener("pointerdown", onPointer, { capture: true });
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      window.removeEventListener("pointerdown", onPointer, { capture: true });
      window.removeEventListener("keydown", onKey, { capture: true });
    };
  }, []);
  return useCallback(() => last.current, []);
}
