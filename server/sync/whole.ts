import * as Y from "yjs";
import type { StoredRoom } from "../store/log.ts";
import { encodeStep2, encodeUpdate } from "./messages.ts";
import { Parcel } from "./transport.ts";

/** What is added to a large state is sent beside it, up to so many bytes; then it is encoded anew, as a small one is at once. */
const BESIDE_BYTES = 64 * 1024;
const LARGE_BYTES = 4 * BESIDE_BYTES;
/** Merging spares whoever applies them; larger updates cost more to merge than that saves. */
const MERGE_BYTES = 16 * 1024;

const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** Updates that make up a document, at hand for those who join with nothing. */
export class Whole {
  #updates: Uint8Array[];
  readonly #most: number;
  #beside = 0;
  /** As it is sent, until something is added. */
  #parcel: Parcel | null = null;
  #usedAt: number;

  /** Each update may rest on those before it. */
  constructor(updates: readonly Uint8Array[], now: number) {
    this.#updates = [...updates];
    this.#usedAt = now;
    this.#most = this.bytes >= LARGE_BYTES ? BESIDE_BYTES : 0;
  }

  /** What is stored of a room, without a document made of it. */
  static ofStored({ snapshot, tail }: StoredRoom, now: number): Whole {
    const updates = tail.map((entry) => entry.bytes);
    return new Whole(snapshot ? [snapshot.state, ...updates] : updates, now);
  }

  get bytes(): number {
    return this.#updates.reduce((sum, update) => sum + update.length, 0);
  }

  get usedAt(): number {
    return this.#usedAt;
  }

  /** Takes what the document gained; false when it should be encoded anew. */
  add(update: Uint8Array): boolean {
    this.#parcel = null;
    this.#updates.push(update);
    this.#beside += update.length;
    return this.#beside <= this.#most;
  }

  parcel(now: number): Parcel {
    this.#usedAt = now;
    this.#parcel ??= this.#pack();
    return this.#parcel;
  }

  #pack(): Parcel {
    this.#updates = mergeSmall(this.#updates);
    const last = this.#updates.at(-1) ?? EMPTY_UPDATE;
    // Step 2 comes last: with it a client counts as synced, and by then it must have all of it.
    return new Parcel([...this.#updates.slice(0, -1).map(encodeUpdate), encodeStep2(last)]);
  }
}

/** Neighbours that are small become one. */
function mergeSmall(updates: readonly Uint8Array[]): Uint8Array[] {
  const merged: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  const flush = (): void => {
    const [first] = small;
    if (first) merged.push(small.length > 1 ? Y.mergeUpdates(small) : first);
    small = [];
  };
  for (const update of updates) {
    if (update.length <= MERGE_BYTES) {
      small.push(update);
      continue;
    }
    flush();
    merged.push(update);
  }
  flush();
  return merged;
}
