import * as Y from "yjs";

/**
 * The only place that reads what Yjs keeps inside (its items, their order and their fate). Everything
 * else in the anchor layer goes through these functions, so a change of Yjs is met here.
 */

const EMBED = "\uFFFC";

function characters(item: Y.Item): string {
  return item.content instanceof Y.ContentString ? item.content.str : EMBED.repeat(item.length);
}

/** The visible children of an element in order; what is neither text nor element is passed over. */
export function eachChild(parent: Y.XmlFragment, visit: (child: Y.XmlText | Y.XmlElement) => void): void {
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
    const child: unknown = item.content.type;
    if (child instanceof Y.XmlText || child instanceof Y.XmlElement) visit(child);
  }
}

/** The visible characters of a text with their ids, in order: `client`, first clock, characters. */
export function eachRun(
  text: Y.XmlText,
  visit: (client: number, clock: number, characters: string) => void,
): void {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable) visit(item.id.client, item.id.clock, characters(item));
  }
}

/** Number of visible characters (UTF-16 code units). */
export function visibleLength(text: Y.XmlText): number {
  return text._length;
}

/** The first clock of `client` that this document has not seen. */
export function nextClock(doc: Y.Doc, client: number): number {
  return Y.getState(doc.store, client);
}

export type BinaryElement = { readonly client: number; readonly clock: number; readonly bytes: Uint8Array };

function asBinary(item: Y.Item | null, parent: Y.Array<Uint8Array>): BinaryElement | null {
  if (item === null || item.deleted || item.parent !== parent) return null;
  if (!(item.content instanceof Y.ContentBinary)) return null;
  return { client: item.id.client, clock: item.id.clock, bytes: item.content.content };
}

const byClock = (a: BinaryElement, b: BinaryElement): number => a.client - b.client || a.clock - b.clock;

/** All byte elements of an array, by client and then in the order in which that client made them. */
export function binaryElements(array: Y.Array<Uint8Array>): BinaryElement[] {
  const found: BinaryElement[] = [];
  for (let item = array._start; item !== null; item = item.right) {
    const element = asBinary(item, array);
    if (element) found.push(element);
  }
  return found.sort(byClock);
}

/** The byte elements of an array that a transaction has added, in the order of `binaryElements`. */
export function addedBinaryElements(array: Y.Array<Uint8Array>, transaction: Y.Transaction): BinaryElement[] {
  const found: BinaryElement[] = [];
  if (![...transaction.changed.keys()].some((type: unknown) => type === array)) return found;
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0;
    const structs = begin < end ? transaction.doc.store.clients.get(client) : undefined;
    if (!structs) continue;
    for (let i = Y.findIndexSS(structs, begin); i < structs.length; i++) {
      const struct = structs[i];
      const element = struct instanceof Y.Item ? asBinary(struct, array) : null;
      if (element) found.push(element);
    }
  }
  return found.sort(byClock);
}

/** Something in a text or an element, with whether it could be seen before a transaction and can be now. */
export type Fate = {
  readonly before: boolean;
  readonly now: boolean;
  readonly client: number;
  readonly clock: number;
  readonly content: string | Y.XmlText | Y.XmlElement;
};

function contentOf(item: Y.Item): Fate["content"] | null {
  if (item.content instanceof Y.ContentType) {
    const type: unknown = item.content.type;
    return type instanceof Y.XmlText || type instanceof Y.XmlElement ? type : null;
  }
  return item.countable && !(item.content instanceof Y.ContentDeleted) ? characters(item) : null;
}

/**
 * Everything in `parent` that was visible before a transaction or is now, in order. Only for use in
 * `afterTransaction`, while what the transaction deleted can still be read.
 */
export function eachFate(
  parent: Y.XmlFragment | Y.XmlText,
  transaction: Y.Transaction,
  visit: (fate: Fate) => void,
): void {
  for (let item = parent._start; item !== null; item = item.right) {
    const { client, clock } = item.id;
    const now = !item.deleted;
    const old = clock < (transaction.beforeState.get(client) ?? 0);
    const before = old && (now || Y.isDeleted(transaction.deleteSet, item.id));
    const content = before || now ? contentOf(item) : null;
    if (content !== null) visit({ before, now, client, clock, content });
  }
}

/** True when something inside `type` has changed in a transaction. For types that were there before and still are. */
export function hasChangedInside(type: Y.XmlElement | Y.XmlText, transaction: Y.Transaction): boolean {
  const changed: ReadonlyMap<unknown, unknown> = transaction.changedParentTypes;
  return changed.has(type);
}

/** Characters of `client` from `clock` on that were re-created as this document's own from `copy` on. */
export type Recreated = {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  readonly copy: number;
};

/** The characters that an undo or redo has brought back in this transaction. */
export function redoneCharacters(transaction: Y.Transaction, manager: Y.UndoManager): Recreated[] {
  const found: Recreated[] = [];
  const { clientID } = transaction.doc;
  const begin = transaction.beforeState.get(clientID) ?? 0;
  const deletions = manager.currStackItem?.deletions;
  if (!deletions) return found;
  Y.iterateDeletedStructs(transaction, deletions, (struct) => {
    if (!(struct instanceof Y.Item) || typeof contentOf(struct) !== "string") return;
    const { redone, id, length } = struct;
    if (redone?.client !== clientID || redone.clock < begin) return;
    found.push({ client: id.client, clock: id.clock, length, copy: redone.clock });
  });
  return found;
}

/** The texts that a transaction has deleted as a whole, each with the text directly before it, if that is left. */
export function deletedTexts(transaction: Y.Transaction): { deleted: Y.XmlText; before: Y.XmlText }[] {
  const found: { deleted: Y.XmlText; before: Y.XmlText }[] = [];
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    const left = struct instanceof Y.Item ? struct.left : null;
    if (!(struct instanceof Y.Item) || left === null || left.deleted) return;
    const deleted = contentOf(struct);
    const before = contentOf(left);
    if (deleted instanceof Y.XmlText && before instanceof Y.XmlText) found.push({ deleted, before });
  });
  return found;
}
