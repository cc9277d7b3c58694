import { useLayoutEffect, type RefObject } from "react";

/** Panels that lie over the right side of the page, so that what floats in the text keeps clear of them. */
const open = new Set<HTMLElement>();
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Notes the element as such a panel for as long as it is there. */
export function useDrawer(panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    open.add(element);
    tell();
    return () => {
      open.delete(element);
      tell();
    };
  }, [panel]);
}

/** CSS pixels at the right of the window that panels cover; 0 when one covers all of it. */
export function coveredRight(): number {
  const widths = [...open].map((element) => element.offsetWidth).filter((width) => width < innerWidth);
  return Math.max(0, ...widths);
}

/** Calls `listener` whenever a panel comes or goes; the result ends it. */
export function onDrawers(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
