import { createElement, useEffect, useSyncExternalStore, type ComponentType, type ReactNode } from "react";
import { notify } from "./notify.ts";

/** A component that is fetched apart from the page it stands on. */
export type LatePart<P extends object> = {
  /** Shows the component, or `fallback` until it is there; fetches it when it is first shown. */
  readonly Part: ComponentType<{ readonly props: P; readonly fallback?: ReactNode }>;
  /** Fetches the component unless it is there. Rejects when it does not come; a later call tries again. */
  readonly prefetch: () => Promise<void>;
};

/** Once it has been fetched it is drawn at once, like any other component. */
export function latePart<P extends object>(load: () => Promise<ComponentType<P>>): LatePart<P> {
  let part: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  const waiting = new Set<() => void>();

  const fetchPart = async (): Promise<void> => {
    try {
      part = await load();
      for (const tell of waiting) tell();
    } finally {
      coming = null;
    }
  };
  const prefetch = (): Promise<void> => (part ? Promise.resolve() : (coming ??= fetchPart()));
  const subscribe = (tell: () => void) => {
    waiting.add(tell);
    return () => waiting.delete(tell);
  };
  const current = () => part;

  function Part({ props, fallback = null }: { readonly props: P; readonly fallback?: ReactNode }) {
    const loaded = useSyncExternalStore(subscribe, current);
    const missing = loaded === null;
    useEffect(() => {
      if (missing) prefetch().catch(sayMissing);
    }, [missing]);
    return loaded ? createElement(loaded, props) : fallback;
  }

  return { Part, prefetch };
}

function sayMissing(): void {
  notify({
    message: "This part of the page did not load. Check your connection and try again.",
    tone: "problem",
  });
}

/** Milliseconds that a browser without idle callbacks lets pass, and the longest that others do. */
const SOON = 300;
const AT_THE_LATEST = 2_000;

/** Fetches parts one after the other while nothing else is to be done, from `ready` on. */
export function usePrefetch(parts: readonly Pick<LatePart<never>, "prefetch">[], ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const fetchAll = () => {
      // Who needs a part that did not come asks for it again, and is told.
      for (const { prefetch } of parts) prefetch().catch(() => undefined);
    };
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(fetchAll, SOON);
      return () => clearTimeout(timer);
    }
    const idle = window.requestIdleCallback(fetchAll, { timeout: AT_THE_LATEST });
    return () => window.cancelIdleCallback(idle);
  }, [parts, ready]);
}
