import * as Y from "yjs";
import { IndexeddbPersistence } from "y-indexeddb";
import { Journal } from "./journal.ts";

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

/** Origin of changes that a tab before this one had written down and its copy did not hold. */
const JOURNAL = "journal";

/** Resolves when all that was written into the copy so far is there: a read waits for the writes before it. */
function writtenOut({ db }: IndexeddbPersistence): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const reading = db?.transaction("updates", "readonly");
      if (!reading) return resolve(false);
      reading.oncomplete = () => resolve(true);
      reading.onabort = () => resolve(false);
      reading.objectStore("updates").count();
    } catch {
      // Closed meanwhile: what is not known to be written stays in the journal.
      resolve(false);
    }
  });
}

/** A copy in IndexedDB under `name`, and a journal of what is not in it yet. */
export const indexedDbCopy: OpenLocalCopy = (name, doc) => {
  const journal = new Journal(localStorage, name, crypto.randomUUID());
  let persistence: IndexeddbPersistence | null = null;
  let closed = false;
  let unsent = 0;
  let asking = false;

  const settle = async (): Promise<void> => {
    if (asking || !persistence?.synced) return;
    asking = true;
    while (journal.length > 0) {
      const count = journal.length;
      if (!(await writtenOut(persistence))) break;
      journal.written(count);
    }
    asking = false;
  };

  const note = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction): void => {
    if (!local) return;
    journal.add(update);
    void settle();
  };
  doc.on("update", note);

  const loaded = (async () => {
    if (closed) return 0;
    if (!(await storageWorks())) {
      doc.off("update", note);
      journal.clear();
      return 0;
    }
    persistence = new IndexeddbPersistence(name, doc);
    await persistence.whenSynced;
    const { updates, forget } = journal.left();
    for (const update of updates) Y.applyUpdate(doc, update, JOURNAL);
    if (updates.length > 0 && (await writtenOut(persistence))) forget();
    void settle();
    const kept: unknown = await persistence.get(UNSENT);
    unsent = Math.max(typeof kept === "number" ? kept : 0, updates.length);
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
      doc.off("update", note);
      journal.clear();
      await persistence?.clearData();
    },
    close() {
      closed = true;
      doc.off("update", note);
      void persistence?.destroy();
    },
  };
};
