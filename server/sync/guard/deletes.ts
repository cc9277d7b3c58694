import * as Y from "yjs";
import { REDIRECTS } from "#shared/anchor/redirects.ts";
import type { Effort } from "./effort.ts";
import type { Decoded, Deletes } from "./struct.ts";

/**
 * `missing`: some of it is not known yet; `nothing`: all of it is deleted already; `marks`: only marks are
 * left; `records`: it would take away what the text says of its origin.
 */
export type DeleteEffect = "missing" | "nothing" | "marks" | "content" | "records";

const BY_STRENGTH: readonly DeleteEffect[] = ["nothing", "marks", "content", "records"];

/**
 * What the delete set of an update will do to the document once the update's structs are in it. Items
 * that will be cut in two count as effort.
 */
export function deleteEffect(decoded: Decoded, doc: Y.Doc, effort: Effort): DeleteEffect {
  const records = doc.share.get(REDIRECTS) ?? null;
  let effect: DeleteEffect = "nothing";
  for (const entry of decoded.deletes) {
    const structs = doc.store.clients.get(entry.client) ?? [];
    const state = Y.getState(doc.store, entry.client);
    const end = decoded.blocks.find((block) => block.client === entry.client)?.end ?? state;
    if (reach(entry) > end) return "missing";
    effect = strongest(effect, liveIn(entry, { structs, records, effort }));
  }
  return effect;
}

function reach({ ranges }: Deletes): number {
  let reached = 0;
  for (let index = 0; index < ranges.length; index += 2) {
    reached = Math.max(reached, (ranges[index] ?? 0) + (ranges[index + 1] ?? 0));
  }
  return reached;
}

function strongest(a: DeleteEffect, b: DeleteEffect): DeleteEffect {
  return BY_STRENGTH.indexOf(a) < BY_STRENGTH.indexOf(b) ? b : a;
}

type Ground = {
  readonly structs: (Y.Item | Y.GC)[];
  readonly records: Y.Item["parent"];
  readonly effort: Effort;
};

function liveIn(entry: Deletes, { structs, records, effort }: Ground): DeleteEffect {
  let effect: DeleteEffect = "nothing";
  const last = structs.at(-1);
  const state = last ? last.id.clock + last.length : 0;
  for (let index = 0; index < entry.ranges.length; index += 2) {
    const clock = entry.ranges[index] ?? 0;
    const end = clock + (entry.ranges[index + 1] ?? 0);
    // What the update itself brings is judged as new structs.
    if (clock >= state) continue;
    for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
      const struct = structs[at];
      if (!struct || struct.id.clock >= end) break;
      if (struct.deleted || !(struct instanceof Y.Item)) continue;
      if (struct.id.clock < clock) effort.cut(structs.length);
      if (struct.id.clock + struct.length > end) effort.cut(structs.length);
      effect = strongest(effect, effectOf(struct, records));
    }
  }
  return effect;
}

function effectOf(item: Y.Item, records: Y.Item["parent"]): DeleteEffect {
  if (records !== null && item.parent === records) return "records";
  return item.content instanceof Y.ContentFormat ? "marks" : "content";
}
