import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/**
 * Values of a stored document that nobody has read yet. A layer of ten thousand annotations holds a
 * quarter of a million short strings; making them is most of what opening it takes and most of the
 * memory it needs, and the server hardly ever looks at one. So they stay the bytes that they came as,
 * are written on as these, and become values when somebody asks for them.
 */

/** Smaller values are read at once: they are cheap, and would keep the bytes around them in memory. */
const LEAST_BYTES = 64;
const SHORT_TEXT = 24;

const TAG = { undefined: 127, number: 125, float32: 124, float64: 123, bigint: 122, string: 119 } as const;
const COMPOUND = { object: 118, array: 117, bytes: 116 } as const;
/** Below it every tag is followed by something; these stand alone. */
const ALONE: readonly number[] = [TAG.undefined, 126, 121, 120];

/** A value as it stands in an update. */
class Unread {
  readonly #update: Uint8Array;
  readonly #from: number;
  readonly #to: number;

  constructor(update: Uint8Array, from: number, to: number) {
    this.#update = update;
    this.#from = from;
    this.#to = to;
  }

  get bytes(): Uint8Array {
    return this.#update.subarray(this.#from, this.#to);
  }

  read(): unknown {
    return decoding.readAny(decoding.createDecoder(this.bytes));
  }
}

class UnreadDecoder extends Y.UpdateDecoderV1 {
  override readAny(): unknown {
    const { restDecoder } = this;
    const from = restDecoder.pos;
    const to = endOf(restDecoder.arr, from);
    if (to - from < LEAST_BYTES) return super.readAny();
    restDecoder.pos = to;
    return new Unread(restDecoder.arr, from, to);
  }

  /** Mostly a key or the name of a root: a few ASCII letters, for which a text decoder costs more than the loop. */
  override readString(): string {
    const { restDecoder } = this;
    const { arr, pos } = restDecoder;
    const length = arr[pos] ?? 0;
    if (length > SHORT_TEXT) return super.readString();
    let text = "";
    for (let at = pos + 1; at <= pos + length; at += 1) {
      const byte = arr[at];
      if (byte === undefined || byte >= 0x80) return super.readString();
      text += String.fromCharCode(byte);
    }
    restDecoder.pos = pos + 1 + length;
    return text;
  }
}

/** `ContentAny` with values that may be unread. Yjs sees an ordinary one, whose values are there when it looks. */
class UnreadContent extends Y.ContentAny {
  declare values: readonly unknown[];

  override getLength(): number {
    return this.values.length;
  }

  override write(encoder: Y.UpdateEncoderV1 | Y.UpdateEncoderV2, offset: number): void {
    const values = this.values.slice(offset);
    encoder.writeLen(values.length);
    for (const value of values) {
      if (value instanceof Unread && encoder instanceof Y.UpdateEncoderV1) {
        encoding.writeUint8Array(encoder.restEncoder, value.bytes);
      } else encoder.writeAny(value instanceof Unread ? value.read() : value);
    }
  }
}

// Not as accessors of the class: there the property of its base stands in the way.
Object.defineProperty(UnreadContent.prototype, "arr", {
  get(this: UnreadContent): readonly unknown[] {
    if (this.values.some((value) => value instanceof Unread)) {
      this.values = this.values.map((value) => (value instanceof Unread ? value.read() : value));
    }
    return this.values;
  },
  set(this: UnreadContent, values: readonly unknown[]) {
    this.values = values;
  },
});

/**
 * Applies an update to a document to which nobody listens yet; its larger values are read when somebody
 * asks for them. `keepUnread` must follow before anything looks at the document. Throws when the update
 * rests on something that the document lacks.
 */
export function applyUnread(doc: Y.Doc, update: Uint8Array): void {
  const decoder = decoding.createDecoder(update);
  Y.readUpdateV2(decoder, doc, null, new UnreadDecoder(decoder));
  // What is pending Yjs writes anew, which unread values do not outlive.
  if (doc.store.pendingStructs) throw new Error("an update rests on others that are not there");
}

/** Puts content that knows of unread values wherever `applyUnread` has left some. */
export function keepUnread(doc: Y.Doc): void {
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) continue;
      const { arr } = struct.content;
      if (arr.some((value) => value instanceof Unread)) struct.content = new UnreadContent(arr);
    }
  }
}

/** Where a value in lib0's "any" encoding ends that begins at `from`. Throws when the bytes end before it does. */
function endOf(bytes: Uint8Array, from: number): number {
  const tag = bytes[from];
  let at = from + 1;
  if (tag === TAG.string || tag === COMPOUND.bytes) return skipSized(bytes, at);
  if (tag === TAG.number) return skipUint(bytes, at);
  if (tag === TAG.float32) return at + 4;
  if (tag === TAG.float64 || tag === TAG.bigint) return at + 8;
  if (tag === COMPOUND.object || tag === COMPOUND.array) {
    const first = skipUint(bytes, at);
    let left = uintAt(bytes, at);
    for (at = first; left > 0; left -= 1) {
      if (tag === COMPOUND.object) at = skipSized(bytes, at);
      at = endOf(bytes, at);
    }
    return at;
  }
  if (tag !== undefined && ALONE.includes(tag)) return at;
  throw new Error(`no value can begin with ${tag} at ${from}`);
}

function skipSized(bytes: Uint8Array, at: number): number {
  const end = skipUint(bytes, at) + uintAt(bytes, at);
  if (end > bytes.length) throw new Error(`a value at ${at} is longer than the update`);
  return end;
}

function skipUint(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) >= 0x80) at += 1;
  return at + 1;
}

function uintAt(bytes: Uint8Array, start: number): number {
  let value = 0;
  let factor = 1;
  for (let at = start; ; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 0x80;
  }
}
