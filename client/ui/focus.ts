import { useEffect, useRef, type RefObject } from "react";

/** While the caller is shown, focus is elsewhere; when it goes, focus is back where it came from. */
export function useFocusBack(): void {
  useEffect(() => {
    const before = focused();
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
  const target = element?.isConnected ? element : document.getElementById("main");
  target?.focus({ preventScroll: true });
}

/** What has the focus now, null when nothing has it. */
export function focused(): HTMLElement | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
}
