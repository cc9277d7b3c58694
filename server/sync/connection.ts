import type { Person } from "#shared/model/snapshot.ts";
import type { CloseName } from "#shared/wire/close.ts";
import { encodeAck, encodeRefused } from "#shared/wire/messages.ts";
import { BadFrame, readMessages, type Incoming } from "./messages.ts";
import type { Meter } from "./meter.ts";
import type { SyncMetrics } from "./metrics.ts";
import type { Room } from "./room.ts";
import { Seat, type Link } from "./seat.ts";
import type { Parcel, Transport } from "./transport.ts";

export type ConnectionOptions = {
  readonly id: string;
  readonly room: Room;
  readonly person: Person;
  readonly mayWrite: boolean;
  readonly gloss: boolean;
  readonly transport: Transport;
  readonly meter: Meter;
  readonly metrics: SyncMetrics;
  /** Bytes of one frame. */
  readonly frameBytes: number;
  /** See `turnAway`, in milliseconds. */
  readonly refuge: number;
  readonly onClosed: (connection: Connection) => void;
};

/** Frames of this many of the largest size may wait for a log that is slow to answer. */
const QUEUED_FRAMES = 4;

/** Refusals that say "this is not yours to write". */
const FORGERY: ReadonlySet<string> = new Set([
  "foreign-client",
  "reserved-client",
  "unowned-client",
  "read-only",
]);
const TOO_LARGE: ReadonlySet<string> = new Set(["too-large", "text-full", "layer-full", "document-full"]);

/** `away`: what it writes cannot be saved; it reads on until it is closed. */
type State = "open" | "away" | "closed";

/** One channel to one room: y-websocket's protocol, and what Gloss adds to it for those who ask. */
export class Connection implements Link {
  readonly id: string;
  readonly userId: string;
  readonly mayWrite: boolean;
  readonly gloss: boolean;
  readonly room: Room;
  readonly person: Person;
  readonly #options: ConnectionOptions;
  readonly #seat: Seat;
  #state: State = "open";
  #frames = 0;
  #acknowledged = 0;
  #away: NodeJS.Timeout | null = null;

  /** Takes its seat in the room at once. */
  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.id = options.id;
    this.room = options.room;
    this.person = options.person;
    this.userId = options.person.id;
    this.mayWrite = options.mayWrite;
    this.gloss = options.gloss;
    this.#seat = new Seat(this);
    options.room.join(this.#seat, options.person);
  }

  /** Takes one frame from the client. */
  receive(frame: Uint8Array): void {
    if (this.#state === "closed") return;
    if (frame.length > this.#options.frameBytes) {
      this.close("too-large");
      return;
    }
    try {
      for (const message of readMessages(frame)) this.#handle(message);
    } catch (error) {
      if (!(error instanceof BadFrame)) throw error;
      this.#options.meter.refused();
      this.close("bad-frame");
    }
  }

  /** The client's side has ended, or the whole websocket. What came before is still written. */
  ended(): void {
    this.#end(false);
  }

  send(message: Uint8Array): void {
    if (this.#state !== "closed") this.#options.transport.send(message);
  }

  deliver(parcel: Parcel): void {
    if (this.#state !== "closed") this.#options.transport.deliver(parcel);
  }

  buffered(): number {
    return this.#options.transport.buffered();
  }

  acknowledge(frames: number): void {
    if (!this.gloss || frames <= this.#acknowledged) return;
    this.#acknowledged = frames;
    this.#seat.send(encodeAck(frames));
  }

  refuse(frame: number, code: string, sentence: string): void {
    if (this.#state === "closed") return;
    this.#options.metrics.refused(code);
    this.#options.meter.refused();
    if (this.gloss) this.send(encodeRefused(frame, code, sentence));
    if (FORGERY.has(code)) this.close("forbidden");
    else this.close(TOO_LARGE.has(code) ? "too-large" : "refused-update");
  }

  charge(milliseconds: number): void {
    this.#options.meter.worked(milliseconds);
  }

  turnAway(): void {
    if (this.#state !== "open") return;
    this.#state = "away";
    this.#away = setTimeout(() => this.close("unavailable"), this.#options.refuge);
  }

  /** What has come and is not written yet is dropped; the client keeps it. */
  close(name: CloseName): void {
    if (!this.#end(true)) return;
    this.#options.metrics.closed(name);
    this.#options.transport.close(name);
  }

  #end(drop: boolean): boolean {
    if (this.#state === "closed") return false;
    this.#state = "closed";
    if (this.#away) clearTimeout(this.#away);
    this.room.leave(this.#seat, drop);
    this.#options.onClosed(this);
    return true;
  }

  #handle(message: Incoming): void {
    if (this.#state === "closed") return;
    const { room } = this;
    switch (message.kind) {
      case "step1":
        if (this.#mayGoOn()) room.wantState(this.#seat, message.vector);
        return;
      case "step2":
      case "update":
        this.#submit(message.update, message.kind === "step2");
        return;
      case "awareness":
        if (this.#options.meter.takePresence()) room.presence.hear(this.#seat, message.entries);
        return;
      case "query":
        if (this.#options.meter.takePresence()) room.presence.inform(this.#seat);
        return;
    }
  }

  #submit(update: Uint8Array, answer: boolean): void {
    if (!this.#mayGoOn()) return;
    this.#frames += 1;
    if (this.#state === "away") return;
    if (this.#seat.queuedBytes > QUEUED_FRAMES * this.#options.frameBytes) {
      this.close("unavailable");
      return;
    }
    this.room.submit(this.#seat, { number: this.#frames, answer, update, at: performance.now() });
  }

  #mayGoOn(): boolean {
    if (this.#options.meter.takeFrame()) return true;
    this.close("rate-limited");
    return false;
  }
}
