import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Room as RoomId } from "#shared/doc/rooms.ts";
import { StoreCorrupt, type ClientRange, type StoredRoom } from "../store/log.ts";
import { foldInto } from "./fold.ts";
import { checkUpdate, type Verdict } from "./guard/guard.ts";
import type { GuardLimits } from "./guard/limits.ts";
import { OwnerTable } from "./guard/owners.ts";
import { encodeStep2 } from "./messages.ts";
import { SEED_CLAIM, SERVER, SERVER_CLIENT } from "./server-client.ts";
import { Parcel } from "./transport.ts";
import { Whole } from "./whole.ts";

/** What one run of changes added, as the document emitted it. */
export type Written = {
  readonly bytes: Uint8Array;
  /** The part of `bytes` that Yjs added by itself, to remove doubled marks: news for the writer too. */
  readonly tidied: Uint8Array | null;
  readonly ranges: readonly ClientRange[];
  readonly binds: readonly number[];
};

/** The document is no longer what the log says and must be read again. */
export class DocumentSpoilt extends Error {
  override readonly name = "DocumentSpoilt";
}

/** One room's Yjs document in memory with the owners of its client ids; knows nothing of connections. */
export class LiveDocument {
  readonly owners: OwnerTable;
  readonly #kind: RoomId["kind"];
  readonly #limits: GuardLimits;
  #doc: Y.Doc | null = null;
  #stored: StoredRoom | null;
  #emitted: Uint8Array[] = [];
  #whole: Whole | null;

  /**
   * Throws StoreCorrupt when the stored updates do not make a whole document. When they are of more than
   * `atOnce` bytes, that is found out only when it is built: until then joiners are sent what is stored.
   */
  constructor(
    kind: RoomId["kind"],
    stored: StoredRoom,
    limits: GuardLimits,
    atOnce = Number.POSITIVE_INFINITY,
  ) {
    this.#kind = kind;
    this.#limits = limits;
    this.owners = new OwnerTable(stored.owners);
    this.owners.reserve(SERVER_CLIENT, SERVER, SERVER);
    this.#stored = stored;
    this.#whole = Whole.ofStored(stored, Date.now());
    if (this.#whole.bytes <= atOnce) this.build();
  }

  /** False while what is stored has not been made a document. */
  get built(): boolean {
    return this.#doc !== null;
  }

  /** Throws StoreCorrupt. */
  get doc(): Y.Doc {
    return this.#doc ?? this.build();
  }

  /** Makes the document if that has not been done. Throws StoreCorrupt. */
  build(): Y.Doc {
    if (this.#doc) return this.#doc;
    if (!this.#stored) throw new Error("the document has been destroyed");
    const doc = fold(this.#stored);
    doc.on("update", (update: Uint8Array) => this.#emitted.push(update));
    this.#stored = null;
    this.#doc = doc;
    return doc;
  }

  /** Judges an update without applying it. */
  check(update: Uint8Array, user: string, mayWrite: boolean): Verdict {
    return checkUpdate(update, {
      doc: this.doc,
      roomKind: this.#kind,
      user,
      owners: this.owners,
      limits: this.#limits,
      readOnly: !mayWrite,
    });
  }

  /**
   * Runs `work` in one transaction, so that what it applies comes out as one update; null when nothing
   * changed. `apply` takes accepted updates only. Throws DocumentSpoilt when the document can no longer
   * be trusted.
   */
  run(user: string, work: (apply: (verdict: Verdict & { kind: "accept" }) => void) => void): Written | null {
    const ranges = new Map<number, { from: number; to: number }>();
    const binds: number[] = [];
    const apply = (verdict: Verdict & { kind: "accept" }): void => {
      Y.applyUpdate(this.doc, verdict.update);
      for (const { client, from, to } of verdict.ranges) {
        const range = ranges.get(client);
        if (range) range.to = to;
        else ranges.set(client, { from, to });
      }
      for (const client of verdict.binds) {
        this.owners.bind(client, user);
        binds.push(client);
      }
    };
    try {
      // Not local: then Yjs also removes doubled marks, as every reader's Yjs would.
      Y.transact(this.doc, () => work(apply), null, false);
    } catch (error) {
      this.#emitted = [];
      throw new DocumentSpoilt("an accepted update could not be applied", { cause: error });
    }
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) {
      this.#emitted = [];
      throw new DocumentSpoilt("an accepted update left something pending");
    }
    const added = [...ranges].map(([client, { from, to }]): ClientRange => ({ client, from, to }));
    return this.#take(added, binds);
  }

  /**
   * Changes the document under a client id of the server's own keeping, which belongs to `user`.
   * Rethrows what `change` throws, or DocumentSpoilt when it had changed something by then.
   */
  change(user: string, client: number, change: (doc: Y.Doc) => void): Written | null {
    const { doc } = this;
    const usual = doc.clientID;
    const before = this.#states();
    doc.clientID = client;
    try {
      doc.transact(() => change(doc));
    } catch (error) {
      if (this.#emitted.length === 0) throw error;
      this.#emitted = [];
      throw new DocumentSpoilt("a change failed half-way", { cause: error });
    } finally {
      doc.clientID = usual;
    }
    const ranges: ClientRange[] = [];
    const binds: number[] = [];
    for (const [writer, to] of this.#states()) {
      const from = before.get(writer) ?? 0;
      if (to === from) continue;
      ranges.push({ client: writer, from, to });
      if (this.owners.ownerOf(writer) !== null) continue;
      this.owners.bind(writer, user);
      binds.push(writer);
    }
    return this.#take(ranges, binds);
  }

  /** Applies the first content of an empty document; its client ids become the server's, the claim `claimant`'s. */
  seed(update: Uint8Array, claimant: string): Written | null {
    const clients = [...Y.parseUpdateMeta(update).to.keys()];
    try {
      Y.applyUpdate(this.doc, update);
    } catch (error) {
      this.#emitted = [];
      throw new DocumentSpoilt("the first content could not be applied", { cause: error });
    }
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) {
      this.#emitted = [];
      throw new DocumentSpoilt("the first content is not whole");
    }
    for (const client of clients) this.owners.bind(client, SERVER);
    this.owners.bind(SEED_CLAIM, claimant);
    const ranges = clients.map((client): ClientRange => {
      return { client, from: 0, to: Y.getState(this.doc.store, client) };
    });
    return this.#take(ranges, clients);
  }

  get empty(): boolean {
    return this.doc.store.clients.size === 0;
  }

  vector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** State vector as it was before these ranges were added. */
  vectorBefore(ranges: Iterable<ClientRange>): Uint8Array {
    const states = this.#states();
    for (const { client, from } of ranges) {
      const state = states.get(client);
      if (state !== undefined && state > from) states.set(client, from);
    }
    const encoder = encoding.createEncoder();
    const known = [...states].filter(([, clock]) => clock > 0);
    encoding.writeVarUint(encoder, known.length);
    for (const [client, clock] of known) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
    }
    return encoding.toUint8Array(encoder);
  }

  /** What brings somebody with this state vector up to the document. */
  parcelSince(vector: Uint8Array, now: number): Parcel {
    if (vector[0] !== 0) return new Parcel([encodeStep2(Y.encodeStateAsUpdate(this.doc, vector))]);
    this.#whole ??= new Whole([Y.encodeStateAsUpdate(this.doc)], now);
    return this.#whole.parcel(now);
  }

  /** Gives up the encoded state if nobody has asked for it since `before`. */
  trim(before: number): void {
    if (this.#doc && this.#whole && this.#whole.usedAt < before) this.#whole = null;
  }

  destroy(): void {
    this.#whole = null;
    this.#stored = null;
    this.#doc?.destroy();
  }

  #states(): Map<number, number> {
    const { store } = this.doc;
    return new Map([...store.clients.keys()].map((client) => [client, Y.getState(store, client)]));
  }

  #take(ranges: readonly ClientRange[], binds: readonly number[]): Written | null {
    const [first, ...more] = this.#emitted;
    this.#emitted = [];
    if (!first) return null;
    const bytes = more.length > 0 ? Y.mergeUpdates([first, ...more]) : first;
    const tidied = more.length > 0 ? Y.mergeUpdates(more) : null;
    if (this.#whole?.add(bytes) === false) this.#whole = null;
    return { bytes, tidied, ranges, binds };
  }
}

/** The document that snapshot and tail make together. Throws StoreCorrupt. */
function fold({ snapshot, tail }: StoredRoom): Y.Doc {
  const doc = new Y.Doc();
  try {
    foldInto(
      doc,
      snapshot?.state ?? null,
      tail.map((entry) => entry.bytes),
    );
    return doc;
  } catch (error) {
    doc.destroy();
    throw new StoreCorrupt("The stored changes of the room do not make a document", { cause: error });
  }
}
