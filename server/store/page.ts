import { crc32 } from "node:zlib";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { ClientRange, Entry, NewEntry } from "./log.ts";

/**
 * The bytes of a stored row: a page holds the updates of one room that were committed together, so
 * that a busy room costs one row a commit and not one an update. Sequence numbers are not in the page
 * (the database gives them): they count up from the row's first.
 */

const VERSION = 1;

/** Names one append of one process, so that after a lost answer it can be told whether it was written. */
export type PageMark = { readonly writer: number; readonly batch: number };

/** Packs the entries of one room. Their `room` and `binds` are kept beside the page, not in it. */
export function encodePage(mark: PageMark, entries: readonly Omit<NewEntry, "room" | "binds">[]): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeUint8(out, VERSION);
  encoding.writeUint32(out, mark.writer);
  encoding.writeVarUint(out, mark.batch);
  encoding.writeVarUint(out, entries.length);
  // Users and connections repeat, and each is longer than a keystroke.
  const names = new Map<string, number>();
  const writeName = (name: string): void => {
    const known = names.get(name);
    encoding.writeVarUint(out, known ?? names.size);
    if (known !== undefined) return;
    names.set(name, names.size);
    encoding.writeVarString(out, name);
  };
  for (const entry of entries) {
    writeName(entry.user);
    writeName(entry.connection);
    encoding.writeVarUint(out, entry.at);
    encoding.writeVarUint(out, entry.ranges.length);
    for (const range of entry.ranges) {
      encoding.writeVarUint(out, range.client);
      encoding.writeVarUint(out, range.from);
      encoding.writeVarUint(out, range.to - range.from);
    }
    encoding.writeVarUint8Array(out, entry.bytes);
  }
  return encoding.toUint8Array(out);
}

/** Which append wrote this page. */
export function pageMark(page: Uint8Array): PageMark {
  const input = decoding.createDecoder(page);
  decoding.readUint8(input);
  return { writer: decoding.readUint32(input), batch: decoding.readVarUint(input) };
}

/**
 * The entries of a page whose first has sequence number `first`. The entries' bytes are views of
 * `page`. Throws when the page is not well formed or does not hold exactly `count` entries.
 */
export function decodePage(page: Uint8Array, room: string, first: number, count: number): Entry[] {
  const input = decoding.createDecoder(page);
  const version = decoding.readUint8(input);
  if (version !== VERSION) throw new Error(`unknown page version ${version}`);
  decoding.readUint32(input);
  decoding.readVarUint(input);
  const stored = decoding.readVarUint(input);
  if (stored !== count) throw new Error(`page holds ${stored} entries, its row says ${count}`);
  const names: string[] = [];
  const readName = (): string => {
    const index = decoding.readVarUint(input);
    if (index === names.length) names.push(decoding.readVarString(input));
    const name = names[index];
    if (name === undefined) throw new Error(`page names nobody at ${index}`);
    return name;
  };
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    const user = readName();
    const connection = readName();
    const at = decoding.readVarUint(input);
    const ranges: ClientRange[] = [];
    for (let left = decoding.readVarUint(input); left > 0; left--) {
      const client = decoding.readVarUint(input);
      const from = decoding.readVarUint(input);
      ranges.push({ client, from, to: from + decoding.readVarUint(input) });
    }
    const bytes = decoding.readVarUint8Array(input);
    entries.push({ room, seq: first + index, user, connection, at, ranges, bytes });
  }
  if (decoding.hasContent(input)) throw new Error("page has bytes left over");
  return entries;
}

/** Checksum of a row: its bytes and where they belong, so that a swapped row is found too. */
export function checksum(room: string, seq: number, bytes: Uint8Array): number {
  return crc32(bytes, crc32(`${room} ${seq}`));
}
