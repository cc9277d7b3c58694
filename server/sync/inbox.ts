import type { Logger } from "pino";
import { StoreUnavailable } from "../store/log.ts";
import type { Batch, Change } from "./batch.ts";
import type { Turn } from "./committer.ts";
import { DocumentSpoilt, type LiveDocument } from "./live-document.ts";
import type { SyncMetrics } from "./metrics.ts";
import { runFrames } from "./run-frames.ts";
import type { Frame, Seat } from "./seat.ts";

type Target = { readonly document: LiveDocument; readonly batch: Batch; readonly turn: Turn };

export type InboxOptions = {
  readonly room: string;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
};

/** What waits to be written into a room: changes of the server's and frames of its connections. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #seats = new Set<Seat>();
  #changes: Change[] = [];

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  get empty(): boolean {
    return this.#seats.size === 0 && this.#changes.length === 0;
  }

  addFrame(seat: Seat, frame: Frame): void {
    seat.queue(frame);
    this.#seats.add(seat);
  }

  addChange(change: Change): void {
    this.#changes.push(change);
  }

  /** Forgets what a connection has sent. */
  drop(seat: Seat): void {
    seat.takeFrames();
    this.#seats.delete(seat);
  }

  /** Nothing can be written and nothing judged: changes fail, connections are asked to come back. */
  turnAway(error: unknown): void {
    for (const change of this.#changes.splice(0)) change.failed(error);
    for (const seat of this.#seats) {
      seat.takeFrames();
      seat.link.turnAway();
    }
    this.#seats.clear();
  }

  /**
   * Applies what waits, each connection in turn, until the turn's deadline; what is then left stays.
   * False when the document can no longer be trusted; what is in the batch by then is sound.
   */
  apply(document: LiveDocument, batch: Batch, turn: Turn): boolean {
    const target = { document, batch, turn };
    for (let change = this.#changes.shift(); change; change = this.#changes.shift()) {
      if (!this.#applyChange(change, target)) return false;
    }
    for (const seat of this.#seats) {
      if (performance.now() > turn.deadline) return true;
      this.#seats.delete(seat);
      if (!this.#applyFrames(seat, target)) return false;
      if (seat.queued) this.#seats.add(seat);
    }
    return true;
  }

  #applyChange(change: Change, { document, batch, turn }: Target): boolean {
    if (!turn.writable) {
      change.failed(new StoreUnavailable("The update log cannot be written"));
      return true;
    }
    try {
      batch.addChange(this.#options.room, change, change.apply(document));
      return true;
    } catch (error) {
      const spoilt = error instanceof DocumentSpoilt;
      change.failed(spoilt ? (error.cause ?? error) : error);
      return !spoilt;
    }
  }

  #applyFrames(seat: Seat, { document, batch, turn }: Target): boolean {
    const { room, metrics, logger } = this.#options;
    try {
      runFrames(document, seat, batch, { ...turn, room, onMissing: () => metrics.missing() });
      return true;
    } catch (error) {
      if (!(error instanceof DocumentSpoilt)) throw error;
      logger.error({ err: error, user: seat.link.userId }, "an update spoilt the document and is dropped");
      batch.handled.delete(seat);
      seat.link.close("refused-update");
      return false;
    }
  }
}
