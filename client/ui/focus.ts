import { useEffect, useRef, type RefObject } from "react";

/** While the caller is shown, focus is elsewhere; when it goes, focus is back where it came from. */
export function useFocusBack(): void {
  useEffect(() => {
    const before = originOf(document.activeElement);
    return () => focusOr(before);
  }, []);
}

/** The element that the returned ref is given to has the focus when it appears, and its text selected. */
export function useFocusFirst<T extends HTMLElement>(wanted = true): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (!wanted) return;
    ref.current?.focus();
    if (ref.current instanceof HTMLInputElement) ref.current.select();
  }, [wanted]);
  return ref;
}

/** Focuses an element, or the page's main part when it is not there any more. */
export function focusOr(element: HTMLElement | null): void {
  const gone = !element?.isConnected || element === document.body;
  const target = gone ? document.getElementById("main") : element;
  target?.focus({ preventScroll: true });
}

/** Something chosen in a menu comes from the button that opened the menu. */
export function originOf(active: Element | null): HTMLElement | null {
  const menu = active?.closest("[role=menu]");
  const button = menu ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : active;
  return button instanceof HTMLElement ? button : null;
}
