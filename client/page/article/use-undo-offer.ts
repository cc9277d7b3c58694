import { useCallback, useEffect, useMemo, useRef } from "react";
import type { ArticleSession } from "../../session/contract.ts";
import { notify } from "../../ui/notify.ts";

export type UndoOffer = {
  /** Says what was done and offers to take it back. */
  readonly offer: (message: string) => void;
  /** Takes the offer away: the next undo would take back something else. */
  readonly retract: () => void;
};

/** One offer at a time, for the last thing done; typing ends it. */
export function useUndoOffer(session: ArticleSession): UndoOffer {
  const dismiss = useRef<() => void>(() => {});
  const retract = useCallback(() => dismiss.current(), []);
  const offer = useCallback(
    (message: string) => {
      dismiss.current();
      dismiss.current = notify({ message, action: { label: "Undo", run: () => session.undo() } });
    },
    [session],
  );
  useEffect(() => {
    const onInput = ({ target }: Event) => {
      if (target instanceof Element && target.closest(".gloss-text")) retract();
    };
    window.addEventListener("input", onInput);
    return () => {
      window.removeEventListener("input", onInput);
      // There is nothing to undo in an article that is closed.
      retract();
    };
  }, [retract]);
  return useMemo(() => ({ offer, retract }), [offer, retract]);
}
