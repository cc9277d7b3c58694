import * as Y from "yjs";

/**
 * Applies a stored state and the updates after it to an empty document, so that it holds these and
 * nothing else. Throws when they do not make a whole document.
 */
export function foldInto(doc: Y.Doc, state: Uint8Array | null, updates: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    if (state) Y.applyUpdate(doc, state);
    for (const update of updates) Y.applyUpdate(doc, update);
    // Else Yjs would remove doubled marks now, a change that stands nowhere in the log.
    transaction.local = true;
  });
  if (doc.store.pendingStructs || doc.store.pendingDs) {
    throw new Error("some of the updates rest on others that are not there");
  }
}
