import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** What the right side of the page is given over to. `of`: whose markup is reviewed; null: everybody's. */
export type ReviewMode = { readonly kind: "review"; readonly of: string | null } | { readonly kind: "inbox" };

const ALL = "all";

type ReviewPlace = {
  /** Null: the page is as ever. */
  readonly mode: ReviewMode | null;
  readonly setMode: (mode: ReviewMode | null) => void;
  readonly openThread: (thread: string) => void;
};

/** Kept in the address, so that a reload or a link leads to the same place. */
export function useReviewMode(): ReviewPlace {
  const [params, setParams] = useSearchParams();
  const of = params.get("review");
  const inbox = params.has("inbox");
  const setMode = useCallback(
    (mode: ReviewMode | null) =>
      setParams(
        (before) => {
          before.delete("review");
          before.delete("inbox");
          if (mode?.kind === "review") before.set("review", mode.of ?? ALL);
          if (mode?.kind === "inbox") before.set("inbox", "");
          return before;
        },
        { replace: true },
      ),
    [setParams],
  );
  const mode = useMemo<ReviewMode | null>(() => {
    if (of !== null) return { kind: "review", of: of === ALL ? null : of };
    return inbox ? { kind: "inbox" } : null;
  }, [of, inbox]);
  const openThread = useCallback(
    (thread: string) =>
      setParams(
        (before) => {
          before.set("thread", thread);
          return before;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { mode, setMode, openThread };
}
