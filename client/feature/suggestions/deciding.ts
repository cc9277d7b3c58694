import { replacedBy, type TextSuggestion } from "#shared/model/suggestion.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { SuggestionApi } from "../../api/suggestions.ts";
import type { TextEdit } from "../../editor/suggesting.ts";
import { Cell } from "../../session/cell.ts";
import { paragraphAt, standingNow } from "../../session/suggestion-store.ts";
import type { SuggestionDesk } from "./desk.ts";
import type { Row } from "./rows.ts";
import { actOf } from "./words.ts";

/** How far a decision about many is. */
export type Progress = { readonly act: "accept" | "reject"; readonly done: number; readonly of: number };

export type DecidingOptions = {
  readonly desk: SuggestionDesk;
  readonly api: SuggestionApi;
  /** Makes the edit as one step; false when other words stand there. */
  readonly apply: (edit: TextEdit) => boolean;
  readonly say: (sentence: string) => void;
  /** Says what went wrong so that it is seen. */
  readonly complain: (sentence: string) => void;
};

const CHANGED = "The words changed just now, so nothing was accepted. Look at it again.";
const GONE = "The words of this suggestion are gone from the text. It can only be rejected.";

/** Accepting and rejecting: the server is asked first, so that of several one makes the edit. */
export class Deciding {
  readonly progress = new Cell<Progress | null>(null);
  /** Ids that are being decided now. */
  readonly busy = new Cell<ReadonlySet<string>>(new Set());
  readonly #options: DecidingOptions;
  #stopped = false;

  constructor(options: DecidingOptions) {
    this.#options = options;
  }

  /** `now`: what stands there by now and is to be replaced, where it is not what was suggested for. */
  async accept(id: string, now: string | null = null): Promise<boolean> {
    const row = this.#options.desk.row(id);
    if (!row) return false;
    return this.#alone(id, () => this.#accept(row, now));
  }

  async reject(id: string, reason: string): Promise<boolean> {
    return this.#alone(id, async () => {
      this.#options.desk.answered(await this.#options.api.reject(id, reason));
      this.#options.say("Rejected.");
      return true;
    });
  }

  /** All that are open and stand as they were suggested; what changed meanwhile stays. */
  async acceptAll(): Promise<void> {
    const fresh = this.#options.desk.open().filter(({ sent, standing }) => sent && standing.kind === "fresh");
    await this.#all("accept", fresh, ({ suggestion }) => this.accept(suggestion.id));
  }

  async rejectAll(): Promise<void> {
    const open = this.#options.desk.open().filter(({ sent }) => sent);
    await this.#all("reject", open, ({ suggestion }) => this.reject(suggestion.id, ""));
  }

  /** Leaves the rest as it is. */
  readonly stop = (): void => {
    this.#stopped = true;
  };

  async #all(
    act: Progress["act"],
    rows: readonly Row[],
    decide: (row: Row) => Promise<boolean>,
  ): Promise<void> {
    this.#stopped = false;
    let made = 0;
    for (const [done, row] of rows.entries()) {
      this.progress.set({ act, done, of: rows.length });
      if (this.#stopped) break;
      if (await decide(row)) made += 1;
    }
    this.progress.set(null);
    const left = rows.length - made;
    const said = `${made} ${act === "accept" ? "accepted" : "rejected"}`;
    this.#options.say(left === 0 ? `${said}.` : `${said}, ${left} left as they are.`);
  }

  async #accept(row: Row, now: string | null): Promise<boolean> {
    const { desk, api, apply, say, complain } = this.#options;
    const { suggestion } = row;
    const { id } = suggestion;
    const made = this.#isMade(row);
    if (!made && !this.#edit(row, now)) {
      complain(row.standing.kind === "detached" ? GONE : CHANGED);
      return false;
    }
    const claim = crypto.randomUUID();
    desk.answered(await api.accept(id, claim));
    // Somebody may have typed while the server was asked.
    const edit = this.#edit(row, now);
    if (!made && !(edit && apply(edit))) {
      desk.answered(await api.release(id, claim));
      complain(CHANGED);
      return false;
    }
    desk.outbox.add({ kind: "applied", id, claim });
    say(`Accepted: ${actOf(suggestion)}.`);
    return true;
  }

  /** The edit of a suggestion in the text as it is; null when other words stand there. */
  #edit({ suggestion }: Row, now: string | null): TextEdit | null {
    const standing = standingNow(this.#options.desk.session, suggestion.place);
    const { text } = suggestion;
    if (standing.kind === "fresh") {
      const { from, to } = standing;
      return now === null ? { from, to, expected: replacedBy(suggestion), text } : null;
    }
    if (standing.kind !== "stale" || standing.now !== now) return null;
    return { from: standing.from, to: standing.to, expected: now, text };
  }

  /** Of one accepted before whose screen was closed: the edit may have been made without a word of it. */
  #isMade({ suggestion }: Row): boolean {
    if (suggestion.status !== "accepted") return false;
    const { session } = this.#options.desk;
    const standing = standingNow(session, suggestion.place);
    const read = session.readText();
    if (!read || !("from" in standing)) return suggestion.text === "" && standing.kind === "detached";
    const [start, end] = [read.toOffset(standing.from), read.toOffset(standing.to)];
    const block = paragraphAt(session, start);
    if (!block) return false;
    const at = { start: start - block.start, end: end - block.start };
    return standsAlready(suggestion, block.text, at);
  }

  async #alone(id: string, work: () => Promise<boolean>): Promise<boolean> {
    if (this.busy.get().has(id)) return false;
    this.busy.set(new Set([...this.busy.get(), id]));
    try {
      return await work();
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      this.#options.complain(problem.message);
      return false;
    } finally {
      this.busy.set(new Set([...this.busy.get()].filter((one) => one !== id)));
    }
  }
}

/** True when a paragraph has what was suggested already at, or around, what is left of its place. */
export function standsAlready(
  { place, text }: Pick<TextSuggestion, "place" | "text">,
  paragraph: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  if (place.kind === "between") return text !== "" && paragraph.startsWith(text, start);
  if (text === "" || paragraph.slice(start, end) === place.range.quote.exact) return false;
  for (let at = paragraph.indexOf(text); at >= 0 && at <= start; at = paragraph.indexOf(text, at + 1)) {
    if (at + text.length >= end) return true;
  }
  return false;
}
