import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { KIND, type Decoded } from "./struct.ts";
import type { GuardLimits } from "./limits.ts";
import type { RefusalCode } from "./refusals.ts";

/** Sizes of a document when it was last measured. */
class Measured {
  readonly #doc: Y.Doc;
  text = 0;
  annotations = 0;
  bytes = 0;
  /**
   * Upper bound of the bytes that came since: what the document emitted, and what was let through,
   * which it emits only when its transaction ends.
   */
  since = 0;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.measure();
  }

  measure(): void {
    const doc = this.#doc;
    this.text = 0;
    for (const structs of doc.store.clients.values()) {
      for (const struct of structs) {
        if (!struct.deleted && struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
          this.text += struct.length;
        }
      }
    }
    this.annotations = 0;
    for (const item of this.#entries?.values() ?? []) if (!item.deleted) this.annotations += 1;
    this.bytes = Y.encodeStateAsUpdate(doc).length;
    this.since = 0;
  }

  /** How many annotations a resolved update adds; one that it replaces is none. */
  addedBy(decoded: Decoded): number {
    const added = new Set<string>();
    for (const block of decoded.blocks) {
      for (const { place, key, kind } of block.structs) {
        const entry = place?.root === ANNOTATIONS && place.depth === 0 && kind !== KIND.deleted;
        if (!entry || key === null) continue;
        if (this.#entries?.get(key)?.deleted !== false) added.add(key);
      }
    }
    return added.size;
  }

  get #entries(): Map<string, Y.Item> | undefined {
    return this.#doc.share.get(ANNOTATIONS)?._map;
  }
}

const ANNOTATIONS = "annotations";

/** An entry of a root map needs its root's name and a key, so no update of fewer bytes can make one. */
const LEAST_ENTRY_BYTES = 16;

const documents = new WeakMap<Y.Doc, Measured>();

/**
 * The limit that a document would pass with this update, or null. A document is measured once and
 * then only when the bytes that came since could have brought it to a limit.
 */
export function outgrown(
  update: Coming,
  doc: Y.Doc,
  kind: Room["kind"],
  limits: GuardLimits,
): RefusalCode | null {
  const measured = documents.get(doc) ?? watch(doc);
  const code = isNear(update.bytes, measured, kind, limits) ? passed(update, measured, kind, limits) : null;
  if (code === null) measured.since += update.bytes;
  return code;
}

type Coming = { readonly bytes: number; readonly decoded: Decoded };

function isNear(bytes: number, measured: Measured, kind: Room["kind"], limits: GuardLimits): boolean {
  const coming = measured.since + bytes;
  return (
    measured.bytes + coming > limits.documentBytes ||
    (kind === "text" && measured.text + coming > limits.textUnits) ||
    (kind === "layer" && measured.annotations + coming / LEAST_ENTRY_BYTES > limits.annotations)
  );
}

function passed(
  update: Coming,
  measured: Measured,
  kind: Room["kind"],
  limits: GuardLimits,
): RefusalCode | null {
  if (measured.since > 0) measured.measure();
  if (measured.bytes + update.bytes > limits.documentBytes) return "document-full";
  const { decoded } = update;
  if (kind === "text" && measured.text + addedText(decoded) > limits.textUnits) return "text-full";
  const full = kind === "layer" && measured.annotations + measured.addedBy(decoded) > limits.annotations;
  if (full) return "layer-full";
  return null;
}

function watch(doc: Y.Doc): Measured {
  const measured = new Measured(doc);
  documents.set(doc, measured);
  doc.on("update", (update: Uint8Array) => {
    measured.since += update.length;
  });
  return measured;
}

function addedText(decoded: Decoded): number {
  let text = 0;
  for (const block of decoded.blocks) {
    for (const struct of block.structs) if (struct.kind === KIND.string) text += struct.length;
  }
  return text;
}
