import * as Y from "yjs";
import type { ClientRange, NewEntry } from "../store/log.ts";
import type { LiveDocument, Written } from "./live-document.ts";
import { encodeUpdate } from "./messages.ts";
import type { Frame, Seat } from "./seat.ts";
import { Parcel } from "./transport.ts";

/** Something the server itself writes. Exactly one of `done` and `failed` is called. */
export type Change = {
  /** Whose it is in the log. */
  readonly user: string;
  apply(document: LiveDocument): Written | null;
  /** Written right after it, in the same transaction. */
  readonly claim?: NewEntry;
  /** On disk and on its way to everybody; `first` is its number in the log, null when nothing changed. */
  done(first: number | null): void;
  failed(error: unknown): void;
};

type Part = {
  readonly seat: Seat | null;
  readonly bytes: Uint8Array;
  /** What of it its author does not have. */
  readonly tidied: Uint8Array | null;
  readonly ranges: readonly ClientRange[];
};

/** One merged update is cheaper for whoever applies it, but merging large ones costs more than it saves. */
const MERGE_BYTES = 64 * 1024;

/** What one turn added to a room: on its way to the disk, then to everybody. */
export class Batch {
  readonly number: number;
  readonly entries: NewEntry[] = [];
  /** The last frame of each connection that may be acknowledged with this batch, and when its first came. */
  readonly handled = new Map<Seat, { frame: number; at: number }>();
  readonly changes: { readonly change: Change; readonly entry: number | null }[] = [];
  readonly users = new Set<string>();
  readonly #parts: Part[] = [];
  readonly #writers = new Set<Seat>();
  #forAll: Parcel | null = null;

  constructor(number: number) {
    this.number = number;
  }

  /** Connections whose changes are in it. */
  get writers(): ReadonlySet<Seat> {
    return this.#writers;
  }

  get ranges(): readonly ClientRange[] {
    return this.#parts.flatMap((part) => part.ranges);
  }

  /** Takes what a connection (or the server, for null) wrote. */
  add(room: string, author: { readonly seat: Seat | null; readonly user: string }, written: Written): void {
    const { seat, user } = author;
    const { bytes, tidied, ranges, binds } = written;
    this.entries.push({
      room,
      user,
      connection: seat?.link.id ?? "server",
      ranges,
      binds,
      bytes,
      at: Date.now(),
    });
    this.#parts.push({ seat, bytes, tidied, ranges });
    this.users.add(user);
    if (seat) this.#writers.add(seat);
  }

  /** Notes a frame that has done its work; it counts once the batch is on disk. */
  handle(seat: Seat, frame: Frame): void {
    const known = this.handled.get(seat);
    if (known) known.frame = seat.handled;
    else this.handled.set(seat, { frame: seat.handled, at: frame.at });
  }

  /** Takes what the server itself wrote. */
  addChange(room: string, change: Change, written: Written | null): void {
    const entry = written ? this.entries.length : null;
    this.changes.push({ change, entry });
    if (!written) return;
    this.add(room, { seat: null, user: change.user }, written);
    if (change.claim) this.entries.push(change.claim);
  }

  /** Everything in it that this connection does not have; null when it wrote all of it itself. */
  parcelFor(seat: Seat): Parcel | null {
    if (!this.#writers.has(seat)) {
      this.#forAll ??= toParcel(this.#parts.map((part) => part.bytes));
      return this.#forAll;
    }
    const news = this.#parts.flatMap(({ seat: author, bytes, tidied }) => {
      if (author !== seat) return [bytes];
      return tidied ? [tidied] : [];
    });
    return news.length > 0 ? toParcel(news) : null;
  }
}

function toParcel(updates: readonly Uint8Array[]): Parcel {
  const size = updates.reduce((sum, update) => sum + update.length, 0);
  const merged = updates.length > 1 && size <= MERGE_BYTES ? [Y.mergeUpdates([...updates])] : updates;
  return new Parcel(merged.map(encodeUpdate));
}
