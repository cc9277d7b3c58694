import type * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import type { ClientRange } from "../../store/log.ts";
import { hasGap, withoutKnown, type Canonical } from "./canonical.ts";
import { deleteEffect } from "./deletes.ts";
import { Effort } from "./effort.ts";
import { outgrown } from "./growth.ts";
import type { GuardLimits } from "./limits.ts";
import { inOrder } from "./order.ts";
import type { OwnerTable } from "./owners.ts";
import { Refused, REFUSALS, type RefusalCode } from "./refusals.ts";
import { Resolver } from "./resolve.ts";
import type { Block } from "./struct.ts";

export type Verdict =
  | {
      readonly kind: "accept";
      /** What to apply and log instead of what came: it may have been cut to what is new. */
      readonly update: Uint8Array;
      /** Clocks it adds, one range a client. */
      readonly ranges: readonly ClientRange[];
      /** Client ids it is the first to use: bind them to the sender when it is applied. */
      readonly binds: readonly number[];
      /** Nothing in it is new: neither apply nor log it, just acknowledge. */
      readonly empty: boolean;
    }
  /** It rests on changes that the document lacks: apply nothing, ask with sync step 1. */
  | { readonly kind: "missing" }
  | { readonly kind: "refuse"; readonly code: RefusalCode; readonly sentence: string };

export type GuardContext = {
  readonly doc: Y.Doc;
  readonly roomKind: Room["kind"];
  readonly user: string;
  readonly owners: OwnerTable;
  readonly limits: GuardLimits;
  /**
   * The sender may only read. A reader's Yjs removes doubled marks by itself when somebody else
   * formats text; such an update is emptied, any other that would change something is refused.
   */
  readonly readOnly?: boolean;
};

/**
 * Judges a Yjs update v1 before it touches the document: the whole of it or nothing. An accepted
 * update, applied to `doc` before anything else is, leaves nothing pending, creates no unknown root
 * and adds only the sender's own structs. Never changes `doc` and never throws for bad input.
 */
export function checkUpdate(update: Uint8Array, context: GuardContext): Verdict {
  try {
    return check(update, context);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code);
    throw error;
  }
}

function check(update: Uint8Array, context: GuardContext): Verdict {
  const { doc, limits, roomKind } = context;
  const canonical = withoutKnown(update, doc, limits);
  const { decoded } = canonical;
  const effort = new Effort(limits.effort);
  if (context.readOnly === true) return checkReader(canonical, doc, effort);
  const binds = checkOwners(decoded.blocks, context);
  if (hasGap(decoded, doc)) return { kind: "missing" };
  if (decoded.blocks.length > 0) {
    const resolver = new Resolver(decoded.blocks, { doc, kind: roomKind, limits, effort });
    const complete = inOrder(decoded.blocks, doc.store, (struct, block) => {
      resolver.resolve(struct, block.client);
    });
    if (!complete) return { kind: "missing" };
  }
  const effect = deleteEffect(decoded, doc, effort);
  if (effect === "missing") return { kind: "missing" };
  if (effect === "records") return refuse("provenance");
  const full = outgrown({ bytes: canonical.update.length, decoded }, doc, roomKind, limits);
  if (full !== null) return refuse(full);
  return {
    kind: "accept",
    update: canonical.update,
    ranges: decoded.blocks.map(({ client, clock, end }) => ({ client, from: clock, to: end })),
    binds,
    empty: decoded.blocks.length === 0 && effect === "nothing",
  };
}

function refuse(code: RefusalCode): Verdict {
  return { kind: "refuse", code, sentence: REFUSALS[code] };
}

const NOTHING: Verdict = {
  kind: "accept",
  update: new Uint8Array([0, 0]),
  ranges: [],
  binds: [],
  empty: true,
};

function checkReader({ decoded }: Canonical, doc: Y.Doc, effort: Effort): Verdict {
  if (decoded.blocks.length > 0) return refuse("read-only");
  const effect = deleteEffect(decoded, doc, effort);
  return effect === "nothing" || effect === "marks" ? NOTHING : refuse("read-only");
}

/** Client ids that the update uses first. Throws Refused when a block is not the sender's to write. */
function checkOwners(blocks: readonly Block[], { doc, owners, user, limits }: GuardContext): number[] {
  const binds: number[] = [];
  for (const { client } of blocks) {
    // The document's own id is the server's, for whomever it wrote.
    if (client === doc.clientID) throw new Refused("unowned-client");
    const owner = owners.ownerOf(client);
    if (owner === user) continue;
    if (owner !== null) throw new Refused("foreign-client");
    if (doc.store.clients.has(client)) throw new Refused("unowned-client");
    const reserved = owners.reservedFor(client);
    if (reserved !== null && reserved !== user) throw new Refused("reserved-client");
    binds.push(client);
  }
  if (binds.length > 0 && owners.owned(user) + binds.length > limits.clientsPerUser) {
    throw new Refused("too-complex");
  }
  return binds;
}
