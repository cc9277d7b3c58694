import type { ReasonId, Verdict } from "#shared/model/verdict.ts";
import { incomplete, type Said } from "#shared/review/content.ts";
import { changedSince, hashMark, hashParagraph, judgedMark, judgedParagraph } from "#shared/review/judged.ts";
import { act, ACT_OF, lineOf } from "#shared/review/machine.ts";
import type { Scope } from "#shared/review/queue.ts";
import { refusal, type Refusal } from "#shared/review/refusals.ts";
import type { TextRange } from "../../editor/types.ts";
import { Cell } from "../../session/cell.ts";
import { captureWords } from "../../session/words-at.ts";
import { count } from "../../ui/count.ts";
import type { Entry } from "./book.ts";
import type { Done } from "./log.ts";
import { lineAt, marksIn, paragraphOf, type Place } from "./paragraphs.ts";
import type { ReviewStore } from "./store.ts";
import { captureDraft, draftOf, withTag, type Draft } from "./suggestion.ts";
import { DONE_WORDS, spokenEntry } from "./words.ts";
import type { Write } from "./writes.ts";

/** What I am doing with the mark before me. */
export type Task =
  | { readonly kind: "judge" }
  | { readonly kind: "reject"; readonly reason: ReasonId | null }
  | { readonly kind: "discuss" }
  | { readonly kind: "suggest"; readonly draft: Draft }
  /** A mark is missing in this paragraph: on these words, or I only say so. */
  | { readonly kind: "missing"; readonly draft: Draft };

export type DeskState = {
  /** The mark before me; null when there is nothing to judge. */
  readonly key: string | null;
  readonly task: Task;
  readonly log: readonly Done[];
  /** Why what I just tried is not possible. */
  readonly refused: Refusal | null;
};

export type DeskOptions = {
  readonly store: ReviewStore;
  /** Brings a mark into sight. */
  readonly show: (entry: Entry) => void;
  readonly say: (sentence: string) => void;
  /** Discussions are at hand: what is to be discussed opens one. */
  readonly threads: boolean;
  readonly newId?: () => string;
  readonly now?: () => number;
};

const JUDGE: Task = { kind: "judge" };

/**
 * One reviewer at work: which mark is before them, what they do with it, and what they did. All rules are
 * in shared/review; this asks them first, so that what is refused is refused at once.
 */
export class ReviewDesk {
  readonly state = new Cell<DeskState>({ key: null, task: JUDGE, log: [], refused: null });
  readonly store: ReviewStore;
  readonly #options: Required<DeskOptions>;
  readonly #stop: () => void;
  /** Where the mark before me stands among all, for when it goes. */
  #place = -1;
  /** Key of the mark that came before me by itself, when there was none to judge. */
  #came: string | null = null;

  constructor(options: DeskOptions) {
    this.store = options.store;
    this.#options = { newId: () => crypto.randomUUID(), now: Date.now, ...options };
    this.#stop = this.store.view.subscribe(() => this.#follow());
  }

  /** Begins with whose markup; the first mark in the queue comes before me. */
  start(scope: Scope): void {
    const drafts = [...this.store.view.get().drafts.values()].toSorted((one, other) => one.at - other.at);
    const log = drafts.map((draft): Done => ({
      verdict: draft.id,
      key: keyOf(draft),
      word: DONE_WORDS[draft.verdict],
    }));
    this.#set({ key: null, task: JUDGE, log, refused: null });
    this.#place = -1;
    this.store.setScope(scope);
    this.#came = null;
    // It is the same markup as before: nothing has told me that there is a queue.
    if (this.state.get().key === null) this.#go(this.#queued(1));
  }

  /** Review is left; what I did stays. */
  leave(): void {
    this.store.setScope(null);
    this.#set({ key: null, task: JUDGE, refused: null });
  }

  close(): void {
    this.#stop();
  }

  get entry(): Entry | null {
    const { key } = this.state.get();
    return key === null ? null : (this.store.view.get().byKey.get(key) ?? null);
  }

  /** The paragraph of the mark before me. */
  get paragraph(): Place | null {
    const { entry } = this;
    return entry && paragraphOf(this.store.session, entry);
  }

  /** To the next mark of the queue, or the one before. */
  step(by: 1 | -1): void {
    const next = this.#queued(by);
    if (next) this.#go(next);
    else this.#options.say(by === 1 ? "This is the last one" : "This is the first one");
  }

  /** Puts any mark before me, also one that is judged. */
  open(key: string): void {
    const entry = this.store.view.get().byKey.get(key);
    if (entry && key !== this.state.get().key) this.#go(entry);
  }

  accept(): void {
    this.#judge("accepted", {});
  }

  skip(): void {
    this.#judge("deferred", {});
  }

  begin(kind: "reject" | "discuss" | "suggest" | "missing"): void {
    const { entry } = this;
    if (!entry) return;
    const denied = kind === "missing" ? this.#paragraphDenied("missing") : this.#markDenied(VERDICT_OF[kind]);
    if (denied) return this.#deny(denied);
    this.#set({ task: this.#taskOf(kind, entry), refused: null });
  }

  /** Back to judging; nothing was said. */
  cancel(): void {
    this.#set({ task: JUDGE, refused: null });
  }

  chooseReason(reason: ReasonId): void {
    this.#set({ task: { kind: "reject", reason }, refused: null });
  }

  reject(reason: ReasonId | null, words = ""): void {
    this.#judge("rejected", { reason, words: words.trim() });
  }

  discuss(words: string): void {
    const { entry } = this;
    if (!entry || words.trim() === "") return this.#deny(refusal("words-missing"));
    if (!this.#options.threads) return this.#judge("discussed", { words: words.trim() });
    const { newId } = this.#options;
    const thread = { kind: "thread", id: newId(), message: newId() } as const;
    const at = { author: entry.mark.author, mark: entry.mark.id, text: words.trim() };
    this.#judge("discussed", { thread: thread.id, words: words.trim() }, [{ ...thread, ...at }]);
  }

  /** Changes what is being suggested. */
  redraft(change: (draft: Draft) => Draft): void {
    const { task } = this.state.get();
    if (task.kind === "suggest" || task.kind === "missing") {
      this.#set({ task: { ...task, draft: change(task.draft) }, refused: null });
    }
  }

  pressTag(tag: string, also: boolean): void {
    const { codebook } = this.store.session;
    this.redraft((draft) => withTag(codebook, draft, tag, also));
  }

  /** The words that are suggested, or those of the mark. */
  suggestedRanges(): readonly TextRange[] {
    const { task } = this.state.get();
    if (task.kind !== "suggest" && task.kind !== "missing") return [];
    return task.draft.ranges ?? (task.kind === "suggest" ? (this.entry?.placed.placement.pieces ?? []) : []);
  }

  suggest(words = ""): void {
    const { entry } = this;
    const { task } = this.state.get();
    if (!entry || task.kind !== "suggest") return;
    const captured = captureDraft(this.store.session, task.draft, entry.mark);
    if (!captured) return this.#deny(refusal("nothing-new"));
    this.#judge("suggested", { words: words.trim(), suggestion: captured });
  }

  /** Nothing is missing in the paragraph of the mark before me. */
  complete(): void {
    this.#judgeParagraph("complete", {});
  }

  /** I have read the paragraph. */
  read(): void {
    this.#judgeParagraph("read", {});
  }

  /** A mark is missing in the paragraph. */
  missing(words = ""): void {
    const { task } = this.state.get();
    if (task.kind !== "missing") return;
    const hasWords = task.draft.ranges !== null && task.draft.tags.length > 0;
    const suggestion = hasWords ? captureDraft(this.store.session, task.draft, null) : null;
    this.#judgeParagraph("missing", { words: words.trim(), ...(suggestion ? { suggestion } : {}) });
  }

  /** Takes back what I did last; the mark comes before me again. */
  undo(): void {
    const { log } = this.state.get();
    const last = log.at(-1);
    if (!last) return this.#options.say("There is nothing to take back");
    const view = this.store.view.get();
    const verdict = view.drafts.get(last.verdict) ?? view.verdicts.get(last.verdict);
    this.#set({ log: log.slice(0, -1) });
    // It was refused, or something else has taken its place.
    if (!verdict) return this.undo();
    if (verdict.answer) return this.#deny(refusal("answered"));
    const unsent = this.store.outbox.drop((write) => write.kind === "give" && write.local.id === verdict.id);
    if (unsent) this.store.flush();
    else this.store.write({ kind: "withdraw", verdict: verdict.id });
    const entry = last.key === null ? null : (this.store.view.get().byKey.get(last.key) ?? null);
    if (entry) this.#go(entry);
    this.#options.say(`Taken back: ${last.word}`);
  }

  /** Sets a verdict aside, mine or another reviewer's, so that the mark is judged anew. */
  reopen(verdict: Verdict): void {
    const { entry } = this;
    if (!entry) return;
    const denied = this.#denied("reopen", verdict, entry);
    if (denied) return this.#deny(denied);
    const { newId, now } = this.#options;
    const by = this.store.session.me.id;
    this.store.write({ kind: "reopen", id: newId(), verdict: verdict.id, words: "", at: now(), by });
    this.#options.say("Taken up again");
  }

  /** Whether this can be done to the mark before me; why not, as it would be refused. */
  markRefusal(verdict: keyof typeof ACT_OF): Refusal | null {
    return this.#markDenied(verdict);
  }

  #markDenied(verdict: keyof typeof ACT_OF): Refusal | null {
    const { entry } = this;
    if (!entry) return refusal("no-such-mark");
    if (entry.mark.state === "locating") return refusal("changed-meanwhile");
    return this.#denied(ACT_OF[verdict], entry.mine, entry);
  }

  #denied(what: Parameters<typeof act>[1], verdict: Verdict | null, entry: Entry): Refusal | null {
    const { store } = this;
    const changed = verdict !== null && changedSince(verdict, entry.mark) !== null;
    const outcome = act(lineOf(verdict, changed), what, {
      who: store.who,
      author: entry.mark.author,
      reviewer: verdict?.by ?? store.who.id,
      archived: store.archived,
      settings: store.view.get().settings,
    });
    return outcome.ok ? null : outcome.refusal;
  }

  #paragraphDenied(verdict: "complete" | "missing" | "read"): Refusal | null {
    const { store, paragraph } = this;
    if (!paragraph) return refusal("no-such-text");
    const outcome = act(lineAt(store, paragraph), ACT_OF[verdict], {
      who: store.who,
      author: store.scope?.author ?? null,
      reviewer: store.who.id,
      archived: store.archived,
      settings: store.view.get().settings,
    });
    return outcome.ok ? null : outcome.refusal;
  }

  #judge(verdict: Verdict["verdict"], content: Content, before: readonly Write[] = []): void {
    const { entry } = this;
    if (!entry) return;
    const { mark } = entry;
    const denied = this.#markDenied(verdict);
    if (denied) return this.#deny(denied);
    const on = { kind: "mark", layer: mark.author, annotation: mark.id } as const;
    const seen = hashMark(mark);
    const judged = judgedMark(mark);
    const local = this.#local(verdict, content, { on, hash: seen, judged });
    const lacking = incomplete(local, mark);
    if (lacking) return this.#deny(refusal(lacking));
    const given = { id: local.id, on, seen, ...sent(verdict, content) };
    this.#give({ given, local }, entry.key, before);
  }

  #judgeParagraph(verdict: "complete" | "missing" | "read", content: Content): void {
    const { paragraph, store } = this;
    const denied = this.#paragraphDenied(verdict);
    if (denied) return this.#deny(denied);
    const captured = paragraph && captureWords(store.session, paragraph);
    if (!captured || !paragraph) return this.#deny(refusal("no-such-text"));
    const layer = store.scope?.author ?? null;
    const seen = hashParagraph(paragraph.text);
    const marks = verdict === "complete" ? marksIn(store, paragraph, layer) : null;
    const judged = judgedParagraph(paragraph.text, marks);
    const on = { kind: "paragraph", layer, range: { ...captured, sv: "" } } as const;
    const local = this.#local(verdict, content, { on, hash: seen, judged });
    const lacking = incomplete(local, null);
    if (lacking) return this.#deny(refusal(lacking));
    const given = { id: local.id, on: { ...on, range: captured }, seen, ...sent(verdict, content) };
    this.#give({ given, local }, null, []);
  }

  #give(
    { given, local }: Pick<Extract<Write, { kind: "give" }>, "given" | "local">,
    key: string | null,
    before: readonly Write[],
  ): void {
    const { store } = this;
    const draft = store.view.get().publish === "on-finish";
    const word = DONE_WORDS[local.verdict];
    this.#came = null;
    store.write(...before, { kind: "give", given, local, draft });
    const { log } = this.state.get();
    this.#set({ task: JUDGE, refused: null, log: [...log, { verdict: local.id, key, word }].slice(-200) });
    if (key === null) return this.#options.say(word);
    const next = this.#queued(1) ?? this.store.view.get().queue[0] ?? null;
    const { progress } = store.view.get();
    this.#options.say(
      next ? `${word}. ${count(progress.total - progress.done, "mark")} left` : `${word}. All done`,
    );
    if (next) this.#go(next, false);
    else this.#set({ key: null });
  }

  #local(
    verdict: Verdict["verdict"],
    { reason = null, words = "", suggestion, thread = null }: Content,
    about: Pick<Verdict, "on" | "hash" | "judged">,
  ): Verdict {
    const { me } = this.store.session;
    return {
      id: this.#options.newId(),
      ...about,
      verdict,
      reason,
      words,
      suggestion: suggestion?.local ?? null,
      thread,
      by: me.id,
      // Later than what I said before, whatever this device's clock says.
      at: Math.max(this.#options.now(), (this.entry?.mine?.at ?? 0) + 1),
      answer: null,
      reopened: null,
    };
  }

  #taskOf(kind: Exclude<Task["kind"], "judge">, { mark }: Entry): Task {
    switch (kind) {
      case "reject":
        return { kind, reason: null };
      case "discuss":
        return { kind };
      case "suggest":
        return { kind, draft: draftOf(mark) };
      case "missing":
        return { kind, draft: { tags: [], ranges: null, fields: {} } };
    }
  }

  /** The mark of the queue after (or before) where I am; null when there is none. */
  #queued(by: 1 | -1): Entry | null {
    const { entries, queue } = this.store.view.get();
    const { key } = this.state.get();
    const at = key === null ? this.#place : entries.findIndex((entry) => entry.key === key);
    const waiting = new Set(queue.map((entry) => entry.key));
    const inOrder = by === 1 ? entries.slice(at + 1) : entries.slice(0, Math.max(0, at)).toReversed();
    return inOrder.find((entry) => waiting.has(entry.key)) ?? null;
  }

  #go(entry: Entry | null, aloud = true): void {
    if (!entry) return;
    this.#place = this.store.view.get().entries.indexOf(entry);
    this.#came = null;
    this.#set({ key: entry.key, task: JUDGE, refused: null });
    this.#options.show(entry);
    if (aloud) {
      const { progress } = this.store.view.get();
      this.#options.say(spokenEntry(this.store.session.codebook, entry, progress));
    }
  }

  /** The marks have changed: the one before me may be gone, or the first may have come. */
  #follow(): void {
    const { entries, byKey, queue } = this.store.view.get();
    const { key } = this.state.get();
    if (this.store.scope === null) return;
    const entry = key === null ? null : (byKey.get(key) ?? null);
    if (entry && !this.#isIdle(entry)) {
      this.#place = entries.indexOf(entry);
      return;
    }
    const byItself = key === null || key === this.#came;
    if (key !== null) {
      this.#set({ key: null, task: JUDGE });
      this.#place -= 1;
    }
    if (queue.length === 0) return;
    this.#go(this.#queued(1) ?? queue[0] ?? null);
    if (byItself) this.#came = this.state.get().key;
  }

  /** It came by itself and needs nothing of me any more: its author has applied what I had suggested. */
  #isIdle({ key, todo }: Entry): boolean {
    return key === this.#came && todo === null && this.state.get().task.kind === "judge";
  }

  #deny(refused: Refusal): void {
    this.#set({ refused });
    this.#options.say(refused.sentence);
  }

  #set(change: Partial<DeskState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

const VERDICT_OF = { reject: "rejected", discuss: "discussed", suggest: "suggested" } as const;

type Content = Partial<Pick<Said, "reason" | "words" | "thread">> & {
  readonly suggestion?: NonNullable<ReturnType<typeof captureDraft>>;
};

function sent(
  verdict: Verdict["verdict"],
  { reason = null, words = "", suggestion, thread = null }: Content,
) {
  return { verdict, reason, words, suggestion: suggestion?.given ?? null, thread };
}

function keyOf({ on }: Verdict): string | null {
  return on.kind === "mark" ? `${on.layer}/${on.annotation}` : null;
}
