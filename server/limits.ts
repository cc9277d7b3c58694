/** What one client may ask of the live documents. Each can be set, see `limitName` in config.ts. */
export const LIMITS = {
  /** Largest websocket frame, in bytes. */
  frameBytes: 4 * 1024 * 1024,
  /** Largest text document, in bytes of its Yjs update. */
  articleBytes: 20 * 1024 * 1024,
  /** Most annotations in one layer. */
  layerAnnotations: 200_000,
  /** Largest presence state of one client, in bytes. */
  presenceBytes: 4 * 1024,
  /** Presence messages a second of one connection. */
  presencePerSecond: 20,
  /** Document frames a second of one connection, on average. */
  framesPerSecond: 100,
  /** Bytes a second of one connection, on average. */
  bytesPerSecond: 4 * 1024 * 1024,
  /** Sockets of one person at a time. */
  connectionsPerUser: 50,
  /** Sockets from one network address at a time. */
  connectionsPerAddress: 1_000,
  /** Rooms open at a time on one socket. */
  roomsPerConnection: 1_000,
  /** Unsent bytes above which a connection gets no more updates until it has drained. */
  pauseBytes: 1024 * 1024,
  /** Unsent bytes above which a connection is closed. */
  closeBytes: 8 * 1024 * 1024,
} as const satisfies Record<string, number>;

export type SyncLimits = { readonly [K in keyof typeof LIMITS]: number };
