import type { KeyEventLike } from "../../../client/feature/commands/keys.ts";

/** A key as a browser would report it. */
export function keyEvent(key: string, more: Partial<KeyEventLike> = {}): KeyEventLike {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}
