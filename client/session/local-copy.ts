import type * as Y from "yjs";
import { IndexeddbPersistence } from "y-indexeddb";

/** What is kept of a document on this device, for offline reading and for changes not yet sent. */
export interface LocalCopy {
  /** Resolves when the document holds what was kept; with the number of changes never confirmed. */
  readonly loaded: Promise<number>;
  /** Notes how many changes wait to be confirmed, so that a reload knows. */
  noteUnsent(count: number): void;
  /** Forgets the copy. */
  clear(): Promise<void>;
  close(): void;
}

export type OpenLocalCopy = (name: string, doc: Y.Doc) => LocalCopy;

const UNSENT = "unsent";

/** Origin of changes read from a local copy. */
export function isFromLocalCopy(origin: unknown): boolean {
  return origin instanceof IndexeddbPersistence;
}

/** Nothing is kept: for tests and for browsers without storage. */
export const noLocalCopy: OpenLocalCopy = () => ({
  loaded: Promise.resolve(0),
  noteUnsent: () => undefined,
  clear: () => Promise.resolve(),
  close: () => undefined,
});

let storage: Promise<boolean> | null = null;

/** Whether IndexedDB works here; some private windows have it and refuse to open anything. */
function storageWorks(): Promise<boolean> {
  storage ??= new Promise((resolve) => {
    if (typeof indexedDB === "undefined") {
      resolve(false);
      return;
    }
    const request = indexedDB.open("gloss-probe");
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
    request.onerror = () => resolve(false);
    request.onblocked = () => resolve(false);
  });
  return storage;
}

/** A copy in IndexedDB under `name`. */
export const indexedDbCopy: OpenLocalCopy = (name, doc) => {
  let persistence: IndexeddbPersistence | null = null;
  let closed = false;
  let unsent = 0;

  const loaded = (async () => {
    if (!(await storageWorks()) || closed) return 0;
    persistence = new IndexeddbPersistence(name, doc);
    await persistence.whenSynced;
    const kept: unknown = await persistence.get(UNSENT);
    unsent = typeof kept === "number" ? kept : 0;
    return unsent;
  })();

  return {
    loaded,
    noteUnsent(count) {
      if (count === unsent || !persistence?.synced) return;
      unsent = count;
      void persistence.set(UNSENT, count);
    },
    async clear() {
      closed = true;
      await persistence?.clearData();
    },
    close() {
      closed = true;
      void persistence?.destroy();
    },
  };
};
