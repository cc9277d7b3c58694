/**
 * Websocket close codes. 4400 to 4499 are final for y-websocket's client (it stops and tells);
 * every other code means "come back". The reason string of a close is the code's name here.
 */
export const CLOSE = {
  /** Nobody is signed in, or the session or token has ended. Sign in and connect anew. */
  "not-signed-in": 4401,
  /** Signed in, but this room is not theirs to open, or they wrote where they may only read. */
  forbidden: 4403,
  /** No such room or article. */
  "not-found": 4404,
  /** The local copy belongs to another making of this document. Keep the changes, load anew. */
  "epoch-mismatch": 4409,
  /** The article was deleted. */
  gone: 4410,
  /** A frame or the document is larger than allowed. */
  "too-large": 4413,
  /** The update was malformed or broke a rule of the document; it was not applied. */
  "refused-update": 4422,
  /** Bytes that are no message of this protocol. */
  "bad-frame": 4400,
  /** Rights changed. Connect again at once; the room is judged anew. */
  "rights-changed": 4205,
  /** Too many connections of this user or address. Wait, then connect again. */
  "too-many-connections": 4529,
  /** Too many or too large messages in too short a time. Wait, then connect again. */
  "rate-limited": 4530,
  /** Reads too slowly to be served; connect again and get one diff. */
  "too-slow": 4508,
  /** The room could not be loaded or the log cannot be written. Try again later. */
  unavailable: 4503,
  /** The server is shutting down or restarting. Try again. */
  draining: 4504,
  /** A bug. Try again. */
  internal: 4500,
} as const;

export type CloseName = keyof typeof CLOSE;

export function closeName(code: number): CloseName | null {
  const found = (Object.keys(CLOSE) as CloseName[]).find((name) => CLOSE[name] === code);
  return found ?? null;
}

/** True when a client must not come back by itself. */
export function isFinal(code: number): boolean {
  return code >= 4400 && code <= 4499;
}
