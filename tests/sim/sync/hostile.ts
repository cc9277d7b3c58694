import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Role } from "#shared/model/role.ts";
import { encodeEnvelope } from "#shared/wire/envelope.ts";
import { MESSAGE } from "#shared/wire/messages.ts";
import type { MemoryDisk } from "../../../server/store/memory/log.ts";
import { OwnerTable } from "../../../server/sync/guard/owners.ts";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "../../../server/sync/messages.ts";
import { ATTACKS } from "../../attack/corpus.ts";
import { forge } from "../../attack/forge.ts";
import type { Random } from "../../attack/random.ts";
import { layer, REVIEW, TEXT } from "../../server/sync/server.ts";
import { EVE, MALLORY } from "./cast.ts";
import type { Durable } from "./durable.ts";

/**
 * `corpus`: an update of tests/attack. `forged`: one made for this room as it is. `posed`: presence under the id
 * of somebody who may write, in the hope that they then may not. `intruding`: an honest
 * change where the sender may only read. `replayed`: somebody else's entry, again. `damaged`: the same with bytes changed. `noise`: no message at all. `presence`: of
 * others. `envelopes`: what the multiplexed form does not hold.
 */
export const STRIKES = [
  "corpus",
  "forged",
  "forged",
  "posed",
  "intruding",
  "replayed",
  "damaged",
  "noise",
  "presence",
  "envelopes",
] as const;
export type Strike = (typeof STRIKES)[number];

/** What a hostile connection does once it is open. */
export type Assault = {
  readonly user: string;
  readonly role: Role;
  /** The room's address, null for the multiplexed form. */
  readonly address: string | null;
  readonly frames: () => readonly Uint8Array[];
};

export type Scene = {
  readonly durable: Durable;
  readonly disk: MemoryDisk;
  readonly random: Random;
  /** Client ids that honest people have in the text now, and those of them who may write it. */
  readonly present: () => readonly number[];
  readonly writers: () => readonly number[];
};

const LARGEST = 20_000;
const CORPUS = ATTACKS.filter(({ update }) => update.length < LARGEST);

export function assault(strike: Strike, scene: Scene): Assault {
  const { random } = scene;
  const room = random.pick([TEXT, layer("ann"), layer("mallory")]);
  const updates = (make: () => readonly Uint8Array[]): (() => readonly Uint8Array[]) => {
    return () => make().map((update) => (random.chance(0.3) ? encodeStep2(update) : encodeUpdate(update)));
  };
  switch (strike) {
    case "corpus": {
      const attack = random.pick(CORPUS);
      const address = attack.room === "text" ? TEXT : layer("mallory");
      return { ...MALLORY, address, frames: updates(() => [attack.update]) };
    }
    case "forged":
      return random.chance(0.5)
        ? { ...MALLORY, address: layer("mallory"), frames: updates(() => forged(scene, "mallory", "layer")) }
        : { ...EVE, address: TEXT, frames: updates(() => forged(scene, "eve", "text")) };
    case "posed":
      return { ...MALLORY, address: TEXT, frames: () => [presence(random, [random.pick(scene.writers())])] };
    case "intruding":
      return random.chance(0.5)
        ? {
            ...MALLORY,
            address: layer("ann"),
            frames: updates(() => [change(scene, layer("ann"), "annotations")]),
          }
        : { ...EVE, address: REVIEW, frames: updates(() => [change(scene, REVIEW, "verdicts")]) };
    case "replayed":
      return { ...MALLORY, address: room, frames: updates(() => entries(scene, room)) };
    case "damaged":
      return {
        ...EVE,
        address: TEXT,
        frames: updates(() => entries(scene, TEXT).map((e) => damage(e, random))),
      };
    case "noise":
      return { ...MALLORY, address: room, frames: () => [noise(random), encodeStep1(noise(random))] };
    case "presence":
      return {
        ...MALLORY,
        address: TEXT,
        frames: () => [presence(random, [random.below(2 ** 32), ...scene.present()])],
      };
    case "envelopes":
      return { ...MALLORY, address: null, frames: () => envelopes(random) };
  }
}

/** Forgeries of an editor that could be legal by chance would spoil the text for honest people, legally. */
function forged(scene: Scene, forger: string, kind: "text" | "layer"): readonly Uint8Array[] {
  const { random, durable, disk } = scene;
  const room = kind === "text" ? TEXT : layer(forger);
  const owners = new OwnerTable(disk.rooms.get(room)?.owners ?? new Map());
  const titles =
    kind === "text"
      ? (["as somebody else", "as the server", "into an unknown root"] as const)
      : (["as the server", "into an unknown root", "structs at random", "half known", "damaged"] as const);
  const update = forge(random.pick(titles), { doc: durable.doc(room), owners, kind, forger, random });
  return update ? [update] : [];
}

function change({ durable, random }: Scene, room: string, root: string): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(durable.doc(room)));
  copy.clientID = 16 + random.below(2 ** 31);
  const before = Y.encodeStateVector(copy);
  copy.getMap(root).set(`intruder${random.below(1_000)}`, { id: "x", tags: ["binding"] });
  return Y.encodeStateAsUpdate(copy, before);
}

/** An entry of somebody else's. */
function entries({ disk, random }: Scene, room: string): readonly Uint8Array[] {
  const all = disk.rooms.get(room)?.entries.filter(({ user }) => user !== "eve" && user !== "mallory") ?? [];
  return all.length > 0 ? [random.pick(all).bytes] : [];
}

function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const damaged = bytes.slice(0, random.chance(0.3) ? random.below(bytes.length) : bytes.length);
  for (let time = 0; time < 3 && damaged.length > 0; time += 1)
    damaged[random.below(damaged.length)] = random.below(256);
  return damaged;
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(40) }, () => random.below(256));
}

function presence(random: Random, clients: readonly number[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, clients.length);
  for (const client of clients) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, random.pick([0, 1, 2 ** 31]));
    encoding.writeVarString(encoder, random.pick(["null", '{"user":{"name":"Ann"}}', "{", '{"place":-1}']));
  }
  return encodeAwareness(encoding.toUint8Array(encoder));
}

function envelopes(random: Random): readonly Uint8Array[] {
  const address = `${TEXT}?gloss=1`;
  const open = encodeEnvelope({ kind: "open", channel: 1, address });
  const early = encodeEnvelope({ kind: "data", channel: 1, payload: Uint8Array.of(MESSAGE.sync, 0, 1, 0) });
  return random.pick([
    [open, open],
    [open, early],
    [encodeEnvelope({ kind: "data", channel: 7, payload: new Uint8Array() })],
    [open, encodeEnvelope({ kind: "close", channel: 1, code: 1_000, reason: "" }), early],
    [encodeEnvelope({ kind: "opened", channel: 1 })],
    [encodeEnvelope({ kind: "open", channel: 1, address: "article/../x" }), noise(random)],
    [noise(random)],
  ]);
}
