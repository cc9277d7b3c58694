import { CLOSE } from "#shared/wire/close.ts";
import { Cell } from "./cell.ts";
import type { Readable, Recovery } from "./contract.ts";
import { linesOf, lostLines } from "./recovery.ts";
import type { Room, RoomStatus } from "./room.ts";

export type SlotOptions = {
  readonly kind: Recovery["room"];
  /** Opens the room as it is to be now: current epoch, current rights. */
  readonly open: () => Room;
  /** Learns current epoch and rights before a refused room is opened anew. */
  readonly learn: () => Promise<void>;
  readonly onLost: (recovery: Recovery) => void;
};

/** A refused document is never used again, yet the room may be; these ends are followed by a new start. */
const STARTS_ANEW: readonly number[] = [
  CLOSE.forbidden,
  CLOSE["refused-update"],
  CLOSE["epoch-mismatch"],
  CLOSE["too-large"],
  CLOSE["bad-frame"],
];

const MOST_STARTS = 3;
const START_WINDOW = 60_000;

/**
 * A room that I may write, kept open over refusals: the refused document is put aside, the room starts
 * with a fresh one, and what the fresh one lacks becomes a recovery copy.
 */
export class RoomSlot {
  readonly room: Cell<Room>;
  readonly status: Cell<RoomStatus>;
  readonly #options: SlotOptions;
  #stop: () => void = () => undefined;
  #starts: number[] = [];
  #disposed = false;
  #renewing = false;

  constructor(options: SlotOptions) {
    this.#options = options;
    const room = options.open();
    this.room = new Cell(room);
    this.status = new Cell(room.status.get());
    this.#follow(room);
  }

  /** Rights changed. What I wrote and may not write any more becomes a recovery copy. */
  setWritable(writable: boolean): void {
    const room = this.room.get();
    if (writable || room.status.get().changes === 0) {
      room.setWritable(writable);
      return;
    }
    void this.#renew({
      code: CLOSE.forbidden,
      name: "forbidden",
      sentence: "Your rights changed before these changes were saved.",
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    void this.room.get().dispose();
  }

  #follow(room: Room): void {
    this.#stop();
    this.#stop = room.status.subscribe(() => this.#changed(room.status));
    this.#changed(room.status);
  }

  #changed(status: Readable<RoomStatus>): void {
    const { end } = status.get();
    if (end && this.#mayStart(end.code)) {
      void this.#renew(end);
      return;
    }
    this.status.set(status.get());
  }

  /** A room that is only read and is forbidden is simply not mine to see. */
  #mayStart(code: number): boolean {
    if (this.#renewing || !STARTS_ANEW.includes(code)) return false;
    if (code === CLOSE.forbidden && !this.room.get().writable) return false;
    const since = Date.now() - START_WINDOW;
    this.#starts = this.#starts.filter((at) => at > since);
    return this.#starts.length < MOST_STARTS;
  }

  async #renew(end: NonNullable<RoomStatus["end"]>): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    this.#starts.push(Date.now());
    const old = this.room.get();
    const wrote = old.status.get().changes > 0;
    const mine = wrote ? linesOf(this.#options.kind, old.doc) : [];
    this.#stop();
    await this.#options.learn().catch(() => undefined);
    await old.dispose(true);
    this.#renewing = false;
    if (this.#disposed) return;
    const fresh = this.#options.open();
    if (wrote) this.#rescue(mine, fresh, end);
    this.room.set(fresh);
    this.#follow(fresh);
  }

  /** Waits for the server's document, then keeps what it lacks. */
  #rescue(mine: readonly string[], fresh: Room, end: NonNullable<RoomStatus["end"]>): void {
    const { kind, onLost } = this.#options;
    const judge = (): void => {
      const status = fresh.status.get();
      if (!(status.link === "online" && status.loaded) && status.end === null) return;
      stop();
      const lost = lostLines(mine, linesOf(kind, fresh.doc));
      if (lost.length === 0) return;
      onLost({
        room: kind,
        code: end.name,
        sentence: end.sentence,
        text: lost.join("\n"),
        at: Date.now(),
      });
    };
    const stop = fresh.status.subscribe(judge);
  }
}
