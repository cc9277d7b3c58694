import * as Y from "yjs";
import { applyUnread, keepUnread } from "./unread.ts";

/** A stored state and the updates after it. */
export type Foldable = { readonly state: Uint8Array | null; readonly updates: readonly Uint8Array[] };

/** The state that a stored one and the updates after it make together. Throws when they make no whole document. */
export function fold({ state, updates }: Foldable): Uint8Array {
  const doc = new Y.Doc();
  try {
    foldInto(doc, state, updates);
    return Y.encodeStateAsUpdate(doc);
  } finally {
    doc.destroy();
  }
}

/**
 * Applies a stored state and the updates after it to an empty document, so that it holds these and
 * nothing else. Throws when they do not make a whole document.
 */
export function foldInto(doc: Y.Doc, state: Uint8Array | null, updates: readonly Uint8Array[]): void {
  // In one transaction: all types are new to it, and only in older ones does Yjs remove doubled marks, a
  // change that would stand nowhere in the log.
  doc.transact(() => {
    if (state) applyUnread(doc, state);
    for (const update of updates) applyUnread(doc, update);
  });
  keepUnread(doc);
  if (doc.store.pendingStructs || doc.store.pendingDs) {
    throw new Error("some of the updates rest on others that are not there");
  }
}
