import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Room as RoomId } from "#shared/doc/rooms.ts";
import { StoreCorrupt, type ClientRange, type StoredRoom } from "../store/log.ts";
import { foldInto } from "./fold.ts";
import { checkUpdate, type Verdict } from "./guard/guard.ts";
import type { GuardLimits } from "./guard/limits.ts";
import { OwnerTable } from "./guard/owners.ts";
import { encodeStep2, encodeUpdate } from "./messages.ts";
import { SEED_CLAIM, SERVER, SERVER_CLIENT } from "./server-client.ts";

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

/** Updates since the whole state was last encoded are sent beside it up to this size; then it is encoded anew. */
const BESIDE_BYTES = 64 * 1024;

type Whole = { state: Uint8Array; beside: Uint8Array[]; besideBytes: number; usedAt: number };

/** One room's Yjs document in memory with the owners of its client ids; knows nothing of connections. */
export class LiveDocument {
  readonly doc: Y.Doc;
  readonly owners: OwnerTable;
  readonly #kind: RoomId["kind"];
  readonly #limits: GuardLimits;
  #emitted: Uint8Array[] = [];
  #whole: Whole | null = null;

  /** Throws StoreCorrupt when the stored updates do not make a whole document. */
  constructor(kind: RoomId["kind"], stored: StoredRoom, limits: GuardLimits) {
    this.#kind = kind;
    this.#limits = limits;
    this.doc = fold(stored);
    this.owners = new OwnerTable(stored.owners);
    this.owners.reserve(SERVER_CLIENT, SERVER, SERVER);
    this.doc.on("update", (update: Uint8Array) => this.#emitted.push(update));
    const tailBytes = stored.tail.reduce((sum, entry) => sum + entry.bytes.length, 0);
    if (stored.snapshot && tailBytes <= BESIDE_BYTES) {
      const beside = stored.tail.map((entry) => entry.bytes);
      this.#whole = { state: stored.snapshot.state, beside, besideBytes: tailBytes, usedAt: Date.now() };
    }
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

  /** Messages that bring somebody with this state vector up to the document. */
  messagesSince(vector: Uint8Array, now: number): readonly Uint8Array[] {
    if (vector[0] !== 0) return [encodeStep2(Y.encodeStateAsUpdate(this.doc, vector))];
    this.#whole ??= { state: Y.encodeStateAsUpdate(this.doc), beside: [], besideBytes: 0, usedAt: now };
    const whole = this.#whole;
    whole.usedAt = now;
    if (whole.beside.length === 0) return [encodeStep2(whole.state)];
    if (whole.beside.length > 1) whole.beside = [Y.mergeUpdates(whole.beside)];
    // Step 2 comes last: with it a client counts as synced, and by then it must have all of it.
    return [encodeUpdate(whole.state), ...whole.beside.map(encodeStep2)];
  }

  /** Gives up the encoded state if nobody has asked for it since `before`. */
  trim(before: number): void {
    if (this.#whole && this.#whole.usedAt < before) this.#whole = null;
  }

  destroy(): void {
    this.#whole = null;
    this.doc.destroy();
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
    const whole = this.#whole;
    if (whole) {
      whole.beside.push(bytes);
      whole.besideBytes += bytes.length;
      if (whole.besideBytes > BESIDE_BYTES) this.#whole = null;
    }
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
