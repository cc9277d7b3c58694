import {
  createElement,
  useEffect,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
  type RefObject,
} from "react";
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

/** Shows a button; pressing it fetches what takes its place and opens, see `useOpenedAtOnce`. */
export function OpensLate<P extends object>({
  late: { Part },
  props,
  button,
}: {
  late: LatePart<P>;
  props: P;
  button: (press: () => void) => ReactNode;
}) {
  const [presses, setPresses] = useState(0);
  const closed = button(() => setPresses(presses + 1));
  // Pressing once more while it is not there tries again.
  return presses === 0 ? closed : <Part key={presses} props={props} fallback={closed} />;
}

/** For what `OpensLate` brings: it takes over the focus of the button that was pressed, and opens. */
export function useOpenedAtOnce(
  target: RefObject<HTMLElement | null>,
): readonly [boolean, (opened: boolean) => void] {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    target.current?.focus();
    // oxlint-disable-next-line react/set-state-in-effect -- it gives the focus back only to what had it before it opened
    setOpened(true);
  }, [target]);
  return [opened, setOpened];
}

function sayMissing(): void {
  notify({
    message: "This part of the page did not load. Check your connection and try again.",
    tone: "problem",
  });
}

/** Milliseconds that are left to the first look at the page, and then the longest wait for a quiet moment. */
const SOON = 1_000;
const AT_THE_LATEST = 2_000;

/** Fetches parts soon after the page is `ready`, when the browser has nothing else to do. */
export function usePrefetch(parts: readonly Pick<LatePart<never>, "prefetch">[], ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const fetchAll = () => {
      // Who needs a part that did not come asks for it again, and is told.
      for (const { prefetch } of parts) prefetch().catch(() => undefined);
    };
    let idle = 0;
    const timer = setTimeout(() => {
      if ("requestIdleCallback" in window) {
        idle = window.requestIdleCallback(fetchAll, { timeout: AT_THE_LATEST });
      } else fetchAll();
    }, SOON);
    return () => {
      clearTimeout(timer);
      if (idle !== 0) window.cancelIdleCallback(idle);
    };
  }, [parts, ready]);
}
