import { useCallback, useMemo, useState } from "react";
import type { SameWords } from "../../feature/annotate/same-words-dialog.tsx";
import { sameWordsOf } from "../../feature/annotate/same-subject.ts";
import { usePointing } from "../../feature/annotate/use-pointing.ts";
import { useSweep, type Sweep } from "../../feature/annotate/use-sweep.ts";
import type { Tagging } from "../../feature/annotate/use-tagging.ts";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";

/** Something to look at before many marks are changed. */
export type QuickDialog =
  | { readonly kind: "same"; readonly same: SameWords }
  /** Words for the codebook, as an example of one of these tags. */
  | { readonly kind: "example"; readonly quote: string; readonly tags: readonly string[] };

/** What makes marking many things quick. */
export type Quick = {
  readonly sweep: Sweep;
  /** Pressing a tag: the words get it, or it is locked for all selections to come. */
  readonly press: (tag: string) => void;
  readonly onSelection: (range: TextRange | null) => void;
  /** What is open over the page. */
  readonly dialog: QuickDialog | null;
  /** Words that could be looked for: the selected ones, else those of the chosen mark. */
  readonly sameSubject: () => SameWords | null;
  readonly openDialog: (dialog: QuickDialog | null) => void;
  /** Several marks are being chosen in the list. */
  readonly choosing: boolean;
  readonly setChoosing: (on: boolean) => void;
  readonly say: (message: string) => void;
};

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly tagging: Tagging;
  /** The text is there to be marked and not to be typed in. */
  readonly marking: boolean;
  readonly canAnnotate: boolean;
  readonly active: Placed | null;
  readonly dialog: QuickDialog | null;
  readonly openDialog: (dialog: QuickDialog | null) => void;
  readonly say: (message: string) => void;
};

export function useQuick(options: Options): Quick {
  const { session, editor, tagging, marking, canAnnotate, active, dialog, openDialog, say } = options;
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

  const { words: selectedWords } = tagging;
  const sameSubject = useCallback((): SameWords | null => {
    const at = canAnnotate ? selectedWords() : null;
    if (at) {
      const tags = session.findMine(at.from, at.to)?.annotation.tags ?? [];
      return { words: editor()?.textBetween(at) ?? "", tags };
    }
    return canAnnotate && active ? sameWordsOf(active) : null;
  }, [canAnnotate, selectedWords, session, editor, active]);

  const [choosing, setChoosing] = useState(false);
  return useMemo(
    () => ({ sweep, press, onSelection, dialog, sameSubject, openDialog, choosing, setChoosing, say }),
    [sweep, press, onSelection, dialog, sameSubject, openDialog, choosing, say],
  );
}
