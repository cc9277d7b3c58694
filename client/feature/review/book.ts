import type { Annotation } from "#shared/model/annotation.ts";
import type { ReviewSettings, Verdict } from "#shared/model/verdict.ts";
import { placedMark, type ReviewMark } from "#shared/review/mark.ts";
import { reviewQueue, type QueueItem, type Scope } from "#shared/review/queue.ts";
import type { Sign } from "#shared/model/review-sign.ts";
import { signOf } from "#shared/review/sign.ts";
import { standingOf, verdictsByMark, type Standing } from "#shared/review/standing.ts";
import type { Placed } from "../../session/contract.ts";
import type { Said } from "./overlay.ts";

/** A mark and what review says about it. */
export type Entry = {
  readonly key: string;
  readonly placed: Placed;
  readonly mark: ReviewMark;
  /** Those that everybody sees. */
  readonly verdicts: readonly Verdict[];
  readonly standing: Standing;
  readonly sign: Sign;
  /** What I have to do with it; null when nothing, or when it is out of my scope. */
  readonly todo: QueueItem | null;
  /** My own last verdict, published or draft. */
  readonly mine: Verdict | null;
};

export type Progress = {
  readonly total: number;
  readonly done: number;
  /** Put off by me; they are among those that are done. */
  readonly deferred: number;
};

/** A version of everything that review shows. */
export type Pages = {
  /** All marks, in text order. */
  readonly entries: readonly Entry[];
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Those I have to judge, in text order. */
  readonly queue: readonly Entry[];
  readonly progress: Progress;
};

export type Circle = {
  readonly placed: readonly Placed[];
  readonly said: Said;
  readonly settings: ReviewSettings;
  readonly me: string;
  /** Null: I am reviewing nobody. */
  readonly scope: Scope | null;
};

type Known = {
  readonly annotation: Annotation;
  readonly text: string;
  readonly state: string;
  readonly verdicts: readonly Verdict[];
  readonly drafts: readonly Verdict[];
  readonly settings: ReviewSettings;
  readonly scope: Scope | null;
  readonly entry: Entry;
  readonly progress: Progress;
};

const NONE: readonly Verdict[] = [];
const NO_PROGRESS: Progress = { total: 0, done: 0, deferred: 0 };

/**
 * What the rules of review make of every mark. Each mark is worked out anew only when it, its words or
 * what was said of it is another: with thousands of marks one verdict costs as much as with ten.
 */
export class Book {
  #known = new Map<string, Known>();
  #verdicts = new Map<string, readonly Verdict[]>();
  #drafts = new Map<string, readonly Verdict[]>();

  pages(circle: Circle): Pages {
    this.#verdicts = gathered(circle.said.verdicts, this.#verdicts);
    this.#drafts = gathered(circle.said.drafts, this.#drafts);
    const known = new Map<string, Known>();
    const entries: Entry[] = [];
    const queue: Entry[] = [];
    const progress = { ...NO_PROGRESS };
    for (const placed of circle.placed) {
      const page = this.#page(placed, circle);
      known.set(placed.key, page);
      entries.push(page.entry);
      if (page.entry.todo) queue.push(page.entry);
      progress.total += page.progress.total;
      progress.done += page.progress.done;
      progress.deferred += page.progress.deferred;
    }
    this.#known = known;
    return { entries, byKey: new Map(entries.map((entry) => [entry.key, entry])), queue, progress };
  }

  #page(placed: Placed, circle: Circle): Known {
    const { annotation, placement, key } = placed;
    const { settings, scope } = circle;
    const { text, state } = placement;
    const verdicts = this.#verdicts.get(key) ?? NONE;
    const drafts = this.#drafts.get(key) ?? NONE;
    const before = this.#known.get(key);
    if (
      before?.annotation === annotation &&
      before.text === text &&
      before.state === state &&
      before.verdicts === verdicts &&
      before.drafts === drafts &&
      before.settings === settings &&
      before.scope === scope
    ) {
      return before.entry.placed === placed ? before : { ...before, entry: { ...before.entry, placed } };
    }
    const mark = placedMark(placed.author.id, annotation, placement);
    const standing = standingOf(mark, verdicts, settings);
    const one = scope && reviewQueue({ marks: [mark], verdicts, settings }, { id: circle.me, drafts }, scope);
    const entry: Entry = {
      key,
      placed,
      mark,
      verdicts,
      standing,
      sign: signOf(standing),
      todo: one?.items[0] ?? null,
      mine: lastOf(circle.me, verdicts, drafts),
    };
    const progress = one ? { total: one.total, done: one.done, deferred: one.deferred } : NO_PROGRESS;
    return { annotation, text, state, verdicts, drafts, settings, scope, entry, progress };
  }
}

/** By mark; a mark about which nothing new was said keeps the same list. */
function gathered(
  verdicts: ReadonlyMap<string, Verdict>,
  before: ReadonlyMap<string, readonly Verdict[]>,
): Map<string, readonly Verdict[]> {
  const now = new Map(verdictsByMark(verdicts.values()));
  for (const [key, list] of now) {
    const known = before.get(key);
    if (known?.length === list.length && list.every((verdict, at) => verdict === known[at])) {
      now.set(key, known);
    }
  }
  return now;
}

/** A draft is later than what I have published on the same mark. */
function lastOf(me: string, verdicts: readonly Verdict[], drafts: readonly Verdict[]): Verdict | null {
  return drafts.findLast(({ by }) => by === me) ?? verdicts.findLast(({ by }) => by === me) ?? null;
}
