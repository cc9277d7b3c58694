import { can, type Role } from "#shared/model/role.ts";
import {
  REVIEW_DEFAULTS,
  type FinishedReview,
  type Publish,
  type ReviewSettings,
  type Verdict,
} from "#shared/model/verdict.ts";
import type { Person } from "#shared/model/snapshot.ts";
import type { Scope } from "#shared/review/queue.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { ReviewApi } from "../../api/review.ts";
import { Cell } from "../../session/cell.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import { Batch, type Schedule } from "../../session/frame.ts";
import type { ReviewRecords } from "../../session/review-feed.ts";
import { Book, type Pages } from "./book.ts";
import { Outbox, type OutboxState, type Shelf } from "./outbox.ts";
import { Answered, withWrites } from "./overlay.ts";
import { sendWrites, Write, type Result } from "./writes.ts";

/** Everything that review shows, at one moment. */
export type ReviewView = Pages & {
  readonly settings: ReviewSettings;
  /** When my verdicts are seen by others, and whether I chose that myself. */
  readonly publish: Publish;
  readonly publishChosen: boolean;
  /** What the server knows of me has arrived: drafts and settings. */
  readonly loaded: boolean;
  /** Why it has not. */
  readonly problem: string | null;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly drafts: ReadonlyMap<string, Verdict>;
  readonly finished: ReadonlyMap<string, FinishedReview>;
  /** Names of those who have judged here. */
  readonly people: ReadonlyMap<string, Person>;
};

export type StoreOptions = {
  readonly session: ArticleSession;
  readonly api: ReviewApi;
  readonly records: Readable<ReviewRecords>;
  readonly shelf: Shelf;
  /** The server did not take something: its sentence says why and what to do. */
  readonly onRefused: (sentence: string) => void;
  readonly schedule?: Schedule;
};

const UNTIL_LOADED = { settings: REVIEW_DEFAULTS, publish: "at-once" as Publish, publishChosen: false };

/** Milliseconds for which the changes of others and of the text are gathered. */
const GATHER = 80;

/** Milliseconds for which an answer can be taken back. */
const GRACE = 6_000;

const calmly: Schedule = (task) => {
  const timer = setTimeout(task, GATHER);
  return () => clearTimeout(timer);
};

/** Marks, verdicts and writes of an open article, brought together. `close` leaves it. */
export class ReviewStore {
  readonly view: Cell<ReviewView>;
  readonly outbox: Outbox<Write, Result>;
  readonly session: ArticleSession;
  readonly #options: StoreOptions;
  readonly #answered = new Answered();
  readonly #book = new Book();
  readonly #batch: Batch;
  readonly #stops: (() => void)[] = [];
  #mine: Pick<ReviewView, "settings" | "publish" | "publishChosen"> = UNTIL_LOADED;
  #loaded = false;
  #problem: string | null = null;
  #scope: Scope | null = null;
  #loading: Promise<void> | null = null;

  constructor(options: StoreOptions) {
    const { session, api, records, shelf, onRefused, schedule = calmly } = options;
    this.#options = options;
    this.session = session;
    this.#batch = new Batch(schedule, () => this.#rebuild());
    const wish = (): void => this.#batch.wish();
    this.#stops.push(records.subscribe(wish), session.markup.subscribe(wish));
    this.outbox = new Outbox<Write, Result>({
      shelf,
      prefix: `gloss.review.${session.me.id}.${session.articleId}.`,
      schema: Write,
      send: (writes, most) => sendWrites(api, writes, most),
      onSent: (_write, result) => this.#answered.take(result, records.get().verdicts),
      onRefused: ({ sentence }) => onRefused(sentence),
    });
    this.#stops.push(this.outbox.state.subscribe(wish));
    this.view = new Cell(this.#make());
    void this.load();
  }

  /** Whose markup I go through; the same one again changes nothing. */
  setScope(scope: Scope | null): void {
    if (JSON.stringify(scope) === JSON.stringify(this.#scope)) return;
    this.#scope = scope;
    this.flush();
  }

  get scope(): Scope | null {
    return this.#scope;
  }

  /** What my role lets me do here now. */
  get who(): { readonly id: string; readonly role: Role } {
    const { id, role } = this.session.me;
    return { id, role };
  }

  get archived(): boolean {
    return this.session.meta.get().archived;
  }

  get mayJudge(): boolean {
    return can(this.who, "verdict.write", { archived: this.archived });
  }

  /** Does something now and shows it at once; the server's answer decides. */
  write(...writes: readonly Write[]): void {
    for (const write of writes) this.outbox.add(write);
    this.flush();
  }

  /** The same, and for a moment it can be taken back as if it had never been. */
  writeSoon(write: Write): void {
    this.outbox.add(write, GRACE);
    this.flush();
  }

  /** Chooses when my verdicts are seen by others, for all articles. */
  async setPublish(publish: Publish): Promise<void> {
    const before = this.#mine;
    this.#mine = { ...before, publish, publishChosen: true };
    this.flush();
    try {
      await this.#options.api.setPublish(publish);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#mine = before;
      this.#options.onRefused(error.message);
      this.flush();
    }
  }

  /** Asks the server for my drafts and how it reviews. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    }));
  }

  /** Makes the view current now, not at the next frame. */
  flush(): void {
    this.#batch.stop();
    this.#rebuild();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#batch.stop();
    this.outbox.close();
  }

  async #load(): Promise<void> {
    try {
      const { settings, publish, publishChosen, drafts } = await this.#options.api.load();
      this.#mine = { settings, publish, publishChosen };
      this.#answered.setDrafts(drafts);
      this.#loaded = true;
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error.message;
    }
    this.#batch.wish();
  }

  #rebuild(): void {
    this.view.set(this.#make());
  }

  #make(): ReviewView {
    const { records, session } = this.#options;
    const { verdicts: room, finished, people } = records.get();
    const { waiting } = this.outbox.state.get();
    const said = withWrites(
      this.#answered.over(room),
      waiting.map(({ write }) => write),
    );
    const pages = this.#book.pages({
      placed: session.markup.get().placed,
      said,
      settings: this.#mine.settings,
      me: session.me.id,
      scope: this.#scope,
    });
    return {
      ...pages,
      ...this.#mine,
      loaded: this.#loaded,
      problem: this.#problem,
      verdicts: said.verdicts,
      drafts: said.drafts,
      finished,
      people,
    };
  }
}

export type WriteState = OutboxState<Write>;
