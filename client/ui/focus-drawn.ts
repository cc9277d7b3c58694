import { useCallback, useEffect, useRef } from "react";

/** Frames to wait for something that has to be drawn first. */
const PATIENCE = 20;

/** Focuses what `find` gives as soon as it is drawn: a row of a virtual list comes some frames after the scroll. */
export function useFocusDrawn(): (find: () => HTMLElement | null | undefined) => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback((find) => {
    let left = PATIENCE;
    const step = (): void => {
      const found = find();
      if (found) found.focus({ preventScroll: true });
      else if (left-- > 0) frame.current = requestAnimationFrame(step);
    };
    cancelAnimationFrame(frame.current);
    step();
  }, []);
}
