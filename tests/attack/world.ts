import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import type { GuardContext } from "../../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../../server/sync/guard/limits.ts";
import { OwnerTable } from "../../server/sync/guard/owners.ts";
import type { RawId } from "./raw.ts";

/**
 * A small room with several people in it, always the same: what attacks are aimed at. Ada is the
 * victim and Mallory the sender; in a text room both may write.
 */

export const CLIENT = {
  /** The server's first content; belongs to nobody. */
  seed: 1,
  /** The id of the server's own document. */
  server: 7,
  ada: 100,
  mallory: 200,
  /** Announced by Ada, not used yet. */
  announced: 300,
  /** Never seen. */
  fresh: 400,
  fresher: 401,
} as const;

export type World = {
  readonly doc: Y.Doc;
  readonly owners: OwnerTable;
  /** How a check of something from Mallory is called. */
  readonly context: GuardContext;
};

/** A fresh room of a kind. */
export function world(kind: Room["kind"], limits = GUARD_LIMITS): World {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, STATES[kind]);
  doc.clientID = CLIENT.server;
  const owners = new OwnerTable(
    new Map([
      [CLIENT.ada, "ada"],
      [CLIENT.mallory, "mallory"],
    ]),
  );
  owners.reserve(CLIENT.announced, "ada", "connection of ada");
  return { doc, owners, context: { doc, roomKind: kind, user: "mallory", owners, limits } };
}

function wrote(client: number, known: readonly Uint8Array[], write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  for (const update of known) Y.applyUpdate(doc, update);
  doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

function appendParagraph(doc: Y.Doc, text: string): void {
  const paragraph = new Y.XmlElement("paragraph");
  const content = new Y.XmlText();
  doc.getXmlFragment("prosemirror").push([paragraph]);
  paragraph.push([content]);
  content.insert(0, text);
}

function state(steps: readonly (readonly [client: number, write: (doc: Y.Doc) => void])[]): Uint8Array {
  const updates: Uint8Array[] = [];
  for (const [client, write] of steps) updates.push(wrote(client, updates, write));
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return Y.encodeStateAsUpdate(doc);
}

const STATES: Record<Room["kind"], Uint8Array> = {
  text: state([
    [CLIENT.seed, (doc) => appendParagraph(doc, "Parties shall report.")],
    [CLIENT.ada, (doc) => appendParagraph(doc, "Ada wrote this.")],
    [
      CLIENT.mallory,
      (doc) => {
        appendParagraph(doc, "Mallory wrote this.");
        doc.getArray<Uint8Array>("redirects").push([Uint8Array.of(0, CLIENT.seed, 2, 2, 3)]);
      },
    ],
    [
      CLIENT.mallory,
      (doc) => {
        const paragraph = doc.getXmlFragment("prosemirror").get(2);
        const content = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
        if (content instanceof Y.XmlText) content.insert(19, " And this.");
      },
    ],
  ]),
  layer: state([
    [CLIENT.ada, (doc) => void doc.getMap("annotations").set("a", { id: "a", tags: ["binding"] })],
    [CLIENT.mallory, (doc) => void doc.getMap("annotations").set("m", { id: "m", tags: ["binding"] })],
  ]),
  review: state([[CLIENT.seed, (doc) => void doc.getMap("roster").set("ada", true)]]),
  "layer-review": state([[CLIENT.seed, (doc) => void doc.getMap("verdicts").set("v", true)]]),
};

/**
 * Ids in the text room. Each paragraph is three structs of its writer: the element at clock 0, its
 * text at 1, the characters from 2 on.
 */
export const ID = {
  element: (client: number): RawId => [client, 0],
  text: (client: number): RawId => [client, 1],
  character: (client: number, index: number): RawId => [client, 2 + index],
  /** Mallory's provenance record. */
  record: [CLIENT.mallory, 21] as RawId,
} as const;

/** Where Mallory's next struct has to begin. */
export const NEXT: Readonly<Record<Room["kind"], number>> = {
  text: nextOf("text"),
  layer: nextOf("layer"),
  review: 0,
  "layer-review": 0,
};

function nextOf(kind: Room["kind"]): number {
  return Y.getState(world(kind).doc.store, CLIENT.mallory);
}
