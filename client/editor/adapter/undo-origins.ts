import * as Y from "yjs";

/** An item is put right of the end of one id and left of the beginning of another; either may be missing. */
type Id = { readonly client: number; readonly clock: number };

function itemAt(doc: Y.Doc, id: Id): Y.Item | null {
  const structs = doc.store.clients.get(id.client);
  const struct = structs?.[Y.findIndexSS(structs, id.clock)];
  return struct instanceof Y.Item ? struct : null;
}

/** True when walking right from an item's left origin leads past the item to its right origin. */
function isBetween(doc: Y.Doc, item: Y.Item): boolean {
  if (item.rightOrigin === null) return true;
  const target = itemAt(doc, item.rightOrigin);
  if (target === null) return true;
  for (let at: Y.Item | null = item.right; at !== null; at = at.right) if (at === target) return true;
  return false;
}

/** The nearest item on one side that was there before `item` was made. */
function older(item: Y.Item, side: "left" | "right"): Y.Item | null {
  let at = item[side];
  while (at !== null && at.id.client === item.id.client && at.id.clock > item.id.clock) at = at[side];
  return at;
}

/**
 * Undo re-creates deleted items between the items that once stood around them. When those have been
 * re-created elsewhere meanwhile, the pair may name a stretch that does not exist, and then every reader
 * who integrates it anew may find another place for it than this client did. So, before a change of undo
 * leaves this client, such an item is told to stand between its actual neighbours. Returns what ends that.
 */
export function keepUndoInPlace(doc: Y.Doc): () => void {
  const check = (transaction: Y.Transaction): void => {
    if (!(transaction.origin instanceof Y.UndoManager)) return;
    const begin = transaction.beforeState.get(doc.clientID) ?? 0;
    const structs = doc.store.clients.get(doc.clientID) ?? [];
    if (begin >= (transaction.afterState.get(doc.clientID) ?? 0)) return;
    for (let i = Y.findIndexSS(structs, begin); i < structs.length; i++) {
      const item = structs[i];
      if (!(item instanceof Y.Item) || item.parentSub !== null || isBetween(doc, item)) continue;
      item.origin = older(item, "left")?.lastId ?? null;
      item.rightOrigin = older(item, "right")?.id ?? null;
    }
  };
  doc.on("beforeObserverCalls", check);
  return () => doc.off("beforeObserverCalls", check);
}
