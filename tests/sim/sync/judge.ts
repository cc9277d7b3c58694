import { isDeepStrictEqual } from "node:util";
import type * as Y from "yjs";
import { TEXT } from "../../server/sync/server.ts";
import type { RoomKind } from "./cast.ts";
import { differenceOf, isPending } from "./contents.ts";
import type { World } from "./world.ts";

/** Why the world is not at rest yet; empty when everything has come everywhere. */
export function unrest(world: World): readonly string[] {
  if (!world.server) return ["no server runs"];
  return world.visits.flatMap((visit) =>
    visit.rooms.flatMap((room) => {
      const stored = world.durable.doc(room.spec.room);
      const why = room.unrest() ?? disagreement(room, stored);
      return why === null ? [] : [`${visit.name} in ${room.spec.room}: ${why}`];
    }),
  );
}

type Copy = { readonly spec: { readonly kind: RoomKind; readonly mayWrite: boolean }; readonly doc: Y.Doc };

/**
 * Who writes must have the very same document. A reader's Yjs may have removed doubled marks that are
 * still in the log; what it shows must be the same.
 */
function disagreement({ spec, doc }: Copy, stored: Y.Doc): string | null {
  if (isPending(doc)) return "something pends";
  const lack = differenceOf(doc, stored);
  if (lack !== null) return `lacks ${lack}`;
  const more = spec.mayWrite ? differenceOf(stored, doc) : null;
  if (more !== null) return `has more than the log: ${more}`;
  return isDeepStrictEqual(shown(spec.kind, doc), shown(spec.kind, stored)) ? null : "shows something else";
}

function shown(kind: RoomKind, doc: Y.Doc): unknown {
  if (kind === "layer") return doc.getMap("annotations").toJSON();
  return doc.getXmlFragment("prosemirror").toArray().map(String);
}

/** Everybody sees everybody who has the article open, under the names the server knows, and nobody else. */
export function judgePresence(world: World): void {
  const seats = world.visits.flatMap((visit) => visit.inRoom(TEXT).map((room) => ({ visit, room })));
  const expected = seats.map(({ visit, room }) => [room.doc.clientID, visit.part.user] as const);
  for (const { visit, room } of seats) {
    const states = room.awareness.getStates();
    for (const [client, user] of expected) {
      if (client === room.doc.clientID) continue;
      const state = states.get(client) as { user?: { id?: string } } | undefined;
      if (state?.user?.id !== user)
        world.report.fail(`${visit.name} sees ${JSON.stringify(state)} in the place of ${user} (${client})`);
    }
    const known = new Set(expected.map(([client]) => client));
    for (const client of states.keys())
      if (!known.has(client)) world.report.fail(`${visit.name} sees ${client}, who is nobody`);
  }
}
