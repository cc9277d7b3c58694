import type { SyncLimits } from "../limits.ts";

/** Times and sizes that are no business of the person who runs Gloss; tests shorten them. Milliseconds and bytes. */
export const TIMINGS = {
  /** A room without connections leaves memory after this. */
  roomIdle: 60_000,
  /** Presence of a room is gathered for this long before it is sent. */
  presenceEvery: 50,
  /** How often heartbeats, ended sessions and idle rooms are looked at. */
  sweep: 1_000,
  /** WebSocket ping, and the longest silence on a channel before a small frame is sent. */
  heartbeat: 20_000,
  /** A socket that answers nothing for this long is cut. */
  silence: 45_000,
  /** Longest wait for who somebody is, what they may and the room. */
  opening: 15_000,
  /** How long a reader may stay behind before it is closed. */
  stall: 30_000,
  /** How often readers that are behind are looked at. */
  stallEvery: 100,
  /** Between the close frame and cutting the socket. */
  closing: 2_000,
  /** How long somebody whose change cannot be saved may read on before they are asked to come back. */
  refuge: 2_000,
  /** First rest before a log that failed is tried again; it doubles, up to forty times as long. */
  probe: 250,
  /** Rest before the hash of a quiet room is sent. */
  hashAfter: 3_000,
  /** Longest work on queued frames before what was done is written. */
  turn: 8,
  /** Spread of closes when draining, and the longest drain. */
  drainSpread: 2_000,
  drainLimit: 8_000,
  /** A tail longer than this many entries or bytes is folded into a snapshot. */
  foldEntries: 500,
  foldBytes: 1024 * 1024,
  /** A stored room of more bytes is made a document only after those who opened it have been sent what is stored. */
  buildBytes: 128 * 1024,
} as const satisfies Record<string, number>;

export type Timings = { readonly [K in keyof typeof TIMINGS]: number };

export type SyncConfig = {
  /** The address people use, without a trailing slash; null when it is the address listened on. */
  readonly publicUrl: string | null;
  readonly limits: SyncLimits;
  readonly timings?: Partial<Timings>;
};
