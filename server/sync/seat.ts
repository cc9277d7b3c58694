import type { CloseName } from "#shared/wire/close.ts";
import { encodeStep1 } from "./messages.ts";
import type { Parcel } from "./transport.ts";

/** What a room needs of a connection. */
export interface Link {
  readonly id: string;
  readonly userId: string;
  readonly mayWrite: boolean;
  /** Understands acknowledgements, refusals and hashes. */
  readonly gloss: boolean;
  send(message: Uint8Array): void;
  deliver(parcel: Parcel): void;
  buffered(): number;
  acknowledge(frames: number): void;
  refuse(frame: number, code: string, sentence: string): void;
  /** What it sent took so long to judge and apply. */
  charge(milliseconds: number): void;
  /** What it writes cannot be saved now: it may read on for a moment and is then asked to come back. */
  turnAway(): void;
  close(name: CloseName): void;
}

/** A document frame (sync step 2 or update) on its way through a room. */
export type Frame = {
  /** 1 for the first of its channel. */
  readonly number: number;
  readonly answer: boolean;
  readonly update: Uint8Array;
  /** performance.now of its arrival. */
  readonly at: number;
};

/** A state to be sent when there is room for it: everything after `vector`. */
export type Want = {
  readonly vector: Uint8Array;
  /** Whether the client asked, and so is asked for its state in return. */
  readonly asked: boolean;
};

/** A client whose answers keep resting on what it does not send has a document that cannot be joined. */
const MOST_STRIKES = 8;

/** One connection's place in a room: how far it has been told, and what of it still counts for nothing. */
export class Seat {
  readonly link: Link;
  /** The batch up to which its last state went; it is told of later ones. Null before its first state. */
  since: number | null = null;
  want: Want | null = null;
  /** It has too much unread: it gets no updates, and one state once it has read. */
  behind = false;
  /** Sweeps of the room since something was sent. */
  quietSweeps = 0;
  /** The last frame that may be acknowledged. */
  handled = 0;
  #frames: Frame[] = [];
  #queuedBytes = 0;
  /** A frame rested on something unknown; nothing after it counts until the client sends its state. */
  #owed = false;
  #asked = 0;
  #strikes = 0;

  constructor(link: Link) {
    this.link = link;
  }

  /** Bytes of document frames that wait for their turn. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  get queued(): boolean {
    return this.#frames.length > 0;
  }

  queue(frame: Frame): void {
    this.#frames.push(frame);
    this.#queuedBytes += frame.update.length;
  }

  /** Takes all frames that wait. */
  takeFrames(): readonly Frame[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#queuedBytes = 0;
    return frames;
  }

  /** Puts back what there was no time for, before what came since. */
  giveBack(frames: readonly Frame[]): void {
    this.#frames = [...frames, ...this.#frames];
    for (const frame of frames) this.#queuedBytes += frame.update.length;
  }

  send(message: Uint8Array): void {
    this.quietSweeps = 0;
    this.link.send(message);
  }

  deliver(parcel: Parcel): void {
    this.quietSweeps = 0;
    this.link.deliver(parcel);
  }

  /** Asks for what the client has beyond `vector`. */
  ask(vector: Uint8Array): void {
    this.#asked += 1;
    this.send(encodeStep1(vector));
  }

  /** An accepted frame: from now on it may be acknowledged, once it is on disk. */
  accepted(frame: Frame): void {
    if (frame.answer) {
      this.#answered();
      this.#owed = false;
      this.#strikes = 0;
    }
    if (!this.#owed) this.handled = frame.number;
  }

  /**
   * A frame that rests on something the document lacks. Its content is on no disk, so neither it nor
   * what follows is counted before the client's whole state has come. False when asking is pointless.
   */
  missing(frame: Frame, vector: () => Uint8Array): boolean {
    if (frame.answer) {
      this.#answered();
      this.#strikes += 1;
    }
    this.#owed = true;
    if (this.#strikes > MOST_STRIKES) return false;
    // An answer that is still on its way was made after this frame and so holds it.
    if (this.#asked === 0) this.ask(vector());
    return true;
  }

  #answered(): void {
    this.#asked = Math.max(0, this.#asked - 1);
  }
}
