import { useCallback, useMemo } from "react";
import { usePointing } from "../../feature/annotate/use-pointing.ts";
import { useSweep, type Sweep } from "../../feature/annotate/use-sweep.ts";
import type { Tagging } from "../../feature/annotate/use-tagging.ts";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";

/** What makes marking many things quick. */
export type Quick = {
  readonly sweep: Sweep;
  /** Pressing a tag: the words get it, or it is locked for all selections to come. */
  readonly press: (tag: string) => void;
  readonly onSelection: (range: TextRange | null) => void;
};

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly tagging: Tagging;
  /** The text is there to be marked and not to be typed in. */
  readonly marking: boolean;
};

export function useQuick({ session, editor, tagging, marking }: Options): Quick {
  const { codebook } = session;
  const means = usePointing();
  const tell = useCallback(
    (tag: string | null) =>
      announce(
        tag === null
          ? "Selections are no longer tagged"
          : `Every selection is tagged ${tagLabel(codebook, tag)}. With keys, press Enter. Escape stops.`,
      ),
    [codebook],
  );
  const sweep = useSweep({ enabled: marking, editor, means, give: tagging.give, tell });
  const { arming, lock } = sweep;
  const { press: pressOnce } = tagging;
  const press = useCallback(
    (tag: string) => (arming ? lock(tag) : pressOnce(tag)),
    [arming, lock, pressOnce],
  );
  const { onSelection } = sweep;
  return useMemo(() => ({ sweep, press, onSelection }), [sweep, press, onSelection]);
}
