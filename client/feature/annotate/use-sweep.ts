import { useCallback, useMemo, useState } from "react";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { Means } from "./use-pointing.ts";

/** One tag for every selection that is made, until it is stopped. */
export type Sweep = {
  readonly tag: string | null;
  /** The next tag that is pressed becomes the one. */
  readonly arming: boolean;
  readonly arm: () => void;
  readonly lock: (tag: string) => void;
  readonly stop: () => void;
  /** A selection came to rest: a mouse finishes it, other means wait for `take`. */
  readonly onSelection: (range: TextRange | null) => void;
  /** Tags the words that are selected. */
  readonly take: () => void;
};

type Options = {
  /** False stops it: the text takes typing, or nothing may be marked. */
  readonly enabled: boolean;
  readonly editor: () => EditorHandle | null;
  readonly means: () => Means;
  /** Gives the selected words the tag; false when they could not be marked. */
  readonly give: (tag: string) => boolean;
  /** Says to screen readers that it began or ended; null: it ended. */
  readonly tell: (tag: string | null) => void;
};

export function useSweep({ enabled, editor, means, give, tell }: Options): Sweep {
  const [tag, setTag] = useState<string | null>(null);
  const [arming, setArming] = useState(false);
  if (!enabled && (tag !== null || arming)) {
    setTag(null);
    setArming(false);
  }

  const apply = useCallback(
    (chosen: string) => {
      const selected = editor()?.getSelection();
      // The caret goes behind the words, so that the next selection begins anew.
      if (selected && give(chosen)) editor()?.setSelection({ from: selected.to, to: selected.to });
    },
    [editor, give],
  );
  const lock = useCallback(
    (chosen: string) => {
      setTag(chosen);
      setArming(false);
      tell(chosen);
      apply(chosen);
    },
    [apply, tell],
  );
  const stop = useCallback(() => {
    setTag(null);
    setArming(false);
    tell(null);
  }, [tell]);
  const onSelection = useCallback(
    (range: TextRange | null) => {
      if (range && tag !== null && means() === "mouse") apply(tag);
    },
    [apply, tag, means],
  );
  const take = useCallback(() => {
    if (tag !== null) apply(tag);
  }, [apply, tag]);
  const arm = useCallback(() => setArming((before) => !before), []);

  return useMemo(
    () => ({ tag, arming, arm, lock, stop, onSelection, take }),
    [tag, arming, arm, lock, stop, onSelection, take],
  );
}
