import type { Dialect, Place } from "../load/dialect.ts";
import type { Child } from "./child.ts";

export type Limits = Readonly<Record<string, number>>;

/** A server under measurement. */
export interface Contender {
  readonly key: string;
  /** With its version. */
  readonly title: string;
  readonly dialect: Dialect;
  /** Understands documents: answers those who join, and so can be asked more than to pass frames on. */
  readonly knowsDocuments: boolean;
  /** Keeps documents over a restart. */
  readonly keeps: boolean;
  /** Frees documents that nobody has open, after this many milliseconds; null for never. */
  readonly idleAfter: number | null;
  /** Makes a folder ready for `start`. */
  prepare(folder: string): Promise<void>;
  /** `limits` are set where a server has them and they would stand in the way of what is measured. */
  start(folder: string, limits?: Limits): Promise<Child>;
  /** A new empty room, opened as `user` (0 or 1). */
  room(child: Child, user?: 0 | 1): Promise<Place>;
  /** The room beside `place` that holds annotations, or `place` itself where one holds all. */
  layer(place: Place): Place;
  /** The same room as somebody else. */
  as(place: Place, user: 0 | 1): Place;
}
