import * as Y from "yjs";

/**
 * What of an update a document lacks, in words; null when it has all of it. Structs and deletions both
 * count; a document that came later may have more.
 */
export function lackOf(doc: Y.Doc, update: Uint8Array): string | null {
  const { structs, ds } = Y.decodeUpdate(update);
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    const state = Y.getState(doc.store, client);
    if (end > state) return `client ${client} up to ${end} (there up to ${state})`;
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (!isDeleted(doc, client, clock, clock + len)) return `a deletion of ${client} ${clock}+${len}`;
    }
  }
  return null;
}

/** What of another document this one lacks; null when it has all of it. */
export function differenceOf(doc: Y.Doc, other: Y.Doc): string | null {
  for (const [client, structs] of other.store.clients) {
    const state = Y.getState(other.store, client);
    const known = Y.getState(doc.store, client);
    if (state > known) return `client ${client} up to ${state} (there up to ${known})`;
    for (const struct of structs) {
      const from = struct.id.clock;
      if (struct.deleted && !isDeleted(doc, client, from, from + struct.length))
        return `a deletion of ${client} ${from}+${struct.length}`;
    }
  }
  return null;
}

function isDeleted(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client);
  if (!structs || Y.getState(doc.store, client) < to) return false;
  for (let at = Y.findIndexSS(structs, from); at < structs.length; at += 1) {
    const struct = structs[at];
    if (!struct || struct.id.clock >= to) return true;
    if (!struct.deleted) return false;
  }
  return true;
}

/** Whether something waits in a document for what it lacks. */
export function isPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
