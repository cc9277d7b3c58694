import type * as Y from "yjs";
import type { ArticleIndex } from "#shared/anchor/text-index.ts";
import { readSuggestions, suggestionMap, type Suggestions } from "#shared/doc/suggestions.ts";
import type { SuggestionPlace, TextSuggestion } from "#shared/model/suggestion.ts";
import { blockAt, capturePlace } from "#shared/suggestion/capture.ts";
import { standingOf, type Standing } from "#shared/suggestion/standing.ts";
import { Cell } from "./cell.ts";
import type { ArticleSession, Readable } from "./contract.ts";
import { Batch, nextFrame, type Schedule } from "./frame.ts";
import { reviewPort } from "./review-port.ts";
import { textPort } from "./text-port.ts";

/** A suggested change with its place in the text as it is now. */
export type PlacedSuggestion = {
  readonly suggestion: TextSuggestion;
  /** Of one that is decided and done: not looked for. */
  readonly standing: Standing;
};

export type SuggestionsNow = {
  /** In text order, those without a place last. */
  readonly placed: readonly PlacedSuggestion[];
  /** Records that could not be read. */
  readonly unreadable: number;
};

/** A paragraph: its words, and the offsets between which they stand in the plain text. */
export type Paragraph = { readonly start: number; readonly end: number; readonly text: string };

/** How a place stands in the text of an open article now. */
export function standingNow(session: ArticleSession, place: SuggestionPlace): Standing {
  const index = indexOf(session);
  if (!index) return { kind: "locating" };
  return standingOf(place, {
    place: (range) => index.place([range], () => null),
    within: (start, end) => {
      const block = blockAt(index.plain, start);
      return block && end <= block.end ? index.slice(start, end) : null;
    },
  });
}

/** The paragraph that holds an offset; null when there is none. */
export function paragraphAt(session: ArticleSession, offset: number): Paragraph | null {
  const index = indexOf(session);
  const block = index && blockAt(index.plain, offset);
  return block && { start: block.start, end: block.end, text: index.slice(block.start, block.end) };
}

/** As `capturePlace`; null also while the text has not arrived. */
export function placeOf(session: ArticleSession, start: number, end: number): SuggestionPlace | null {
  const index = indexOf(session);
  return index && capturePlace(index, start, end);
}

function indexOf(session: ArticleSession): ArticleIndex | null {
  return textPort(session).binding.get()?.index ?? null;
}

/** The suggested changes of an open article; nothing is observed while nobody listens. */
export function suggestionsOf(
  session: ArticleSession,
  schedule: Schedule = nextFrame,
): Readable<SuggestionsNow> {
  return new SuggestionStore(session, schedule);
}

class SuggestionStore implements Readable<SuggestionsNow> {
  readonly #session: ArticleSession;
  readonly #cell = new Cell<SuggestionsNow>({ placed: [], unreadable: 0 });
  readonly #batch: Batch;
  #listeners = 0;
  #stops: (() => void)[] = [];
  #read: readonly Suggestions[] | null = null;

  constructor(session: ArticleSession, schedule: Schedule) {
    this.#session = session;
    this.#batch = new Batch(schedule, () => this.#place());
  }

  readonly get = (): SuggestionsNow => this.#cell.get();

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
      const maps = docs.get().map(suggestionMap);
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
    this.#stops = [docs.subscribe(follow), binding.subscribe(followText), () => leave(), () => leaveText()];
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
    this.#read ??= reviewPort(this.#session)
      .get()
      .map((doc: Y.Doc) => readSuggestions(doc));
    const last = this.#cell.get();
    const before = new Map(last.placed.map((one) => [one.suggestion.id, one]));
    const placed = this.#read
      .flatMap(({ suggestions }) => suggestions)
      .map((suggestion): PlacedSuggestion => {
        const standing = isWaiting(suggestion) ? standingNow(this.#session, suggestion.place) : DONE;
        const known = before.get(suggestion.id);
        return known?.suggestion === suggestion && same(known.standing, standing)
          ? known
          : { suggestion, standing };
      })
      .sort(inTextOrder);
    const unreadable = this.#read.reduce((sum, one) => sum + one.unreadable, 0);
    const unchanged =
      unreadable === last.unreadable &&
      placed.length === last.placed.length &&
      placed.every((one, at) => one === last.placed[at]);
    if (!unchanged) this.#cell.set({ placed, unreadable });
  }
}

const DONE: Standing = { kind: "detached" };

/** There is still something to be done about it in the text. */
function isWaiting({ status, applied }: TextSuggestion): boolean {
  return status === "open" || (status === "accepted" && applied === null);
}

function same(one: Standing, other: Standing): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** In text order, what stands at one place in the order it was made. */
export function inTextOrder(one: PlacedSuggestion, other: PlacedSuggestion): number {
  const [a, b] = [one, other].map(({ standing }) =>
    "from" in standing ? standing.from : Number.MAX_SAFE_INTEGER,
  );
  return (a ?? 0) - (b ?? 0) || one.suggestion.at - other.suggestion.at;
}
