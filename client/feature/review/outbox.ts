import type * as z from "zod/mini";
import { ApiProblem } from "../../api/problem.ts";
import { Cell } from "../../session/cell.ts";

/**
 * Writes on their way to the server. Each is kept on this device from the moment it is made until the
 * server has taken or refused it, so a reload, a lost connection or a server that restarts costs time and
 * nothing else. They are sent one after the other, in the order in which they were made; one that is sent
 * twice has the same id both times, and the server does it once.
 */

export type Parcel<W> = {
  /** Where it is kept; sorts by when it was made. */
  readonly key: string;
  readonly write: W;
  /** It, and what comes after it, is not sent before, so that it can be taken back. */
  readonly notBefore: number;
};

export type Refused<W> = Parcel<W> & { readonly code: string; readonly sentence: string };

export type OutboxState<W> = {
  readonly waiting: readonly Parcel<W>[];
  /** Why the last try failed and another one will follow; null while all goes well. */
  readonly trouble: string | null;
  /** What the server did not take, until it is dismissed. */
  readonly refused: readonly Refused<W>[];
  /** False: this device has no room to keep them over a reload. */
  readonly kept: boolean;
};

/** What became of a write. */
export type Sent<R> =
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

export type Shelf = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

export type OutboxOptions<W, R> = {
  readonly shelf: Shelf;
  /** Begins the names under which writes are kept; one for each person and article. */
  readonly prefix: string;
  readonly schema: z.ZodMiniType<W>;
  /**
   * Sends the first of these, or several from the first on, and says what became of each it has sent.
   * `most`: no more than so many. Throws ApiProblem when that is not known or all were refused together.
   */
  readonly send: (writes: readonly W[], most: number) => Promise<readonly Sent<R>[]>;
  readonly onSent: (write: W, result: R) => void;
  readonly onRefused: (refused: Refused<W>) => void;
};

/** Milliseconds before the first try again; each further one waits twice as long. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Statuses that say nothing about the write itself: signed out, too slow, too many at once. */
const LATER = [401, 408, 425, 429];

export class Outbox<W, R> {
  readonly state: Cell<OutboxState<W>>;
  readonly #options: OutboxOptions<W, R>;
  #made = 0;
  #pause = FIRST_PAUSE;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: readonly Parcel<W>[] = [];
  #busy = false;
  #single = false;
  #closed = false;

  constructor(options: OutboxOptions<W, R>) {
    this.#options = options;
    this.state = new Cell<OutboxState<W>>({
      waiting: this.#kept(),
      trouble: null,
      refused: [],
      kept: true,
    });
    if (typeof addEventListener !== "undefined") addEventListener("online", this.#online);
    void this.#work();
  }

  /**
   * Keeps a write and sends it as soon as those before it are through. `grace`: milliseconds for which it
   * waits here, to be dropped.
   */
  add(write: W, grace = 0): void {
    const count = (this.#made++).toString(36).padStart(4, "0");
    const name = `${Date.now().toString(36)}-${count}-${Math.random().toString(36).slice(2, 8)}`;
    const parcel = { key: this.#options.prefix + name, write, notBefore: grace > 0 ? Date.now() + grace : 0 };
    let { kept } = this.state.get();
    try {
      this.#options.shelf.setItem(parcel.key, JSON.stringify(write));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      kept = false;
    }
    this.#set({ waiting: [...this.state.get().waiting, parcel], kept });
    void this.#work();
  }

  /** Takes back a write that has not been sent yet; false when it has been, or may have been. */
  drop(isIt: (write: W) => boolean): boolean {
    const found = this.state.get().waiting.findLast(({ write }) => isIt(write));
    if (!found || this.#sending.includes(found) || this.#tried.has(found.key)) return false;
    this.#forget(found);
    return true;
  }

  /** Tries now, without waiting for the pause to end. */
  retry(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pause = FIRST_PAUSE;
    void this.#work();
  }

  /** The person has read why a write was not taken. */
  dismiss(): void {
    this.#set({ refused: [] });
  }

  /** Sends nothing any more. What waits stays on this device. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (typeof removeEventListener !== "undefined") removeEventListener("online", this.#online);
  }

  /** Writes whose answer never came: the server may have done them. */
  readonly #tried = new Set<string>();
  readonly #online = (): void => this.retry();

  async #work(): Promise<void> {
    if (this.#busy || this.#closed || this.#timer !== null) return;
    this.#busy = true;
    try {
      while (!this.#closed && this.state.get().waiting.length > 0 && (await this.#sendSome()));
    } finally {
      this.#busy = false;
      this.#sending = [];
    }
  }

  /** False: wait before trying again. */
  async #sendSome(): Promise<boolean> {
    const all = this.state.get().waiting;
    const held = all.findIndex(({ notBefore }) => notBefore > Date.now());
    const waiting = held < 0 ? all : all.slice(0, held);
    const [first] = all;
    if (waiting.length === 0 && first) {
      this.#wait(first.notBefore - Date.now());
      return false;
    }
    this.#sending = waiting;
    const most = this.#single ? 1 : Number.POSITIVE_INFINITY;
    try {
      const answers = await this.#options.send(
        waiting.map(({ write }) => write),
        most,
      );
      for (const [at, answer] of answers.entries()) this.#settle(waiting[at], answer);
      this.#single = this.#single && this.state.get().waiting.length > 1;
      this.#pause = FIRST_PAUSE;
      if (this.state.get().trouble !== null) this.#set({ trouble: null });
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (!error.passing && !LATER.includes(error.status)) return this.#refusedTogether(waiting, error);
      for (const { key } of waiting) this.#tried.add(key);
      this.#set({ trouble: error.message });
      this.#wait(Math.max(this.#pause, (error.retryAfter ?? 0) * 1_000));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      return false;
    }
  }

  #wait(pause: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#work();
    }, pause);
  }

  /** One that is wrong must not take the others with it: they go one by one from here. */
  #refusedTogether(waiting: readonly Parcel<W>[], problem: ApiProblem): true {
    if (this.#single || waiting.length === 1) {
      this.#settle(waiting[0], { ok: false, code: problem.code, sentence: problem.message });
    }
    this.#single = true;
    return true;
  }

  #settle(parcel: Parcel<W> | undefined, answer: Sent<R>): void {
    if (!parcel) return;
    if (answer.ok) {
      this.#options.onSent(parcel.write, answer.result);
      this.#forget(parcel);
      return;
    }
    const refused = { ...parcel, code: answer.code, sentence: answer.sentence };
    this.#forget(parcel);
    this.#set({ refused: [...this.state.get().refused, refused] });
    this.#options.onRefused(refused);
  }

  #forget(parcel: Parcel<W>): void {
    this.#options.shelf.removeItem(parcel.key);
    this.#tried.delete(parcel.key);
    this.#set({ waiting: this.state.get().waiting.filter(({ key }) => key !== parcel.key) });
  }

  /** What an earlier page left here. Records that cannot be read are left where they are. */
  #kept(): readonly Parcel<W>[] {
    const { shelf, prefix, schema } = this.#options;
    const keys = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? "")
      .filter((key) => key.startsWith(prefix))
      .toSorted();
    return keys.flatMap((key) => {
      const parsed = schema.safeParse(jsonOrNull(shelf.getItem(key) ?? ""));
      this.#tried.add(key);
      return parsed.success ? [{ key, write: parsed.data, notBefore: 0 }] : [];
    });
  }

  #set(change: Partial<OutboxState<W>>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
