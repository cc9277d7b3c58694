/** A room whose document is not built yet. */
export interface Unbuilt {
  /** Somebody is being sent what is stored. */
  readonly sending: boolean;
  /** Builds the document, if that is still wanted and has not been done. */
  build(): void;
}

/** How often it is looked whether what joiners were sent has left, and for how long that is waited for. Milliseconds. */
const LOOK_EVERY = 25;
const LATEST = 1_000;
/** Between two documents, so that whoever types elsewhere is held up by one of them and not by a row. */
const REST = 100;

/**
 * Makes documents of what is stored of large rooms, when those who joined have been sent it and one at a
 * time, since each keeps the server busy for a moment. A room that needs its document earlier builds it
 * itself.
 */
export class Builder {
  readonly #waiting = new Map<Unbuilt, number>();
  #timer: NodeJS.Timeout | null = null;

  request(room: Unbuilt): void {
    if (this.#waiting.has(room)) return;
    this.#waiting.set(room, performance.now() + LATEST);
    this.#timer ??= setTimeout(() => this.#look(), LOOK_EVERY);
  }

  forget(room: Unbuilt): void {
    this.#waiting.delete(room);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  #look(): void {
    this.#timer = null;
    const now = performance.now();
    let wait = LOOK_EVERY;
    for (const [room, latest] of this.#waiting) {
      if (room.sending && now < latest) continue;
      this.#waiting.delete(room);
      room.build();
      wait = REST;
      break;
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#look(), wait);
  }
}
