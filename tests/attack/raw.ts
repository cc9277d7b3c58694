import * as encoding from "lib0/encoding";

/**
 * Writes updates v1 struct by struct, also such as no Yjs would write. Fields that a lie needs
 * (`count`, `info`) stand beside what is true.
 */

export type RawId = readonly [client: number, clock: number];

type Bytes = readonly number[] | Uint8Array;

/** Content of a struct: its number and its bytes as they follow. */
export type RawContent = { readonly kind: number; readonly bytes: Uint8Array };

export type RawStruct = {
  readonly content: RawContent;
  readonly origin?: RawId;
  readonly right?: RawId;
  /** Name of a root, or the id of a type; bytes for a name that is no text. */
  readonly parent?: string | RawId | Uint8Array;
  readonly key?: string | Uint8Array;
  /** Written as the first byte instead of the true one. */
  readonly info?: number;
  /** Written instead of the true way of naming the parent. */
  readonly parentInfo?: number;
};

export type RawBlock = {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly RawStruct[];
  /** Claimed number of structs. */
  readonly count?: number;
};

export type RawDeletes = {
  readonly client: number;
  readonly ranges: readonly (readonly [clock: number, length: number])[];
  readonly count?: number;
};

export type RawUpdate = {
  readonly blocks?: readonly RawBlock[];
  readonly deletes?: readonly RawDeletes[];
  readonly blockCount?: number;
  readonly deleteCount?: number;
  readonly trailing?: Bytes;
};

export function rawUpdate(update: RawUpdate): Uint8Array {
  const encoder = encoding.createEncoder();
  const blocks = update.blocks ?? [];
  encoding.writeVarUint(encoder, update.blockCount ?? blocks.length);
  for (const block of blocks) {
    encoding.writeVarUint(encoder, block.count ?? block.structs.length);
    encoding.writeVarUint(encoder, block.client);
    encoding.writeVarUint(encoder, block.clock);
    for (const struct of block.structs) writeStruct(encoder, struct);
  }
  const deletes = update.deletes ?? [];
  encoding.writeVarUint(encoder, update.deleteCount ?? deletes.length);
  for (const entry of deletes) {
    encoding.writeVarUint(encoder, entry.client);
    encoding.writeVarUint(encoder, entry.count ?? entry.ranges.length);
    for (const [clock, length] of entry.ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
  if (update.trailing) encoding.writeUint8Array(encoder, Uint8Array.from(update.trailing));
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, struct: RawStruct): void {
  const { content, origin, right, parent, key } = struct;
  const flags = (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20);
  const inert = content.kind === 0 || content.kind === 10;
  encoding.writeUint8(encoder, struct.info ?? (inert ? content.kind : content.kind | flags));
  if (!inert) {
    if (origin) writeId(encoder, origin);
    if (right) writeId(encoder, right);
    if (!origin && !right) {
      const named = typeof parent === "string" || parent instanceof Uint8Array;
      encoding.writeVarUint(encoder, struct.parentInfo ?? (named ? 1 : 0));
      if (named) writeName(encoder, parent);
      else writeId(encoder, parent ?? [0, 0]);
      if (key !== undefined) writeName(encoder, key);
    }
  }
  encoding.writeUint8Array(encoder, content.bytes);
}

function writeId(encoder: encoding.Encoder, [client, clock]: RawId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

function writeName(encoder: encoding.Encoder, name: string | Uint8Array): void {
  if (typeof name === "string") encoding.writeVarString(encoder, name);
  else encoding.writeVarUint8Array(encoder, name);
}

function content(kind: number, write: (encoder: encoding.Encoder) => void): RawContent {
  const encoder = encoding.createEncoder();
  write(encoder);
  return { kind, bytes: encoding.toUint8Array(encoder) };
}

const number = (kind: number, value: number): RawContent =>
  content(kind, (encoder) => {
    encoding.writeVarUint(encoder, value);
  });

const twice = (kind: number, name: string, json: string): RawContent =>
  content(kind, (encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarString(encoder, json);
  });

export const raw = {
  gc: (length: number): RawContent => number(0, length),
  skip: (length: number): RawContent => number(10, length),
  deleted: (length: number): RawContent => number(1, length),
  text: (text: string | Uint8Array): RawContent =>
    content(4, (encoder) => {
      writeName(encoder, text);
    }),
  format: (name: string, json: string): RawContent => twice(6, name, json),
  embed: (json: string): RawContent =>
    content(5, (encoder) => {
      encoding.writeVarString(encoder, json);
    }),
  json: (...items: readonly string[]): RawContent =>
    content(2, (encoder) => {
      encoding.writeVarUint(encoder, items.length);
      for (const item of items) encoding.writeVarString(encoder, item);
    }),
  binary: (bytes: Bytes): RawContent =>
    content(3, (encoder) => {
      encoding.writeVarUint8Array(encoder, Uint8Array.from(bytes));
    }),
  any: (...values: readonly encoding.AnyEncodable[]): RawContent =>
    content(8, (encoder) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) encoding.writeAny(encoder, value);
    }),
  /** Content given byte by byte. */
  bytes: (kind: number, ...bytes: readonly number[]): RawContent => ({ kind, bytes: Uint8Array.from(bytes) }),
  type: (ref: number, name?: string): RawContent =>
    content(7, (encoder) => {
      encoding.writeVarUint(encoder, ref);
      if (name !== undefined) encoding.writeVarString(encoder, name);
    }),
  subdocument: (guid: string): RawContent =>
    content(9, (encoder) => {
      encoding.writeVarString(encoder, guid);
      encoding.writeAny(encoder, {});
    }),
};
