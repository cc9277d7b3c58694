import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/**
 * A redirect says where re-created text comes from: `length` characters of the writer from `clock` on
 * are the same text as those of `sourceClient` from `sourceClock` on. The writer is the client of the
 * array item that carries it, so a client can only speak of characters of its own.
 *
 * One element holds what one change re-created. Entries are deltas against the end of the entry before:
 * flags (1 = source client as before), [source client], source clock, clock, length.
 */
export type Redirect = {
  readonly clock: number;
  readonly length: number;
  readonly sourceClient: number;
  readonly sourceClock: number;
};

/** Most bytes that one element may have. */
export const MAX_REDIRECT_BYTES = 64 * 1024;

/** Name of the root array of a text document that holds the redirects. */
export const REDIRECTS = "redirects";

const SAME_SOURCE = 1;
/** No entry is longer than this, however large its numbers are. */
const MAX_ENTRY_BYTES = 33;

type Cursor = { client: number | null; source: number; clock: number };

function writeEntry(encoder: encoding.Encoder, cursor: Cursor, redirect: Redirect): void {
  const same = cursor.client === redirect.sourceClient;
  encoding.writeUint8(encoder, same ? SAME_SOURCE : 0);
  if (!same) encoding.writeVarUint(encoder, redirect.sourceClient);
  encoding.writeVarInt(encoder, redirect.sourceClock - cursor.source);
  encoding.writeVarInt(encoder, redirect.clock - cursor.clock);
  encoding.writeVarUint(encoder, redirect.length);
  cursor.client = redirect.sourceClient;
  cursor.source = redirect.sourceClock + redirect.length;
  cursor.clock = redirect.clock + redirect.length;
}

/** Elements for these redirects: one, or more when one would be larger than `MAX_REDIRECT_BYTES`. */
export function encodeRedirects(redirects: readonly Redirect[]): Uint8Array<ArrayBuffer>[] {
  const elements: Uint8Array<ArrayBuffer>[] = [];
  let encoder = encoding.createEncoder();
  let cursor: Cursor = { client: null, source: 0, clock: 0 };
  for (const redirect of redirects) {
    if (encoding.length(encoder) + MAX_ENTRY_BYTES > MAX_REDIRECT_BYTES) {
      elements.push(encoding.toUint8Array(encoder));
      encoder = encoding.createEncoder();
      cursor = { client: null, source: 0, clock: 0 };
    }
    writeEntry(encoder, cursor, redirect);
  }
  if (encoding.length(encoder) > 0) elements.push(encoding.toUint8Array(encoder));
  return elements;
}

function readEntry(decoder: decoding.Decoder, cursor: Cursor): Redirect | string {
  const flags = decoding.readUint8(decoder);
  if (flags > SAME_SOURCE) return "An entry has unknown flags.";
  const sourceClient = flags === SAME_SOURCE ? cursor.client : decoding.readVarUint(decoder);
  if (sourceClient === null) return "The first entry names no source.";
  const sourceClock = cursor.source + decoding.readVarInt(decoder);
  const clock = cursor.clock + decoding.readVarInt(decoder);
  const length = decoding.readVarUint(decoder);
  if (length === 0 || clock < 0 || sourceClock < 0) return "An entry covers nothing.";
  cursor.client = sourceClient;
  cursor.source = sourceClock + length;
  cursor.clock = clock + length;
  if (!Number.isSafeInteger(cursor.source) || !Number.isSafeInteger(cursor.clock)) {
    return "An entry lies outside of all clocks.";
  }
  return { clock, length, sourceClient, sourceClock };
}

/** What an element says, or in one sentence why it says nothing. Never throws, whatever the bytes. */
export function decodeRedirects(element: Uint8Array): readonly Redirect[] | string {
  if (element.length > MAX_REDIRECT_BYTES) return "An element is larger than 64 KB.";
  if (element.length === 0) return "An element is empty.";
  const decoder = decoding.createDecoder(element);
  const cursor: Cursor = { client: null, source: 0, clock: 0 };
  const redirects: Redirect[] = [];
  try {
    while (decoding.hasContent(decoder)) {
      const entry = readEntry(decoder, cursor);
      if (typeof entry === "string") return entry;
      redirects.push(entry);
    }
  } catch {
    return "An element ends in the middle of an entry.";
  }
  return redirects;
}

/**
 * What an array item may state: entries about characters that its own client made before it, each from
 * older text. Anything else makes the whole element void; the answer is then the reason.
 */
export function readRedirects(
  element: Uint8Array,
  itemClient: number,
  itemClock: number,
): readonly Redirect[] | string {
  const redirects = decodeRedirects(element);
  if (typeof redirects === "string") return redirects;
  for (const { clock, length, sourceClient, sourceClock } of redirects) {
    if (clock + length > itemClock) return "An entry speaks of characters that are not made yet.";
    if (sourceClient === itemClient && sourceClock + length > clock) {
      return "An entry does not come from older text.";
    }
  }
  return redirects;
}

/** For the guard: null when the item may stand in the document, else one sentence why not. */
export function checkRedirects(element: Uint8Array, itemClient: number, itemClock: number): string | null {
  const read = readRedirects(element, itemClient, itemClock);
  return typeof read === "string" ? read : null;
}
