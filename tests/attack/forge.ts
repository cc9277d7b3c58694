import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import type { OwnerTable } from "../../server/sync/guard/owners.ts";
import { editLayer, editText } from "./edits.ts";
import type { Random } from "./random.ts";
import { raw, rawUpdate, type RawContent, type RawId, type RawStruct } from "./raw.ts";

/** Forged updates against a room in use, by somebody who knows its whole state. */

export type Scene = {
  readonly doc: Y.Doc;
  readonly owners: OwnerTable;
  readonly kind: Room["kind"];
  readonly forger: string;
  readonly random: Random;
};

export const FORGERIES = [
  "as somebody else",
  "as the server",
  "into an unknown root",
  "structs at random",
  "structs at random",
  "structs at random",
  "half known",
  "damaged",
  "damaged",
  "deletions at random",
] as const;

/** An update of this kind, or null when the room does not offer what it needs yet. */
export function forge(title: (typeof FORGERIES)[number], scene: Scene): Uint8Array | null {
  const { doc, random, kind } = scene;
  switch (title) {
    case "as somebody else": {
      const others = clients(scene).filter((client) => scene.owners.ownerOf(client) !== scene.forger);
      return others.length === 0 ? null : writtenAs(scene, random.pick(others));
    }
    case "as the server":
      return writtenAs(scene, random.chance(0.5) ? doc.clientID : 1);
    case "into an unknown root": {
      const root = random.pick(["verdicts", "evil", kind === "text" ? "annotations" : "prosemirror"]);
      const content = random.pick([raw.any(1), raw.deleted(1), raw.text("x"), raw.type(1)]);
      return ownStructs(scene, [{ content, parent: root, ...(random.chance(0.5) ? { key: "k" } : {}) }]);
    }
    case "structs at random":
      return ownStructs(
        scene,
        Array.from({ length: 1 + random.below(5) }, () => randomStruct(scene)),
      );
    case "half known":
      return halfKnown(scene);
    case "damaged":
      return damaged(scene);
    case "deletions at random":
      return rawUpdate({
        deletes: [{ client: random.pick(clients(scene)), ranges: [[random.below(60), random.below(40)]] }],
      });
  }
}

function clients({ doc }: Scene): number[] {
  return [...doc.store.clients.keys(), doc.clientID];
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function edited(scene: Scene, copy: Y.Doc): Uint8Array {
  const before = Y.encodeStateVector(copy);
  if (scene.kind === "text") editText(copy, scene.random);
  else editLayer(copy, scene.random);
  return Y.encodeStateAsUpdate(copy, before);
}

function writtenAs(scene: Scene, client: number): Uint8Array {
  const copy = copyOf(scene.doc);
  copy.clientID = client;
  return edited(scene, copy);
}

/** A client id of the forger's, or one that nobody has used. */
function ownClient(scene: Scene): number {
  const own = clients(scene).filter((client) => scene.owners.ownerOf(client) === scene.forger);
  return own.length > 0 && scene.random.chance(0.8)
    ? scene.random.pick(own)
    : 1_000_000 + scene.random.below(1_000_000);
}

function ownStructs(scene: Scene, structs: readonly RawStruct[]): Uint8Array {
  const client = ownClient(scene);
  const clock = Y.getState(scene.doc.store, client);
  return rawUpdate({ blocks: [{ client, clock, structs }] });
}

function anyId(scene: Scene): RawId {
  const client = scene.random.pick(clients(scene));
  const reach = Y.getState(scene.doc.store, client) + (scene.random.chance(0.05) ? 3 : 0);
  return [client, scene.random.below(Math.max(1, reach))];
}

const CONTENTS: readonly (() => RawContent)[] = [
  () => raw.gc(2),
  () => raw.deleted(3),
  () => raw.text("forged"),
  () => raw.format("em", "{}"),
  () => raw.format("em", "null"),
  () => raw.embed('{"a":1}'),
  () => raw.any({ id: "x" }),
  () => raw.any(1, 2, 3),
  () => raw.binary([1, 2]),
  () => raw.json("1", "undefined"),
  () => raw.type(0),
  () => raw.type(1),
  () => raw.type(2),
  () => raw.type(3, "paragraph"),
  () => raw.type(3, "doc"),
  () => raw.type(4),
  () => raw.type(5, "hook"),
  () => raw.type(6),
  () => raw.skip(1),
];

function randomStruct(scene: Scene): RawStruct {
  const { random } = scene;
  const content = random.pick(CONTENTS)();
  const dice = random.below(10);
  if (dice < 3) return { content, origin: anyId(scene) };
  if (dice < 4) return { content, right: anyId(scene) };
  if (dice < 7) return { content, origin: anyId(scene), right: anyId(scene) };
  const key = random.chance(0.5) ? { key: random.pick(["level", "a1", "k"]) } : {};
  if (dice < 9) return { content, parent: anyId(scene), ...key };
  return { content, parent: scene.kind === "text" ? "prosemirror" : "annotations", ...key };
}

/** Says again, and otherwise, what is known, and goes on from there. */
function halfKnown(scene: Scene): Uint8Array | null {
  const { doc, random } = scene;
  const own = clients(scene).filter((client) => scene.owners.ownerOf(client) === scene.forger);
  const client = own.length === 0 ? 0 : random.pick(own);
  const state = Y.getState(doc.store, client);
  if (state === 0) return null;
  const back = 1 + random.below(Math.min(state, 10));
  const long = raw.text("?".repeat(back + 1 + random.below(5)));
  const first = { ...randomStruct(scene), content: random.chance(0.5) ? long : raw.deleted(back + 2) };
  return rawUpdate({ blocks: [{ client, clock: state - back, structs: [first, randomStruct(scene)] }] });
}

function damaged(scene: Scene): Uint8Array {
  const { random } = scene;
  const copy = copyOf(scene.doc);
  copy.clientID = ownClient(scene);
  const update = edited(scene, copy);
  const times = 1 + random.below(3);
  for (let time = 0; time < times; time += 1) update[random.below(update.length)] = random.below(256);
  return update;
}
