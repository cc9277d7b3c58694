import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { Talk, TalkAt } from "../../feature/margin/talk.ts";
import { placeAt, type ThreadPlace } from "../../feature/threads/place.ts";
import { Cell } from "../../session/cell.ts";
import type { Placed } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import type { Stage } from "./stage.ts";

const NOTHING: ReadonlyMap<string, TalkAt> = new Map();

/** The discussions of the page: what is open, and what the cards and the header know of them. */
export type Threads = {
  readonly place: ThreadPlace | null;
  readonly setPlace: (place: ThreadPlace | null) => void;
  readonly talk: Talk;
  readonly onCounts: (counts: ReadonlyMap<string, TalkAt>, unread: number) => void;
};

/** `byKey`: the marks there are. */
export function useThreads(
  { session, desk, canAnnotate }: Pick<Stage, "session" | "desk" | "canAnnotate">,
  byKey: ReadonlyMap<string, Placed>,
): Threads {
  const [place, setPlace] = useState<ThreadPlace | null>(null);
  const [counts] = useState(() => new Cell(NOTHING));
  const [unread] = useState(() => new Cell(0));
  useLinks({ byKey, ready: useReadable(session.ready), setPlace, open: desk.actions.open });

  const onCounts = useCallback<Threads["onCounts"]>(
    (next, all) => {
      counts.set(next);
      unread.set(all);
    },
    [counts, unread],
  );
  const shown = place !== null;
  const talk = useMemo<Talk>(
    () => ({
      counts,
      unread,
      canWrite: canAnnotate,
      discuss: (placed) => {
        const ids = counts.get().get(placed.key)?.ids ?? [];
        const [only] = ids;
        if (only === undefined) setPlace({ kind: "new", at: placeAt(placed) });
        else if (ids.length === 1) setPlace({ kind: "thread", id: only });
        else setPlace({ kind: "list", mark: placed.key });
      },
      panel: { shown, toggle: () => setPlace(shown ? null : { kind: "list", mark: null }) },
    }),
    [counts, unread, canAnnotate, shown],
  );
  return useMemo(() => ({ place, setPlace, talk, onCounts }), [place, talk, onCounts]);
}

/** `?thread=<id>` opens a discussion, `?mark=<author>/<id>` a mark's card; both leave the address then. */
function useLinks({
  byKey,
  ready,
  setPlace,
  open,
}: {
  byKey: ReadonlyMap<string, unknown>;
  ready: boolean;
  setPlace: (place: ThreadPlace) => void;
  open: (key: string, focus: "card") => void;
}): void {
  const [params, setParams] = useSearchParams();
  const thread = params.get("thread");
  const mark = params.get("mark");
  const markThere = mark !== null && byKey.has(mark);
  useEffect(() => {
    if (!ready || (thread === null && !markThere)) return;
    if (thread !== null) setPlace({ kind: "thread", id: thread });
    else if (mark !== null) open(mark, "card");
    setParams(
      (before) => {
        before.delete("thread");
        before.delete("mark");
        return before;
      },
      { replace: true },
    );
  }, [ready, thread, mark, markThere, setPlace, open, setParams]);
}
