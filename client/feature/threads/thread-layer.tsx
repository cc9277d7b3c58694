import { useEffect, useMemo, useRef } from "react";
import type { EditorHandle } from "../../editor/types.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import { discussionsOf, type PlacedThread } from "../../session/thread-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import type { ThreadPlace } from "./place.ts";
import { TalkWatch, type TalkCounts } from "./talk-watch.tsx";
import { ThreadPanel } from "./thread-panel.tsx";

/** All of the article's discussions: their signs at the marks and words, and the panel when it is wanted. */
export function ThreadLayer({
  session,
  place,
  onPlace,
  editor,
  layout,
  onCounts,
  onShow,
  onGoTo,
  onLeave,
}: {
  session: ArticleSession;
  /** Null: the panel is closed. */
  place: ThreadPlace | null;
  onPlace: (place: ThreadPlace | null) => void;
  editor: () => EditorHandle | null;
  layout: Readable<number>;
  onCounts: (counts: TalkCounts, unread: number) => void;
  /** Brings the words of a discussion into sight. */
  onShow: (thread: PlacedThread) => void;
  /** The same, and leads the keyboard there. */
  onGoTo: (thread: PlacedThread) => void;
  /** Something in the panel was followed to another place. */
  onLeave: () => void;
}) {
  const discussions = useMemo(() => discussionsOf(session), [session]);
  const { threads } = useReadable(discussions);
  const activeId = place?.kind === "thread" ? place.id : null;
  const opened = threads.find(({ id }) => id === activeId) ?? null;
  const located = opened !== null && opened.state !== "locating";
  const shown = useRef<string | null>(null);

  // A discussion that was opened by a link may arrive later than the panel.
  useEffect(() => {
    if (activeId === null) shown.current = null;
    if (!opened || !located || shown.current === opened.id) return;
    shown.current = opened.id;
    onShow(opened);
  }, [activeId, opened, located, onShow]);

  return (
    <>
      <TalkWatch
        session={session}
        discussions={discussions}
        editor={editor}
        layout={layout}
        activeId={activeId}
        onCounts={onCounts}
      />
      {place && (
        <ThreadPanel
          session={session}
          discussions={discussions}
          place={place}
          onPlace={onPlace}
          onGoTo={onGoTo}
          onLeave={onLeave}
        />
      )}
    </>
  );
}
