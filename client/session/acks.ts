/**
 * Which of my changes to one document are on the server's disk. The server acknowledges by counting the
 * document frames of a channel; a websocket is ordered, so the count says which changes are safe.
 */
export class Acks {
  /** Changes of mine so far, those kept from an earlier visit included. */
  #made: number;
  #safe = 0;
  #frames = 0;
  /** Frames that cover all changes up to a count, oldest first. */
  #covers: { readonly frame: number; readonly made: number }[] = [];
  #replied = false;
  #settled = false;

  /** `kept` changes were left unacknowledged on this device by an earlier visit. */
  constructor(kept = 0) {
    this.#made = kept;
  }

  /** Changes the server has not confirmed. */
  get changes(): number {
    return this.#made - this.#safe;
  }

  /** True once everything known when this channel opened is on the server's disk. */
  get settled(): boolean {
    return this.#settled;
  }

  keep(count: number): void {
    this.#made += count;
  }

  changed(): void {
    this.#made += 1;
  }

  /** A channel opened or was lost; frames are counted anew. */
  opened(): void {
    this.#frames = 0;
    this.#covers = [];
    this.#replied = false;
    this.#settled = false;
  }

  /**
   * A document frame went out. Only from the first step 2 on does a frame cover everything before it:
   * an update typed before the handshake says nothing about what an earlier channel lost.
   */
  sent(kind: "step2" | "update"): void {
    this.#frames += 1;
    if (kind === "step2") this.#replied = true;
    if (this.#replied) this.#covers.push({ frame: this.#frames, made: this.#made });
  }

  /** The first `count` document frames of this channel are on disk. */
  acked(count: number): void {
    while (this.#covers[0] && this.#covers[0].frame <= count) {
      this.#safe = Math.max(this.#safe, this.#covers[0].made);
      this.#covers.shift();
      this.#settled = true;
    }
  }
}
