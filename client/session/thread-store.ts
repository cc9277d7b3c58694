import type { Placement } from "#shared/anchor/placement.ts";
import type { AnchorState } from "#shared/model/anchor-state.ts";
import { mergeThreads, readThreads, threadMap } from "#shared/doc/threads.ts";
import type { Range } from "#shared/model/annotation.ts";
import type { Thread } from "#shared/model/thread.ts";
import type { ArticleSession, Placed, Readable } from "./contract.ts";
import { derived } from "./derived.ts";
import { nextFrame, type Schedule } from "./frame.ts";
import { keyOf } from "./markup-store.ts";
import { PlacedRecords } from "./placed-records.ts";
import { textPort } from "./text-port.ts";

/** A discussion with its place in the text as it is now. */
export type PlacedThread = Thread & {
  /** Key of the mark it was started at; null for plain words. */
  readonly markKey: string | null;
  /** The mark as it is now; null when it is gone, or there never was one. */
  readonly mark: Placed | null;
  readonly state: AnchorState;
  readonly pieces: Placement["pieces"];
};

export type Discussions = {
  /** In text order, those without a place last. */
  readonly threads: readonly PlacedThread[];
  /** Records that could not be read. */
  readonly unreadable: number;
};

const NOWHERE: Placement = { state: "locating", pieces: [], text: "", kept: 1 };

/** Where ranges of an open article stand now. */
export function placeRanges(session: ArticleSession, ranges: readonly Range[]): Placement {
  const index = textPort(session).binding.get()?.index;
  return index ? index.place(ranges, () => null) : NOWHERE;
}

/** The plain text of an open article; null until it has arrived. */
export function plainTextOf(session: ArticleSession): string | null {
  return textPort(session).binding.get()?.index.plain.text ?? null;
}

/** The discussions of an open article; nothing is observed while nobody listens. */
export function discussionsOf(
  session: ArticleSession,
  schedule: Schedule = nextFrame,
): Readable<Discussions> {
  const records = new PlacedRecords<Thread, PlacedThread>(session, {
    map: threadMap,
    read: (docs) => {
      const { threads, unreadable } = mergeThreads(docs.map(readThreads));
      return { records: threads, unreadable };
    },
    place: (thread) => placedIn(session, thread),
    idOf: ({ id }) => id,
    same,
    inOrder: inTextOrder,
    also: [session.markup],
    schedule,
  });
  return derived(records, ({ placed, unreadable }) => ({ threads: placed, unreadable }));
}

function placedIn(session: ArticleSession, thread: Thread): PlacedThread {
  const { anchor } = thread;
  if (anchor.kind === "text") {
    const { state, pieces } = placeRanges(session, anchor.ranges);
    return { ...thread, markKey: null, mark: null, state, pieces };
  }
  const markKey = keyOf(anchor.author, anchor.mark);
  const mark = session.markup.get().byKey.get(markKey) ?? null;
  const { state, pieces } = mark?.placement ?? { state: "detached" as const, pieces: [] };
  return { ...thread, markKey, mark, state, pieces };
}

/** The same in everything that is shown; messages that have not changed are the same objects. */
function same(one: PlacedThread, other: PlacedThread): boolean {
  return (
    one.mark === other.mark &&
    one.state === other.state &&
    one.resolved?.at === other.resolved?.at &&
    one.rulings === other.rulings &&
    one.messages.length === other.messages.length &&
    one.messages.every((message, at) => message === other.messages[at]) &&
    JSON.stringify(one.pieces) === JSON.stringify(other.pieces)
  );
}

function inTextOrder(one: PlacedThread, other: PlacedThread): number {
  const [a, b] = [one, other].map(({ pieces }) => pieces[0]?.start ?? Number.MAX_SAFE_INTEGER);
  return (a ?? 0) - (b ?? 0) || one.createdAt - other.createdAt;
}
