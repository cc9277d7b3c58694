import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  shift,
  type Placement,
  type VirtualElement,
} from "@floating-ui/react";
import { useLayoutEffect, type RefObject } from "react";
import { coveredRight, onDrawers } from "./drawer.ts";

/** Room for the page's header, which nothing may slide under. */
const HEADER = 64;
/** Between what floats and the edges of the window or a panel. */
const GAP = 8;

export type Beside = {
  readonly text: HTMLElement | null;
  readonly placement: Placement;
  /** Where the place is now, in the window; null keeps the last one. */
  readonly place: () => DOMRect | null;
  /** False: the element stands where its style sheet puts it. */
  readonly floats: boolean;
};

/**
 * Keeps an element beside a place in the text, through every scroll and resize: on the wanted side, on
 * the other one when there is no room, never over the place itself,
 * and clear of panels at the right.
 */
export function useBeside(floating: RefObject<HTMLElement | null>, beside: Beside): void {
  const { text, placement, place, floats } = beside;
  useLayoutEffect(() => {
    const element = floating.current;
    if (!element || !text || !floats) return;
    let last = new DOMRect();
    const reference: VirtualElement = {
      contextElement: text,
      getBoundingClientRect: () => (last = place() ?? last),
    };
    let current = true;
    const move = async () => {
      const { x, y } = await computePosition(reference, element, {
        strategy: "fixed",
        placement,
        middleware: [
          offset(10),
          flip({
            fallbackPlacements: [placement.startsWith("top") ? "bottom" : "top"],
            padding: { top: HEADER, bottom: GAP },
          }),
          shift({ padding: { left: GAP, right: coveredRight() + GAP } }),
        ],
      });
      if (current) Object.assign(element.style, { position: "fixed", left: `${x}px`, top: `${y}px` });
    };
    const stop = autoUpdate(reference, element, () => void move());
    const stopDrawers = onDrawers(() => void move());
    return () => {
      current = false;
      stop();
      stopDrawers();
      Object.assign(element.style, { position: "", left: "", top: "" });
    };
  }, [floating, text, placement, place, floats]);
}
