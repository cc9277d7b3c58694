import { authorInbox, type InboxItem } from "#shared/review/inbox.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import { act, lineOf, type AnsweringAct } from "#shared/review/machine.ts";
import { refusal, type Refusal } from "#shared/review/refusals.ts";
import type { Verdict } from "#shared/model/verdict.ts";
import type { TextRange } from "../../editor/types.ts";
import { Cell } from "../../session/cell.ts";
import type { Readable } from "../../session/contract.ts";
import { derived } from "../../session/derived.ts";
import { rangesOf, standsAt } from "../../session/words-at.ts";
import { count } from "../../ui/count.ts";
import type { Entry } from "./book.ts";
import type { ReviewStore, ReviewView } from "./store.ts";
import { nameOf } from "./people.ts";
import { verdictWords } from "./words.ts";

/** What waits for the author of marks. */
export type Mail = {
  readonly items: readonly InboxItem[];
  /** How many of my marks are accepted as they are now. */
  readonly accepted: number;
};

export type InboxState = {
  /** The verdict before me; null when there is none. */
  readonly at: string | null;
  /** I am writing an answer to it. */
  readonly answering: boolean;
  readonly refused: Refusal | null;
  /** What I did last, to take it back. */
  readonly last: Undoable | null;
};

type Undoable = {
  readonly word: string;
  /** Id of the answer. */
  readonly id: string;
  readonly verdict: string;
  /** Steps of my own history that it made. */
  readonly steps: number;
};

export type InboxOptions = {
  readonly store: ReviewStore;
  /** Brings a mark or words into sight. */
  readonly show: (entry: Entry | null, words: TextRange | null) => void;
  readonly say: (sentence: string) => void;
  readonly newId?: () => string;
  readonly now?: () => number;
};

const WORDS = { apply: "Applied", answer: "Answered", keep: "Kept as it is" } as const;

/** The author at work on what reviewers said about their marks. */
export class InboxDesk {
  readonly mail: Readable<Mail>;
  readonly state = new Cell<InboxState>({ at: null, answering: false, refused: null, last: null });
  readonly store: ReviewStore;
  readonly #options: Required<InboxOptions>;
  readonly #stop: () => void;
  #open = false;

  constructor(options: InboxOptions) {
    this.store = options.store;
    this.#options = { newId: () => crypto.randomUUID(), now: Date.now, ...options };
    this.mail = mailOf(this.store);
    this.#stop = this.store.view.subscribe(() => this.#follow());
  }

  /** The inbox is on the screen; the first item comes before me. */
  start(): void {
    this.#open = true;
    this.#set({ at: null, answering: false, refused: null });
    this.#follow();
  }

  leave(): void {
    this.#open = false;
  }

  close(): void {
    this.#stop();
  }

  get item(): InboxItem | null {
    const { at } = this.state.get();
    return this.mail.get().items.find(({ verdict }) => verdict.id === at) ?? null;
  }

  step(by: 1 | -1): void {
    const { items } = this.mail.get();
    const at = items.findIndex(({ verdict }) => verdict.id === this.state.get().at);
    const next = items[at + by];
    if (next) this.open(next.verdict.id);
    else this.#options.say(by === 1 ? "This is the last one" : "This is the first one");
  }

  open(id: string, aloud = true): void {
    const { store } = this;
    const item = this.mail.get().items.find(({ verdict }) => verdict.id === id);
    if (!item) return;
    this.#set({ at: id, answering: false, refused: null });
    const { verdict, mark } = item;
    const entry = mark ? (store.view.get().byKey.get(`${mark.author}/${mark.id}`) ?? null) : null;
    this.#options.show(entry, mark === null ? wordsOf(store, verdict) : null);
    if (!aloud) return;
    const { items } = this.mail.get();
    this.#options.say(
      `${items.indexOf(item) + 1} of ${items.length}. ${nameOf(store, verdict.by)} ${verdictWords(verdict)}. ${verdict.words}`,
    );
  }

  /** A mark was chosen in the text: what was said of it comes before me. */
  openMark(key: string): void {
    const { items } = this.mail.get();
    const item = items.find(({ mark }) => mark !== null && `${mark.author}/${mark.id}` === key);
    if (item && this.item?.mark !== item.mark) this.open(item.verdict.id);
  }

  /** Makes the mark as it is suggested. */
  apply(): void {
    const { item, store } = this;
    if (!item || this.#denied(item, "apply")) return;
    const { verdict, mark } = item;
    const made = mark ? this.#change(mark, verdict) : this.#make(verdict);
    if (made === null) return this.#deny(refusal("no-such-text"));
    this.#answer(verdict, "apply", { words: "", steps: made });
    store.flush();
  }

  beginAnswer(): void {
    const { item } = this;
    if (item && !this.#denied(item, "answer")) this.#set({ answering: true, refused: null });
  }

  cancel(): void {
    this.#set({ answering: false, refused: null });
  }

  answer(words: string): void {
    const { item } = this;
    if (!item) return;
    if (words.trim() === "") return this.#deny(refusal("words-missing"));
    this.#answer(item.verdict, "answer", { words: words.trim(), steps: 0 });
  }

  /** The mark stays as it is; the reviewer is told. */
  keep(): void {
    const { item } = this;
    if (item && !this.#denied(item, "keep")) this.#answer(item.verdict, "keep", { words: "", steps: 0 });
  }

  /** Deletes the mark that was rejected. */
  remove(): void {
    const { item, store } = this;
    if (!item?.mark || !store.session.canAnnotate.get()) return;
    store.session.deleteMarks([item.mark.id]);
    this.#set({ last: { word: "Mark deleted", id: "", verdict: item.verdict.id, steps: 1 } });
    store.flush();
    this.#options.say("Mark deleted");
  }

  /** Takes back what I did last, while that is possible. */
  undo(): void {
    const { last } = this.state.get();
    const { store } = this;
    if (!last) return this.#options.say("There is nothing to take back");
    const unsent =
      last.id === "" || store.outbox.drop((write) => write.kind === "answer" && write.id === last.id);
    if (!unsent && last.steps === 0) {
      this.#set({ last: null });
      return this.#options.say("The reviewer has your answer already");
    }
    for (let step = 0; step < last.steps; step += 1) store.session.undo();
    this.#set({ last: null });
    store.flush();
    this.#options.say(`Taken back: ${last.word}`);
    if (unsent) this.open(last.verdict, false);
  }

  #answer(verdict: Verdict, what: AnsweringAct, { words, steps }: { words: string; steps: number }): void {
    const { newId, now, say } = this.#options;
    const id = newId();
    const before = this.mail.get().items.findIndex((item) => item.verdict.id === verdict.id);
    this.#set({
      answering: false,
      refused: null,
      last: { word: WORDS[what], id, verdict: verdict.id, steps },
    });
    this.store.writeSoon({ kind: "answer", id, verdict: verdict.id, act: what, words, at: now() });
    const { items } = this.mail.get();
    say(
      items.length > 0
        ? `${WORDS[what]}. ${count(items.length, "verdict")} left`
        : `${WORDS[what]}. Nothing left`,
    );
    const next = items[before] ?? items.at(-1);
    if (next) this.open(next.verdict.id, false);
  }

  /** In how many steps the mark was made as suggested; null when the suggested words are gone. */
  #change(mark: ReviewMark, { suggestion }: Verdict): number | null {
    const { session } = this.store;
    if (!suggestion) return null;
    const ranges = suggestion.ranges?.flatMap((range) => rangesOf(session, range)) ?? null;
    if (ranges?.length === 0) return null;
    if (ranges) session.moveMark(mark.id, ranges);
    const { tags, fields } = suggestion;
    const rest = tags !== null || fields !== null;
    if (rest) {
      const merged = Object.entries({ ...mark.fields, ...fields }).filter(([, value]) => value.length > 0);
      session.changeMark(mark.id, { ...(tags ? { tags } : {}), fields: Object.fromEntries(merged) });
    }
    return Number(ranges !== null) + Number(rest);
  }

  #make({ suggestion }: Verdict): number | null {
    const { session } = this.store;
    const ranges = suggestion?.ranges?.flatMap((range) => rangesOf(session, range)) ?? [];
    if (!suggestion?.tags || ranges.length === 0) return null;
    return session.createMark(ranges, suggestion.tags, { fields: suggestion.fields ?? {} }) === null
      ? null
      : 1;
  }

  #denied({ verdict }: InboxItem, what: AnsweringAct): boolean {
    const { store } = this;
    const outcome = act(lineOf(verdict, false), what, {
      who: store.who,
      author: verdict.on.layer,
      reviewer: verdict.by,
      archived: store.archived,
      settings: store.view.get().settings,
    });
    if (outcome.ok) return false;
    this.#deny(outcome.refusal);
    return true;
  }

  #deny(refused: Refusal): void {
    this.#set({ refused });
    this.#options.say(refused.sentence);
  }

  #follow(): void {
    if (!this.#open) return;
    const { items } = this.mail.get();
    const { at } = this.state.get();
    if (items.some(({ verdict }) => verdict.id === at)) return;
    const [first] = items;
    if (first) this.open(first.verdict.id, false);
    else if (at !== null) this.#set({ at: null, answering: false });
  }

  #set(change: Partial<InboxState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function wordsOf(store: ReviewStore, { on }: Verdict): TextRange | null {
  return on.kind === "paragraph" ? (rangesOf(store.session, on.range)[0] ?? null) : null;
}

type Known = Mail & {
  readonly marks: readonly ReviewMark[];
  readonly verdicts: ReviewView["verdicts"];
};

/** Worked out anew only when a mark of mine or a verdict is another. */
function mailOf(store: ReviewStore): Readable<Mail> {
  const me = store.session.me.id;
  return derived<ReviewView, Known>(store.view, (view, before) => {
    const entries = view.entries.filter(({ placed }) => placed.mine);
    const marks = entries.map(({ mark }) => mark);
    const same =
      before?.verdicts === view.verdicts &&
      before.marks.length === marks.length &&
      marks.every((mark, at) => before.marks[at] === mark);
    if (same) return before;
    const order = new Map(entries.map(({ mark }, at) => [mark, at]));
    const state = { marks, verdicts: [...view.verdicts.values()], settings: view.settings };
    const { items, accepted } = authorInbox(state, me, ({ on }) =>
      on.kind === "paragraph" ? (standsAt(store.session, on.range)?.start ?? null) : null,
    );
    const place = ({ mark }: InboxItem) => (mark ? (order.get(mark) ?? 0) : Number.MAX_SAFE_INTEGER);
    return {
      items: items.toSorted((one, other) => place(one) - place(other)),
      accepted,
      marks,
      verdicts: view.verdicts,
    };
  });
}
