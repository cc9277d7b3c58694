import { createElement, useEffect, useState, type ComponentType } from "react";
import { notify } from "../../ui/notify.ts";

/** Milliseconds after which a part is fetched that nobody has asked for yet. */
const LATER = 4_000;

/**
 * A part of the page that is fetched after the text is there: when it is wanted, or a little later, so
 * that it is at hand without a connection too. `load` must be the same each time.
 */
export function Late<P extends object>({
  load,
  wanted,
  props,
  onFailed,
}: {
  load: () => Promise<ComponentType<P>>;
  wanted: boolean;
  /** Null: it can not be shown, whatever is wanted. */
  props: P | null;
  /** It was wanted and did not come; the person has been told. */
  onFailed: () => void;
}) {
  const [part, setPart] = useState<ComponentType<P> | null>(null);
  const missing = part === null;

  useEffect(() => {
    if (!missing) return;
    let current = true;
    const fetchPart = async (): Promise<void> => {
      try {
        const loaded = await load();
        if (current) setPart(() => loaded);
      } catch {
        // Without being asked for it is no failure: it is tried again when somebody wants it.
        if (!current || !wanted) return;
        notify({
          message: "This part of the page did not load. Check your connection and try again.",
          tone: "problem",
        });
        onFailed();
      }
    };
    const timer = setTimeout(() => void fetchPart(), wanted ? 0 : LATER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [missing, load, wanted, onFailed]);

  return wanted && part && props ? createElement(part, props) : null;
}
