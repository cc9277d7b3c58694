import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { decodeUpdate } from "./decode.ts";
import type { GuardLimits } from "./limits.ts";
import { KIND, type Decoded } from "./struct.ts";

export type Canonical = { readonly update: Uint8Array; readonly decoded: Decoded };

/**
 * Cuts off what the document already has. Where a block is known in part, Yjs would believe what the
 * sender claims about the known part, so the rest is rewritten to stand on the real one.
 */
export function withoutKnown(update: Uint8Array, doc: Y.Doc, limits: GuardLimits): Canonical {
  const decoded = decodeUpdate(update, limits);
  let overlapping = false;
  let known = true;
  for (const block of decoded.blocks) {
    const state = Y.getState(doc.store, block.client);
    if (block.clock < state) overlapping = true;
    if (block.end > state) known = false;
  }
  if (!overlapping) return { update, decoded };
  if (known) {
    const deletes = update.subarray(decoded.deletesAt);
    const rest = new Uint8Array(deletes.length + 1);
    rest.set(deletes, 1);
    return { update: rest, decoded: { blocks: [], deletes: decoded.deletes, deletesAt: 1 } };
  }
  const rest = Y.diffUpdate(update, stateOf(decoded, doc));
  return { update: rest, decoded: decodeUpdate(rest, limits) };
}

/** State vector of the document for the clients of an update, encoded. */
function stateOf(decoded: Decoded, doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, decoded.blocks.length);
  for (const { client } of decoded.blocks) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, Y.getState(doc.store, client));
  }
  return encoding.toUint8Array(encoder);
}

/** True when an update leaves out clocks that the document does not have either. */
export function hasGap(decoded: Decoded, doc: Y.Doc): boolean {
  return decoded.blocks.some(
    (block) =>
      block.clock !== Y.getState(doc.store, block.client) ||
      block.structs.some((struct) => struct.kind === KIND.skip),
  );
}
