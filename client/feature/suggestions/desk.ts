import { can } from "#shared/model/role.ts";
import { MOST_PROPOSED, MOST_REPLACED, replacedBy, type TextSuggestion } from "#shared/model/suggestion.ts";
import { cleanProposal } from "#shared/suggestion/text.ts";
import type { SuggestInput } from "../../editor/suggest-keys.ts";
import type { DrawnSuggestion, Suggesting } from "../../editor/suggesting.ts";
import type { ShownSuggestion } from "../../api/suggestions.ts";
import { Cell } from "../../session/cell.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import { afterRest, Batch, type Schedule } from "../../session/frame.ts";
import {
  paragraphAt,
  inTextOrder,
  placeOf,
  standingNow,
  type SuggestionsNow,
} from "../../session/suggestion-store.ts";
import { deletion, nextDraft, type Draft, type DraftInput, type Drafted } from "./draft.ts";
import { type SuggestionOutbox, targetOf } from "./outgoing.ts";
import { type Row, rowsOf } from "./rows.ts";
import { actOf, NO_PLACE, ONE_PARAGRAPH, sentenceOf } from "./words.ts";

/** What I am about to suggest. */
export type Pending = {
  readonly id: string;
  readonly place: TextSuggestion["place"];
  readonly text: string;
  /** Written in a field of its own, not in the text. */
  readonly form: boolean;
};

export type DeskState = {
  /** In text order. */
  readonly rows: readonly Row[];
  readonly unreadable: number;
  readonly pending: Pending | null;
  /** The one before me. */
  readonly activeId: string | null;
  /** All of them in a panel. */
  readonly listed: boolean;
};

export type DeskOptions = {
  readonly session: ArticleSession;
  readonly suggestions: Readable<SuggestionsNow>;
  readonly editor: Pick<Suggesting, "draw" | "selection" | "caret">;
  readonly outbox: (onSent: (shown: ShownSuggestion) => void) => SuggestionOutbox;
  readonly say: (sentence: string) => void;
  /** Brings a position into sight. */
  readonly show: (position: number) => void;
  readonly now?: () => number;
  /** The rest of the keys after which what was typed is sent. */
  readonly rest?: Schedule;
};

/** Milliseconds. */
const REST = 2_500;

/** Suggested changes in an open article: what there is, what I am writing, and what is before me. */
export class SuggestionDesk {
  readonly state: Cell<DeskState>;
  readonly outbox: SuggestionOutbox;
  readonly session: ArticleSession;
  readonly #options: DeskOptions;
  /** What the server answered, until the live document says it, or later things. */
  readonly #answered = new Map<string, { readonly shown: ShownSuggestion; readonly seen: number }>();
  readonly #stops: (() => void)[] = [];
  readonly #rest: Batch;
  #known: ReadonlySet<string> | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.session = options.session;
    this.#rest = new Batch(options.rest ?? afterRest(REST), () => this.commit());
    this.state = new Cell<DeskState>({
      rows: [],
      unreadable: 0,
      pending: null,
      activeId: null,
      listed: false,
    });
    this.outbox = options.outbox((shown) => this.answered(shown));
    const { suggestions } = options;
    this.#stops.push(
      suggestions.subscribe(() => this.#changed()),
      this.outbox.state.subscribe(() => this.#changed()),
    );
    this.#changed();
  }

  get maySuggest(): boolean {
    return can(this.session.me, "comment.write", { archived: this.session.meta.get().archived });
  }

  get mayDecide(): boolean {
    return this.session.canEditText.get();
  }

  /** What was done in the text while keys suggest. True: it meant something here. */
  readonly input = (input: SuggestInput): boolean => {
    const { pending } = this.state.get();
    switch (input.kind) {
      case "leave":
        if (pending && !pending.form) this.commit();
        return false;
      case "undo":
        if (!pending) return false;
        this.drop();
        return true;
      case "break":
        if (pending) this.commit();
        else this.#options.say(ONE_PARAGRAPH);
        return true;
      case "compose":
        this.openForm();
        return true;
      case "insert":
      case "delete":
        this.#type(input);
        return true;
    }
  };

  /** Opens a field for the selected words, or for the place of the caret. */
  openForm(): void {
    const before = this.state.get().pending;
    if (before) {
      this.#set({ pending: { ...before, form: true } });
      return;
    }
    const at = this.#selected();
    const place = at && this.#place(at.start, at.end);
    if (!place) return;
    const text = place.kind === "over" ? place.range.quote.exact : "";
    this.#set({ pending: { id: crypto.randomUUID(), place, text, form: true }, activeId: null });
  }

  /** Another text for what I am writing. */
  write(text: string): void {
    const { pending } = this.state.get();
    if (pending) this.#set({ pending: { ...pending, text: cleanProposal(text).slice(0, MOST_PROPOSED) } });
  }

  /** Sends what I am writing; nothing is sent where nothing would change. */
  readonly commit = (): void => {
    this.#rest.stop();
    const { pending } = this.state.get();
    if (!pending) return;
    const { id, place, text } = pending;
    this.#set({ pending: null });
    if (replacedBy(pending) === text) return;
    const made = { id, target: targetOf(place), text };
    this.outbox.add({ kind: "suggest", made, place, at: (this.#options.now ?? Date.now)() });
    this.#options.say(`Suggested: ${actOf({ place, text })}.`);
  };

  /** Forgets what I am writing. */
  readonly drop = (): void => {
    this.#rest.stop();
    if (!this.state.get().pending) return;
    this.#set({ pending: null });
    this.#options.say("The suggestion is dropped.");
  };

  withdraw(id: string): void {
    const unsent = this.outbox.drop((write) => write.kind === "suggest" && write.made.id === id);
    if (!unsent) this.outbox.add({ kind: "withdraw", id });
    if (this.state.get().activeId === id) this.choose(null);
    this.#options.say("The suggestion is withdrawn.");
  }

  /** Brings one before me, or none. */
  readonly choose = (id: string | null): void => {
    const row = id === null ? null : this.row(id);
    this.#set({ activeId: row ? id : null });
    if (row && "from" in row.standing) this.#options.show(row.standing.from);
  };

  /** The next open one in the text after the one before me or after the caret, or the one before it. */
  step(step: 1 | -1): void {
    const open = this.open();
    const { activeId } = this.state.get();
    const caret = this.#options.editor.selection()?.from ?? 0;
    const at = open.findIndex(({ suggestion }) => suggestion.id === activeId);
    const from = open.map(({ standing }) => ("from" in standing ? standing.from : Number.MAX_SAFE_INTEGER));
    const next =
      at >= 0
        ? open[(at + step + open.length) % open.length]
        : ((step === 1
            ? open[from.findIndex((position) => position >= caret)]
            : open[from.findLastIndex((position) => position < caret)]) ?? open.at(step === 1 ? 0 : -1));
    if (!next) {
      this.#options.say("There are no suggested changes.");
      return;
    }
    if ("from" in next.standing) this.#options.editor.caret(next.standing.from);
    this.choose(next.suggestion.id);
  }

  list(listed: boolean): void {
    this.#set({ listed });
  }

  row(id: string): Row | null {
    return this.state.get().rows.find(({ suggestion }) => suggestion.id === id) ?? null;
  }

  /** What waits for a decision, in text order. */
  open(): readonly Row[] {
    return this.state.get().rows.filter(({ suggestion }) => suggestion.status === "open");
  }

  /** The server answered a decision: it shows at once. */
  readonly answered = (shown: ShownSuggestion): void => {
    const { placed } = this.#options.suggestions.get();
    const seen = placed.find(({ suggestion }) => suggestion.id === shown.id)?.suggestion.version ?? 0;
    this.#answered.set(shown.id, { shown, seen });
    this.#changed();
  };

  /** Draws everything anew. */
  redraw(): void {
    this.#draw();
  }

  close(): void {
    this.commit();
    for (const stop of this.#stops) stop();
    this.outbox.close();
    this.#options.editor.draw([]);
  }

  #type(input: DraftInput): void {
    const at = this.#selected();
    if (!at) return;
    let drawn = this.#drafted();
    if (drawn && (at.start !== at.end || at.start < drawn.start || at.start > drawn.end)) {
      this.commit();
      drawn = null;
    }
    const before = drawn ?? { ...at, text: "" };
    const paragraph = paragraphAt(this.session, before.start);
    if (!paragraph || before.end > paragraph.end) return this.#options.say(ONE_PARAGRAPH);
    const selected = !drawn && at.start < at.end && input.kind === "delete";
    const typed = input.kind === "insert" ? { ...input, text: cleanProposal(input.text) } : input;
    const next = selected ? deletion(at.start, at.end) : nextDraft(before, typed, paragraph);
    if (next) this.#take(next);
    else this.#options.say(ONE_PARAGRAPH);
  }

  #take({ draft, caret }: Drafted): void {
    const position = this.#toPosition(caret);
    if (!draft) {
      this.#rest.stop();
      this.#set({ pending: null });
    } else {
      const place = this.#place(draft.start, draft.end);
      if (!place) return;
      const id = this.state.get().pending?.id ?? crypto.randomUUID();
      const text = draft.text.slice(0, MOST_PROPOSED);
      this.#set({ pending: { id, place, text, form: false }, activeId: null });
      this.#rest.stop();
      this.#rest.wish();
    }
    if (position !== null) this.#options.editor.caret(position);
  }

  #place(start: number, end: number): TextSuggestion["place"] | null {
    const paragraph = paragraphAt(this.session, start);
    const within = paragraph !== null && end <= paragraph.end;
    const place = within && end - start <= MOST_REPLACED ? placeOf(this.session, start, end) : null;
    if (!place) this.#options.say(within ? NO_PLACE : ONE_PARAGRAPH);
    return place;
  }

  /** What is being written as offsets in the text as it is now; null: nothing, or its place is gone. */
  #drafted(): Draft | null {
    const { pending } = this.state.get();
    if (!pending) return null;
    const standing = standingNow(this.session, pending.place);
    const text = this.session.readText();
    if (!text || !("from" in standing)) return null;
    return {
      start: text.toOffset(standing.from),
      end: text.toOffset(standing.to),
      text: pending.text,
    };
  }

  #selected(): { readonly start: number; readonly end: number } | null {
    const selection = this.#options.editor.selection();
    const text = this.session.readText();
    return selection && text && { start: text.toOffset(selection.from), end: text.toOffset(selection.to) };
  }

  #toPosition(offset: number): number | null {
    return this.session.readText()?.toPosition(offset) ?? null;
  }

  #changed(): void {
    const { placed, unreadable } = this.#options.suggestions.get();
    for (const { suggestion } of placed) {
      if (suggestion.version > (this.#answered.get(suggestion.id)?.seen ?? 0)) {
        this.#answered.delete(suggestion.id);
      }
    }
    const rows = rowsOf({
      placed,
      waiting: this.outbox.state.get().waiting.map(({ write }) => write),
      answered: new Map([...this.#answered].map(([id, { shown }]) => [id, shown])),
      me: this.session.me,
      stands: (place) => standingNow(this.session, place),
    }).toSorted(inTextOrder);
    const { activeId } = this.state.get();
    const gone = activeId !== null && !rows.some(({ suggestion }) => suggestion.id === activeId);
    this.#set({ rows, unreadable, ...(gone ? { activeId: null } : {}) });
    this.#tellNew(rows);
  }

  /** Says what colleagues suggest while I am here. */
  #tellNew(rows: readonly Row[]): void {
    const open = rows.filter(({ suggestion }) => suggestion.status === "open");
    const known = this.#known;
    this.#known = new Set(open.map(({ suggestion }) => suggestion.id));
    if (!known || !this.session.ready.get()) return;
    const fresh = open.filter(({ suggestion: { id, by } }) => !known.has(id) && by.id !== this.session.me.id);
    const [first] = fresh;
    if (!first) return;
    const { suggestion } = first;
    this.#options.say(
      fresh.length === 1
        ? `${sentenceOf(suggestion, suggestion.by.name)}.`
        : `${fresh.length} new suggested changes.`,
    );
  }

  #set(change: Partial<DeskState>): void {
    this.state.set({ ...this.state.get(), ...change });
    this.#draw();
  }

  #draw(): void {
    const { rows, pending, activeId } = this.state.get();
    const drawn = rows.flatMap(({ suggestion, standing, sent }): DrawnSuggestion[] => {
      if (suggestion.status !== "open" || !("from" in standing)) return [];
      const { id, text, by } = suggestion;
      const { from, to, kind } = standing;
      const says = sentenceOf(suggestion, by.name);
      const shown = { id, from, to, text, person: by, says };
      return [{ ...shown, stale: kind === "stale", same: false, active: id === activeId, draft: !sent }];
    });
    const standing = pending && standingNow(this.session, pending.place);
    if (pending && standing && "from" in standing) {
      const { me } = this.session;
      const { id, text } = pending;
      const shown = { id, from: standing.from, to: standing.to, text, person: me };
      const says = sentenceOf(pending, me.name);
      const same = text !== "" && replacedBy(pending) === text;
      drawn.push({ ...shown, says, stale: standing.kind === "stale", same, active: true, draft: true });
    }
    this.#options.editor.draw(drawn);
  }
}
