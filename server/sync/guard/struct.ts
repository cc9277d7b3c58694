import type * as Y from "yjs";

/** Numbers of struct contents in update v1. */
export const KIND = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  document: 9,
  skip: 10,
} as const;

/** Numbers of Yjs types in update v1. */
export const TYPE = { array: 0, map: 1, text: 2, element: 3, fragment: 4, hook: 5, xmlText: 6 } as const;

/**
 * What may stand inside a type. The shapes of the text document are what every editor can render: one
 * unknown type among its blocks would break the view of everybody who has it open.
 */
export type Shape =
  /** The text's root or an element in it: what the schema lets it hold (shared/doc/grammar). */
  | "element"
  /** Characters and marks. */
  | "text"
  /** Provenance records: only binaries. */
  | "records"
  /** A root map: only entries under a key. */
  | "entries"
  /** Anything below the limits. */
  | "free"
  /** Nothing new: a type that no reader knows. */
  | "closed";

/** Any Yjs type. */
export type AnyType = NonNullable<ReturnType<Y.Doc["share"]["get"]>>;

/** What one update puts in line behind each other: among the children of a type, or under one key. */
export class Line {
  /** These structs, and the pieces into which they cut others. */
  structs = 0;
  /** Clocks of these structs. */
  units = 0;
  /** The one that is known to be the first of all. */
  first: Struct | null = null;
}

/** A type as somewhere to live; one object for each type while an update is checked. */
export class Place {
  readonly root: string;
  readonly depth: number;
  readonly shape: Shape;
  /** Name of the element of the text that it is, "doc" for the root; null for anything else. */
  readonly element: string | null;
  /** The type in the document, or null when the update itself brings it. */
  readonly type: AnyType | null;
  readonly children = new Line();
  #keys: Map<string, Line> | null = null;

  constructor(place: Pick<Place, "root" | "depth" | "shape" | "element" | "type">) {
    this.root = place.root;
    this.depth = place.depth;
    this.shape = place.shape;
    this.element = place.element;
    this.type = place.type;
  }

  /** The line under a key. */
  under(key: string): Line {
    this.#keys ??= new Map();
    let line = this.#keys.get(key);
    if (!line) this.#keys.set(key, (line = new Line()));
    return line;
  }
}

/** One struct as the update states it; a client of -1 means "not given". */
export class Struct {
  readonly kind: number;
  readonly clock: number;
  /** Clocks it takes; for text, UTF-16 code units. */
  length = 0;
  originClient = -1;
  originClock = 0;
  rightClient = -1;
  rightClock = 0;
  parentRoot: string | null = null;
  parentClient = -1;
  parentClock = 0;
  key: string | null = null;
  typeRef = -1;
  /** Node name of an element or hook, name of a mark. */
  name: string | null = null;
  /** Bytes of a binary, as a view on the update. */
  binary: Uint8Array | null = null;
  /** Bytes of the values of an "any" or of a mark, as a view on the update. */
  values: Uint8Array | null = null;
  /** Where it lives; null when it turns into a tombstone that lives nowhere. Known once resolved. */
  place: Place | null = null;
  /** The struct of the update that is known to stand right behind it. */
  follower: Struct | null = null;
  /** Where its children live, when it is a type. */
  inner: Place | null = null;

  constructor(kind: number, clock: number) {
    this.kind = kind;
    this.clock = clock;
  }
}

/** All structs of one client in an update, in the order of their clocks and without gaps. */
export type Block = {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
  readonly structs: readonly Struct[];
  /** Clock of each struct, close together for searching. */
  readonly starts: readonly number[];
};

/** Deleted ranges of one client: clock and length by turns. */
export type Deletes = { readonly client: number; readonly ranges: readonly number[] };

export type Decoded = {
  readonly blocks: readonly Block[];
  readonly deletes: readonly Deletes[];
  /** Where in the bytes the delete set begins. */
  readonly deletesAt: number;
};
