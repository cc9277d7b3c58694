import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { KIND, type Decoded } from "./struct.ts";
import type { GuardLimits } from "./limits.ts";
import type { RefusalCode } from "./refusals.ts";

/** Sizes of a document when it was last measured, and the bytes of all updates applied since. */
type Measured = { text: number; annotations: number; bytes: number; since: number };

/** An entry of a root map needs its root's name and a key, so no update of fewer bytes can make one. */
const LEAST_ENTRY_BYTES = 16;

const documents = new WeakMap<Y.Doc, Measured>();

/**
 * The limit that a document would pass with this update, or null. A document is measured once and
 * then only when the bytes that came since could have brought it to a limit.
 */
export function outgrown(
  update: { readonly bytes: number; readonly decoded: Decoded },
  doc: Y.Doc,
  kind: Room["kind"],
  limits: GuardLimits,
): RefusalCode | null {
  const measured = documents.get(doc) ?? watch(doc);
  const coming = measured.since + update.bytes;
  const near =
    measured.bytes + coming > limits.documentBytes ||
    (kind === "text" && measured.text + coming > limits.textUnits) ||
    (kind === "layer" && measured.annotations + coming / LEAST_ENTRY_BYTES > limits.annotations);
  if (!near) return null;
  if (measured.since > 0) Object.assign(measured, measure(doc));
  if (measured.bytes + update.bytes > limits.documentBytes) return "document-full";
  const added = additions(update.decoded);
  if (kind === "text" && measured.text + added.text > limits.textUnits) return "text-full";
  if (kind === "layer" && measured.annotations + added.annotations > limits.annotations) return "layer-full";
  return null;
}

function watch(doc: Y.Doc): Measured {
  const measured = measure(doc);
  documents.set(doc, measured);
  doc.on("update", (update: Uint8Array) => {
    measured.since += update.length;
  });
  return measured;
}

function measure(doc: Y.Doc): Measured {
  let text = 0;
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!struct.deleted && struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
        text += struct.length;
      }
    }
  }
  let annotations = 0;
  for (const item of doc.share.get("annotations")?._map.values() ?? []) if (!item.deleted) annotations += 1;
  return { text, annotations, bytes: Y.encodeStateAsUpdate(doc).length, since: 0 };
}

function additions(decoded: Decoded): { text: number; annotations: number } {
  let text = 0;
  let annotations = 0;
  for (const block of decoded.blocks) {
    for (const struct of block.structs) {
      if (struct.kind === KIND.string) text += struct.length;
      // A struct beside another replaces an entry; only one that names its parent can make one.
      else if (struct.parentRoot === "annotations" && struct.kind !== KIND.deleted) annotations += 1;
    }
  }
  return { text, annotations };
}
