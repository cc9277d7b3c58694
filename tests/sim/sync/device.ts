import * as Y from "yjs";
import type { OpenLocalCopy } from "../../../client/session/local-copy.ts";
import type { Random } from "../../attack/random.ts";
import type { Clock, Owner } from "./clock.ts";

type Store = { readonly updates: Uint8Array[]; unsent: number };

const COPY = "local copy";
const LOADING = 60;
const WRITING = 30;

/**
 * What a person's browser keeps of documents, shared by its tabs. Writing takes a moment and happens in
 * order: a tab that dies has kept all up to some change, and nothing after it.
 */
export class Device {
  readonly #stores = new Map<string, Store>();
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Opens copies for one visit. */
  opener(visit: Owner): OpenLocalCopy {
    return (name, doc) => {
      const store = this.#store(name);
      let last = 0;
      let closed = false;
      const write = (put: () => void): void => {
        const now = this.#clock.elapsed;
        last = Math.max(last, now + this.#random.next() * WRITING);
        this.#clock.after(last - now, put, visit);
      };
      const keep = (update: Uint8Array, origin: unknown): void => {
        if (origin !== COPY) write(() => void store.updates.push(update));
      };
      doc.on("update", keep);
      const close = (): void => {
        closed = true;
        doc.off("update", keep);
      };
      return {
        loaded: this.#load(store, doc, () => closed),
        noteUnsent: (count) => write(() => void (store.unsent = count)),
        clear: () => {
          close();
          store.updates.splice(0);
          store.unsent = 0;
          return Promise.resolve();
        },
        close,
      };
    };
  }

  async #load(store: Store, doc: Y.Doc, isClosed: () => boolean): Promise<number> {
    await this.#clock.sleep(this.#random.next() * LOADING);
    if (isClosed()) return 0;
    const { updates, unsent } = store;
    if (updates.length > 1) updates.splice(0, updates.length, Y.mergeUpdates(updates));
    const [kept] = updates;
    if (kept) Y.applyUpdate(doc, kept, COPY);
    return unsent;
  }

  #store(name: string): Store {
    const known = this.#stores.get(name);
    if (known) return known;
    const store: Store = { updates: [], unsent: 0 };
    this.#stores.set(name, store);
    return store;
  }
}
