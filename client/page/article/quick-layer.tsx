import { useCallback } from "react";
import { lateExample, lateSameWords, lateSweepBar } from "./late-screens.ts";
import type { Stage } from "./stage.ts";

/** What lies over the page while something is done quickly. */
export function QuickLayer({ stage, touch }: { stage: Stage; touch: boolean }) {
  const { quick, session, selection } = stage;
  const { sweep, dialog, openDialog, say } = quick;
  const close = useCallback(() => openDialog(null), [openDialog]);
  return (
    <>
      {sweep.tag !== null && (
        <lateSweepBar.Part
          props={{
            codebook: session.codebook,
            tag: sweep.tag,
            waiting: selection !== null,
            touch,
            onTake: sweep.take,
            onStop: sweep.stop,
          }}
        />
      )}
      {dialog?.kind === "example" && (
        <lateExample.Part
          props={{ codebook: session.codebook, quote: dialog.quote, tags: dialog.tags, onClose: close }}
        />
      )}
      {dialog?.kind === "same" && (
        <lateSameWords.Part props={{ session, same: dialog.same, onDone: say, onClose: close }} />
      )}
    </>
  );
}
