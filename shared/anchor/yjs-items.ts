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
