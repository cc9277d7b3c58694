import { useMemo, useSyncExternalStore } from "react";

/** Whether a media query holds now; renders again when that changes. The browser is asked once, not at each render. */
export function useMedia(query: string): boolean {
  const media = useMemo(() => {
    const list = window.matchMedia(query);
    return {
      subscribe: (listener: () => void) => {
        list.addEventListener("change", listener);
        return () => list.removeEventListener("change", listener);
      },
      get: () => list.matches,
    };
  }, [query]);
  return useSyncExternalStore(media.subscribe, media.get);
}
