import * as Y from "yjs";
import { parseRoom } from "#shared/doc/rooms.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { StoreUnavailable } from "../../server/store/log.ts";
import type { Live } from "../../server/sync/live.ts";
import type { Sync, SyncOptions } from "../../server/sync/sync.ts";

/** Live documents in memory without sockets, for tests of what is asked of them. */
export class FakeSync implements Sync {
  readonly docs = new Map<string, Y.Doc>();
  /** Every scope whose rights were said to have changed. */
  readonly rights: { user?: string; article?: string; credential?: string }[] = [];
  readonly here = new Map<string, Person[]>();
  /** When true, every write is refused as if the disk were full. */
  broken = false;
  readonly #listeners = new Set<(room: string, user: string) => void>();
  readonly #options: SyncOptions;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  readonly hub: Live = {
    write: async (room, user, change) => {
      if (this.broken) throw new StoreUnavailable("the disk is full");
      const doc = this.#doc(room);
      doc.transact(() => change(doc));
      await this.#committed(room, user ?? "server");
    },
    read: async (room, look) => look(this.#doc(room)),
    seed: async (room, update) => {
      if (this.broken) throw new StoreUnavailable("the disk is full");
      if (this.docs.has(room)) return false;
      Y.applyUpdate(this.#doc(room), update);
      await this.#committed(room, "server");
      return true;
    },
    rightsChanged: (scope) => this.rights.push(scope),
    present: (article) => this.here.get(article) ?? [],
    onCommitted: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  attach(): void {}

  ready(): boolean {
    return !this.broken;
  }

  async drain(): Promise<void> {}

  #doc(room: string): Y.Doc {
    let doc = this.docs.get(room);
    if (!doc) this.docs.set(room, (doc = new Y.Doc()));
    return doc;
  }

  async #committed(name: string, user: string): Promise<void> {
    for (const listener of this.#listeners) listener(name, user);
    const room = parseRoom(name);
    if (room?.kind === "layer") await this.#options.directory.onNewAuthor(room.article, room.user);
  }
}
