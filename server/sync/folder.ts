import { Worker } from "node:worker_threads";
import type { Logger } from "pino";
import type { UpdateLog } from "../store/log.ts";
import { fold, type Foldable } from "./fold.ts";
import type { FoldAnswer } from "./fold-worker.ts";
import type { SyncMetrics } from "./metrics.ts";

/** What is folded: a room by name, told up to which entry the log now has a snapshot. */
export interface Folding {
  readonly name: string;
  folded(upTo: number): void;
}

/** Up to so many bytes folding takes a millisecond or two, and starting a thread for it would hold up more. */
const SMALL_BYTES = 64 * 1024;
/** The thread ends when there was nothing to fold for this long, in milliseconds. */
const THREAD_KEPT = 10_000;
/** A room whose folding failed is left alone for this long, in milliseconds. */
const REST = 60_000;

/**
 * Makes snapshots of rooms with a long tail, one at a time, in a thread of its own and from what is in
 * the log: the live document and whoever types in it are not held up.
 */
export class Folder {
  readonly #log: UpdateLog;
  readonly #logger: Logger;
  readonly #metrics: SyncMetrics;
  readonly #queue = new Map<string, Folding>();
  readonly #resting = new Map<string, number>();
  #working: Promise<void> | null = null;
  #worker: Worker | null = null;
  #end: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(log: UpdateLog, { logger, metrics }: { logger: Logger; metrics: SyncMetrics }) {
    this.#log = log;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  request(room: Folding): void {
    if (this.#stopped || (this.#resting.get(room.name) ?? 0) > Date.now()) return;
    this.#queue.set(room.name, room);
    this.#working ??= this.#work();
  }

  /** Resolves when nothing is left to fold. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** Ends the thread, with the room at hand if it is still being folded there: its tail stays in the log. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue.clear();
    await this.#endThread();
    await this.#working;
  }

  async #work(): Promise<void> {
    if (this.#end) clearTimeout(this.#end);
    this.#end = null;
    for (const [name, room] of this.#queue) {
      try {
        room.folded(await this.#fold(name));
        this.#resting.delete(name);
      } catch (error) {
        if (this.#stopped) break;
        this.#metrics.failed("fold");
        this.#resting.set(name, Date.now() + REST);
        this.#logger.error({ err: error, room: name }, "no snapshot could be made of a room");
      }
      // Only now: what asked again meanwhile has been served.
      this.#queue.delete(name);
    }
    this.#working = null;
    if (!this.#stopped) this.#end = setTimeout(() => void this.#endThread(), THREAD_KEPT).unref();
  }

  async #fold(name: string): Promise<number> {
    const { snapshot, tail, lastSeq } = await this.#log.load(name);
    if (tail.length === 0) return lastSeq;
    const updates = tail.map((entry) => entry.bytes);
    const stored: Foldable = { state: snapshot?.state ?? null, updates };
    const state = bytesOf(stored) <= SMALL_BYTES ? fold(stored) : await this.#inThread(stored);
    await this.#log.compact(name, lastSeq, state);
    return lastSeq;
  }

  async #inThread(request: Foldable): Promise<Uint8Array> {
    if (this.#stopped) throw new Error("nothing is folded any more");
    this.#worker ??= new Worker(new URL("./fold-worker.ts", import.meta.url));
    const worker = this.#worker;
    worker.unref();
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        worker.once("message", (answer: FoldAnswer) => {
          if (answer.ok) resolve(answer.state);
          else reject(new Error(answer.message));
        });
        worker.once("error", reject);
        worker.once("exit", (code) => reject(new Error(`the folding thread ended with code ${code}`)));
        worker.postMessage(request);
      });
    } catch (error) {
      await this.#endThread();
      throw error;
    } finally {
      worker.removeAllListeners();
    }
  }

  async #endThread(): Promise<void> {
    if (this.#end) clearTimeout(this.#end);
    this.#end = null;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function bytesOf({ state, updates }: Foldable): number {
  return updates.reduce((sum, update) => sum + update.length, state?.length ?? 0);
}
