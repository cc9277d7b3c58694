import { useCallback } from "react";
import type { PlacedThread } from "../../session/thread-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import { lateThreads } from "./late-screens.ts";
import type { Stage } from "./stage.ts";
import type { Threads } from "./use-threads.ts";
import type { ScreenView } from "./use-view.ts";

/** The discussions over the page, fetched once the text is there. `narrow`: the panel covers the text. */
export function ThreadPart({
  stage: { session, editor, desk },
  threads: { place, setPlace, onCounts },
  view,
  narrow,
}: {
  stage: Stage;
  threads: Threads;
  view: ScreenView;
  narrow: boolean;
}) {
  const ready = useReadable(session.ready);
  const { open } = desk.actions;
  const onShow = useCallback(
    ({ mark, pieces: [first] }: PlacedThread) => {
      if (mark) open(mark.key);
      else if (first) editor()?.scrollTo(first.from);
    },
    [open, editor],
  );
  const onGoTo = useCallback(
    (thread: PlacedThread) => {
      const [first] = thread.pieces;
      if (narrow) setPlace(null);
      onShow(thread);
      if (!first) return;
      editor()?.setSelection({ from: first.from, to: first.from });
      editor()?.focus();
    },
    [narrow, setPlace, onShow, editor],
  );
  const onLeave = useCallback(() => {
    if (narrow) setPlace(null);
  }, [narrow, setPlace]);
  if (!ready) return null;
  return (
    <lateThreads.Part
      props={{
        session,
        place,
        onPlace: setPlace,
        editor,
        layout: view.layout,
        onCounts,
        onShow,
        onGoTo,
        onLeave,
      }}
    />
  );
}
