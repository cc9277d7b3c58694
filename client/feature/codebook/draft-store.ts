import { same } from "#shared/codebook/diff.ts";
import { mergeDrafts, type Conflict } from "#shared/codebook/merge.ts";
import { subjectOf } from "#shared/codebook/plan.ts";
import type { Plan } from "#shared/codebook/plan-step.ts";
import type { Codebook } from "#shared/model/codebook.ts";
import type { CodebookDraft } from "../../api/codebook-work.ts";
import { ApiProblem } from "../../api/problem.ts";

/**
 * The draft of a codebook on this page: changed here at once, undone step by step, and saved to the
 * server a moment later. When somebody else has saved meanwhile, both people's changes are put together;
 * only where both changed the same entry is the person asked.
 */

export type Content = { readonly codebook: Codebook; readonly plan: Plan };

export type Saving =
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "waiting" | "saving" }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "clash";
      /** Who saved; null when nobody knows. */
      readonly by: string | null;
      /** The draft that the changes were made in is no more: it was published or discarded. */
      readonly gone: boolean;
      readonly conflicts: readonly Conflict[];
    };

export type DraftState = Content & {
  readonly revision: number;
  readonly begun: boolean;
  readonly saving: Saving;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
};

/** What the store needs of the server; tests put another in its place. */
export type DraftServer = {
  readonly load: () => Promise<CodebookDraft>;
  readonly save: (
    draft: Content & { readonly revision: number },
  ) => Promise<{ revision: number; savedAt: number }>;
  readonly discard: (revision: number) => Promise<unknown>;
};

/** Milliseconds: from a change to its saving, between tries, and how long a field is typed in as one step. */
const SOON = 700;
const AGAIN = 5_000;
const ONE_STEP = 1_500;
const MOST_STEPS = 200;

type Clash = { readonly theirs: CodebookDraft; readonly merged: Content };

export class DraftStore {
  readonly #server: DraftServer;
  readonly #onMerged: (by: string) => void;
  readonly #listeners = new Set<() => void>();
  #content: Content;
  /** What the server has, as far as is known: the base of a merge. */
  #base: Content;
  #revision: number;
  #begun: boolean;
  #saving: Saving;
  #undo: Content[] = [];
  #redo: Content[] = [];
  #lastStep: { readonly key: string; readonly at: number } | null = null;
  #clash: Clash | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;
  #state: DraftState;
  #disposed = false;

  /** `onMerged` is told whose changes were put together with those made here. */
  constructor(draft: CodebookDraft, server: DraftServer, onMerged: (by: string) => void) {
    this.#server = server;
    this.#onMerged = onMerged;
    const { codebook, plan, revision, begun, savedAt } = draft;
    this.#content = { codebook, plan };
    this.#base = this.#content;
    this.#revision = revision;
    this.#begun = begun;
    this.#saving = { kind: "saved", at: savedAt };
    this.#state = this.#look();
  }

  readonly get = (): DraftState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** One step for undo. Changes that follow soon with the same `key` (a field that is typed in) are one. */
  change(key: string, change: (content: Content) => Content): void {
    const next = change(this.#content);
    if (same(next, this.#content)) return;
    const now = Date.now();
    const last = this.#lastStep;
    const goesOn = last !== null && last.key === key && now - last.at < ONE_STEP && this.#undo.length > 0;
    if (!goesOn) this.#undo = [...this.#undo, this.#content].slice(-MOST_STEPS);
    this.#lastStep = { key, at: now };
    this.#redo = [];
    this.#adopt(next);
  }

  undo(): void {
    const before = this.#undo.at(-1);
    if (!before) return;
    this.#undo = this.#undo.slice(0, -1);
    this.#redo = [...this.#redo, this.#content];
    this.#lastStep = null;
    this.#adopt(before);
  }

  redo(): void {
    const next = this.#redo.at(-1);
    if (!next) return;
    this.#redo = this.#redo.slice(0, -1);
    this.#undo = [...this.#undo, this.#content];
    this.#lastStep = null;
    this.#adopt(next);
  }

  /** Saves what is not saved yet. Resolves when there is nothing left to do, or when it failed. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running ??= this.#save().finally(() => (this.#running = null));
    await this.#running;
  }

  /** After a clash: goes on with both people's changes, mine where both changed the same. */
  async keepMine(): Promise<void> {
    const clash = this.#clash;
    if (!clash) return;
    this.#take(clash.theirs, clash.merged);
    await this.flush();
  }

  /** After a clash: goes on with theirs. Undo brings mine back. */
  takeTheirs(): void {
    const clash = this.#clash;
    if (!clash) return;
    this.#take(clash.theirs, { codebook: clash.theirs.codebook, plan: clash.theirs.plan });
    this.#saving = { kind: "saved", at: clash.theirs.savedAt };
    this.#tell();
  }

  /** Ends the draft and goes on with the codebook in force. Undo brings it back as a new draft. */
  async discard(): Promise<void> {
    await this.flush();
    await this.#server.discard(this.#revision);
    const fresh = await this.#server.load();
    this.#redo = [];
    this.#take(fresh, { codebook: fresh.codebook, plan: fresh.plan });
    this.#saving = { kind: "saved", at: fresh.savedAt };
    this.#tell();
  }

  /** Goes on with what the server has now, for when it was published here. */
  async reload(): Promise<void> {
    const fresh = await this.#server.load();
    this.#take(fresh, { codebook: fresh.codebook, plan: fresh.plan });
    this.#undo = [];
    this.#redo = [];
    this.#saving = { kind: "saved", at: fresh.savedAt };
    this.#tell();
  }

  /** Goes on with what the server has, for when it was changed from here; undo takes that back too. */
  async catchUp(): Promise<void> {
    const theirs = await this.#server.load();
    // What was changed here meanwhile meets it when it is saved.
    if (this.#isAhead() || this.#clash) return;
    this.#take(theirs, { codebook: theirs.codebook, plan: theirs.plan });
    this.#saving = { kind: "saved", at: theirs.savedAt };
    this.#tell();
  }

  /** Tries to save what is left and rests. */
  dispose(): void {
    void this.flush();
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  get unsaved(): boolean {
    return this.#saving.kind !== "saved";
  }

  #adopt(content: Content): void {
    this.#content = content;
    if (this.#saving.kind !== "clash") {
      if (this.#saving.kind !== "saving") this.#saving = { kind: "waiting" };
      this.#later(SOON);
    }
    this.#tell();
  }

  #later(delay: number): void {
    if (this.#disposed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  async #save(): Promise<void> {
    while (this.#saving.kind !== "clash" && this.#isAhead()) {
      const sent = this.#content;
      this.#saving = { kind: "saving" };
      this.#tell();
      try {
        const { revision, savedAt } = await this.#server.save({ ...sent, revision: this.#revision });
        this.#revision = revision;
        this.#begun = true;
        this.#base = sent;
        this.#saving = this.#isAhead() ? { kind: "saving" } : { kind: "saved", at: savedAt };
        this.#tell();
      } catch (error) {
        if (!(await this.#recover(error))) return;
      }
    }
    if (this.#saving.kind === "waiting") this.#saving = { kind: "saved", at: null };
    this.#tell();
  }

  #isAhead(): boolean {
    return !same(this.#content, this.#base);
  }

  /** True when saving can be tried again at once. */
  async #recover(error: unknown): Promise<boolean> {
    try {
      if (error instanceof ApiProblem && error.code === "draft-outdated") {
        return this.#meet(await this.#server.load());
      }
      this.#fail(error);
    } catch (failure) {
      this.#fail(failure);
    }
    return false;
  }

  #fail(error: unknown): void {
    this.#saving = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    if (error instanceof ApiProblem && error.passing) this.#later(AGAIN);
    this.#tell();
  }

  /** Somebody else has saved. True when both changes went together without a question. */
  #meet(theirs: CodebookDraft): boolean {
    const { codebook, conflicts } = mergeDrafts(this.#base.codebook, this.#content.codebook, theirs.codebook);
    const merged = { codebook, plan: mergePlans(this.#base.plan, this.#content.plan, theirs.plan) };
    const by = theirs.savedBy?.name ?? null;
    const gone = this.#begun && !theirs.begun;
    if (conflicts.length === 0 && !gone) {
      this.#take(theirs, merged);
      this.#onMerged(by ?? "Somebody");
      return true;
    }
    this.#clash = { theirs, merged };
    this.#saving = { kind: "clash", by, gone, conflicts };
    this.#tell();
    return false;
  }

  /** Goes on from what the server has, with this content. Earlier steps can still be undone. */
  #take(theirs: CodebookDraft, content: Content): void {
    if (!same(content, this.#content)) this.#undo = [...this.#undo, this.#content].slice(-MOST_STEPS);
    this.#clash = null;
    this.#lastStep = null;
    this.#revision = theirs.revision;
    this.#begun = theirs.begun;
    this.#base = { codebook: theirs.codebook, plan: theirs.plan };
    this.#content = content;
    this.#saving = { kind: "waiting" };
    this.#tell();
  }

  #look(): DraftState {
    return {
      ...this.#content,
      revision: this.#revision,
      begun: this.#begun,
      saving: this.#saving,
      canUndo: this.#undo.length > 0,
      canRedo: this.#redo.length > 0,
    };
  }

  #tell(): void {
    this.#state = this.#look();
    for (const listener of Array.from(this.#listeners)) listener();
  }
}

/** My steps where I changed them, else theirs. */
function mergePlans(base: Plan, mine: Plan, theirs: Plan): Plan {
  const [was, my, their] = [base, mine, theirs].map(
    (plan) => new Map(plan.map((step) => [subjectOf(step), step] as const)),
  );
  const subjects = new Set([...(their?.keys() ?? []), ...(my?.keys() ?? [])]);
  return [...subjects].flatMap((subject) => {
    const [old, own, other] = [was?.get(subject), my?.get(subject), their?.get(subject)];
    const chosen = same(own, old) ? other : own;
    return chosen ?? [];
  });
}
