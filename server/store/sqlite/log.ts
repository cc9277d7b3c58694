import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import {
  StoreClash,
  StoreCorrupt,
  StoreUnavailable,
  type Entry,
  type LogSizes,
  type NewEntry,
  type StoredRoom,
  type UpdateLog,
} from "../log.ts";
import { entriesOf } from "../entries.ts";
import { groupByRoom } from "../group.ts";
import type { PageMark } from "../page.ts";
import type { Faults } from "./faults.ts";
import type { WorkerOptions } from "./log-worker.ts";
import { unpack } from "./packed-rows.ts";
import type { Answer, Failure, Request, Results } from "./wire.ts";

/** The log's file in the data folder. */
export const LOG_FILE = "log.db";

export type SqliteLogOptions = {
  /** Path of the database file; made when absent. */
  readonly file: string;
  /** Told of damage that could be worked round and of a worker that had to be restarted. */
  readonly report?: (message: string) => void;
  /** Faults planted by tests. */
  readonly faults?: Faults;
};

/** MiB for what lives only for a moment in the thread, which keeps nothing. */
const YOUNG_MIB = 8;
/** How often one request may meet a dying worker before it is given up. */
const MAX_TRIES = 3;
/** Longest wait before a worker that keeps dying is started again, in milliseconds. */
const MAX_RESTART_DELAY = 5_000;

type Pending = {
  readonly request: Request;
  readonly resolve: (result: Results[keyof Results]) => void;
  readonly reject: (error: Error) => void;
  tries: number;
};

/** Opens the update log on SQLite. Rejects with StoreUnavailable when the file cannot be opened. */
export async function openSqliteLog(options: SqliteLogOptions): Promise<SqliteLog> {
  const log = new SqliteLog(options);
  try {
    await log.open();
  } catch (error) {
    await log.close();
    throw error;
  }
  return log;
}

/** The update log on SQLite, in a thread of its own. Made by `openSqliteLog`. */
export class SqliteLog implements UpdateLog {
  readonly #options: SqliteLogOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #writer = randomBytes(4).readUInt32LE();
  #worker: Worker | null = null;
  #restart: NodeJS.Timeout | null = null;
  #crashes = 0;
  #nextId = 1;
  #nextBatch = 1;
  #closed: Promise<void> | null = null;

  constructor(options: SqliteLogOptions) {
    this.#options = options;
    this.#start();
  }

  async open(): Promise<void> {
    await this.#ask<"open">({ do: "open" });
  }

  async append(entries: readonly NewEntry[]): Promise<readonly number[]> {
    if (entries.length === 0) return [];
    const mark: PageMark = { writer: this.#writer, batch: this.#nextBatch++ };
    const { groups, number } = groupByRoom(mark, entries);
    return number(await this.#ask<"append">({ do: "append", mark, groups, retry: false }));
  }

  async load(room: string): Promise<StoredRoom> {
    const loaded = await this.#ask<"load">({ do: "load", room });
    for (const note of loaded.notes) this.#options.report?.(note);
    const covered = loaded.snapshot?.upTo ?? 0;
    return {
      snapshot: loaded.snapshot,
      tail: entriesOf(room, unpack(loaded.rows)).filter((entry) => entry.seq > covered),
      owners: new Map(loaded.owners),
      lastSeq: loaded.lastSeq,
    };
  }

  async compact(room: string, upTo: number, state: Uint8Array): Promise<void> {
    await this.#ask<"compact">({ do: "compact", room, upTo, state });
  }

  async history(room: string, afterSeq: number, limit: number): Promise<readonly Entry[]> {
    const rows = await this.#ask<"history">({ do: "history", room, after: afterSeq, limit });
    return entriesOf(room, unpack(rows))
      .filter((entry) => entry.seq > afterSeq)
      .slice(0, limit);
  }

  rooms(after: string, limit: number): Promise<readonly string[]> {
    return this.#ask<"rooms">({ do: "rooms", after, limit });
  }

  sizes(): Promise<LogSizes> {
    return this.#ask<"sizes">({ do: "sizes" });
  }

  async probe(): Promise<void> {
    await this.#ask<"probe">({ do: "probe" });
  }

  /** Finishes what was asked before, then closes the file and ends the thread. */
  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  async #shutDown(): Promise<void> {
    if (this.#restart) clearTimeout(this.#restart);
    const worker = this.#worker;
    if (worker) {
      await new Promise<void>((resolve) => {
        worker.once("exit", () => resolve());
        this.#send(
          { do: "close" },
          () => resolve(),
          () => resolve(),
        );
      });
      this.#worker = null;
      await worker.terminate();
    }
    this.#giveUp("The update log is closed");
  }

  #ask<K extends keyof Results>(request: Extract<Request, { do: K }>): Promise<Results[K]> {
    return new Promise<Results[K]>((resolve, reject) => {
      if (this.#closed || !this.#worker) {
        const state = this.#closed ? "is closed" : "is being restarted";
        reject(new StoreUnavailable(`The update log ${state}`));
        return;
      }
      this.#send(request, (result) => resolve(result as Results[K]), reject);
    });
  }

  #send(request: Request, resolve: Pending["resolve"], reject: Pending["reject"]): void {
    const id = this.#nextId++;
    this.#pending.set(id, { request, resolve, reject, tries: 1 });
    // Copied, not transferred: should the worker die, the request is asked again.
    this.#worker?.postMessage({ id, request });
  }

  #start(): void {
    this.#restart = null;
    const { file, faults } = this.#options;
    const worker = new Worker(new URL("./log-worker.ts", import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
      workerData: { file, faults: faults?.memory ?? null } satisfies WorkerOptions,
    });
    this.#worker = worker;
    let failure: Error | null = null;
    worker.on("message", (answer: Answer) => this.#settle(answer));
    worker.on("error", (error) => (failure = error));
    worker.on("exit", (code) => this.#onExit(worker, failure?.message ?? `exit code ${code}`));
    for (const [id, pending] of this.#pending) {
      const { request } = pending;
      worker.postMessage({ id, request: request.do === "append" ? { ...request, retry: true } : request });
    }
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;
    this.#pending.delete(answer.id);
    this.#crashes = 0;
    if (answer.ok) pending.resolve(answer.result);
    else pending.reject(toError(answer.failure));
  }

  #onExit(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    if (this.#closed) return;
    this.#options.report?.(`The thread of the update log ended (${reason}) and is started again`);
    for (const [id, pending] of this.#pending) {
      if (pending.tries >= MAX_TRIES) {
        this.#pending.delete(id);
        pending.reject(new StoreUnavailable("The update log failed at this request again and again"));
      }
      pending.tries += 1;
    }
    const delay = this.#crashes === 0 ? 0 : Math.min(100 * 2 ** this.#crashes, MAX_RESTART_DELAY);
    this.#crashes += 1;
    this.#restart = setTimeout(() => this.#start(), delay);
  }

  #giveUp(reason: string): void {
    for (const pending of this.#pending.values()) pending.reject(new StoreUnavailable(reason));
    this.#pending.clear();
  }
}

function toError(failure: Failure): Error {
  switch (failure.kind) {
    case "unavailable":
      return new StoreUnavailable(failure.message);
    case "corrupt":
      return new StoreCorrupt(failure.message);
    case "clash":
      return new StoreClash(failure.entry, failure.client);
    case "bug":
      return new Error(`The update log failed: ${failure.message}`);
  }
}
