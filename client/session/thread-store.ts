import type * as Y from "yjs";
import type { Placement } from "#shared/anchor/placement.ts";
import type { AnchorState } from "#shared/model/anchor-state.ts";
import { mergeThreads, readThreads, threadMap, type Threads } from "#shared/doc/threads.ts";
import type { Range } from "#shared/model/annotation.ts";
import type { Thread } from "#shared/model/thread.ts";
import { Cell } from "./cell.ts";
import type { ArticleSession, Placed, Readable } from "./contract.ts";
import { Batch, nextFrame, type Schedule } from "./frame.ts";
import { keyOf } from "./markup-store.ts";
import { reviewPort } from "./review-port.ts";
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
  return new ThreadStore(session, schedule);
}

class ThreadStore implements Readable<Discussions> {
  readonly #session: ArticleSession;
  readonly #cell = new Cell<Discussions>({ threads: [], unreadable: 0 });
  readonly #batch: Batch;
  #listeners = 0;
  #stops: (() => void)[] = [];
  #read: { readonly docs: readonly Y.Doc[]; readonly threads: Threads } | null = null;

  constructor(session: ArticleSession, schedule: Schedule) {
    this.#session = session;
    this.#batch = new Batch(schedule, () => this.#place());
  }

  readonly get = (): Discussions => this.#cell.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const stop = this.#cell.subscribe(listener);
    if (this.#listeners++ === 0) this.#watch();
    let over = false;
    return () => {
      stop();
      if (over) return;
      over = true;
      if (--this.#listeners === 0) this.#rest();
    };
  };

  #watch(): void {
    const { markup } = this.#session;
    const docs = reviewPort(this.#session);
    const { binding } = textPort(this.#session);
    const wish = (): void => this.#batch.wish();
    const changed = (): void => {
      this.#read = null;
      wish();
    };
    let leave = (): void => {};
    let leaveText = (): void => {};
    const follow = (): void => {
      leave();
      const maps = docs.get().map(threadMap);
      for (const map of maps) map.observe(changed);
      leave = () => {
        for (const map of maps) map.unobserve(changed);
      };
      changed();
    };
    const followText = (): void => {
      leaveText();
      leaveText = binding.get()?.index.subscribe(wish) ?? (() => {});
      wish();
    };
    this.#stops = [
      docs.subscribe(follow),
      binding.subscribe(followText),
      markup.subscribe(wish),
      () => leave(),
      () => leaveText(),
    ];
    follow();
    followText();
    this.#batch.flush();
  }

  #rest(): void {
    this.#batch.stop();
    for (const stop of this.#stops.splice(0)) stop();
    this.#read = null;
  }

  #place(): void {
    const docs = reviewPort(this.#session).get();
    if (this.#read?.docs !== docs) this.#read = { docs, threads: mergeThreads(docs.map(readThreads)) };
    const { threads, unreadable } = this.#read.threads;
    const before = new Map(this.#cell.get().threads.map((thread) => [thread.id, thread]));
    const next = threads.map((thread) => {
      const placed = this.#placed(thread);
      const known = before.get(thread.id);
      return known && same(known, placed) ? known : placed;
    });
    next.sort(inTextOrder);
    const last = this.#cell.get();
    const unchanged =
      unreadable === last.unreadable &&
      next.length === last.threads.length &&
      next.every((thread, at) => thread === last.threads[at]);
    if (!unchanged) this.#cell.set({ threads: next, unreadable });
  }

  #placed(thread: Thread): PlacedThread {
    const { anchor } = thread;
    if (anchor.kind === "text") {
      const { state, pieces } = placeRanges(this.#session, anchor.ranges);
      return { ...thread, markKey: null, mark: null, state, pieces };
    }
    const markKey = keyOf(anchor.author, anchor.mark);
    const mark = this.#session.markup.get().byKey.get(markKey) ?? null;
    const { state, pieces } = mark?.placement ?? { state: "detached" as const, pieces: [] };
    return { ...thread, markKey, mark, state, pieces };
  }
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
