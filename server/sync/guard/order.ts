import * as Y from "yjs";
import type { Block, Struct } from "./struct.ts";
import { Refused } from "./refusals.ts";

/** A block on its way: structs before `cursor` have been visited. */
type Progress = { readonly block: Block; cursor: number; reached: number; waiting: boolean };

/**
 * Visits the structs of an update in an order in which each comes after all that it refers to, as Yjs
 * will integrate them. False when something it refers to is neither in the document nor in the update.
 * Throws Refused for references that can never be met. Blocks must start where the document ends.
 */
export function inOrder(
  blocks: readonly Block[],
  store: Y.Doc["store"],
  visit: (struct: Struct, block: Block) => void,
): boolean {
  const all = blocks.map((block): Progress => ({ block, cursor: 0, reached: block.clock, waiting: false }));
  const byClient = all.length > 1 ? new Map(all.map((entry) => [entry.block.client, entry])) : null;
  const find = (client: number): Progress | undefined =>
    byClient ? byClient.get(client) : all[0]?.block.client === client ? all[0] : undefined;
  const known = (client: number, clock: number): boolean =>
    clock < (find(client)?.reached ?? Y.getState(store, client));
  const stack: Progress[] = [];
  for (const entry of all) {
    stack.push(entry);
    entry.waiting = true;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const struct = top.block.structs[top.cursor];
      if (!struct) {
        top.waiting = false;
        stack.pop();
        continue;
      }
      const need = unmet(struct, top.block.client, known);
      if (need === null) {
        visit(struct, top.block);
        top.cursor += 1;
        top.reached = struct.clock + struct.length;
        // Back to whoever waits for this block; it comes again if one struct was not enough.
        if (stack.length > 1) {
          top.waiting = false;
          stack.pop();
        }
        continue;
      }
      const next = find(need.client);
      if (!next || need.clock >= next.block.end) return false;
      if (next.waiting) throw new Refused("impossible");
      next.waiting = true;
      stack.push(next);
    }
  }
  return true;
}

type Reference = { readonly client: number; readonly clock: number };

function unmet(
  struct: Struct,
  client: number,
  known: (client: number, clock: number) => boolean,
): Reference | null {
  const { originClient, originClock, rightClient, rightClock, parentClient, parentClock } = struct;
  if (originClient >= 0) {
    if (originClient === client) mustBeEarlier(struct, originClock);
    else if (!known(originClient, originClock)) return { client: originClient, clock: originClock };
  }
  if (rightClient >= 0) {
    if (rightClient === client) mustBeEarlier(struct, rightClock);
    else if (!known(rightClient, rightClock)) return { client: rightClient, clock: rightClock };
  }
  if (parentClient >= 0) {
    if (parentClient === client) mustBeEarlier(struct, parentClock);
    else if (!known(parentClient, parentClock)) return { client: parentClient, clock: parentClock };
  }
  return null;
}

function mustBeEarlier(struct: Struct, clock: number): void {
  if (clock >= struct.clock) throw new Refused("impossible");
}
