import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { describe, expect, test } from "vitest";
import { documentHash } from "#shared/doc/hash.ts";
import type { Room } from "#shared/doc/rooms.ts";
import { ROOTS } from "#shared/doc/rooms.ts";
import { schema } from "#shared/doc/schema.ts";
import { editLayer, editText, recordProvenance } from "../../attack/edits.ts";
import { forge, FORGERIES } from "../../attack/forge.ts";
import { Random } from "../../attack/random.ts";
import { Crowd, Person } from "./crowd.ts";

/** Longer runs: GUARD_FUZZ=20 vitest run tests/server/guard/fuzz.test.ts */
const LENGTH = Number(process.env["GUARD_FUZZ"] ?? 1);
const SEEDS = Array.from({ length: 2 * LENGTH }, (_, index) => index + 1);

function seed(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const paragraph = new Y.XmlElement("paragraph");
  doc.getXmlFragment("prosemirror").push([paragraph]);
  const text = new Y.XmlText();
  paragraph.push([text]);
  text.insert(0, "Parties shall report their emissions.");
  return Y.encodeStateAsUpdate(doc);
}

function crowd(kind: Room["kind"]): Crowd {
  if (kind === "layer") {
    return new Crowd(kind, [new Person("ada", kind), new Person("ada", kind)], new Uint8Array([0, 0]));
  }
  const people = ["ada", "ada", "bob", "cleo"].map((user) => new Person(user, kind));
  return new Crowd(kind, [...people, new Person("reader", kind, true)], seed());
}

function edit(person: Person, kind: Room["kind"], random: Random): void {
  if (person.reads) return;
  if (kind === "layer") editLayer(person.doc, random);
  else editText(person.doc, random);
  if (kind === "text" && random.chance(0.15)) recordProvenance(person.doc);
}

function content(doc: Y.Doc, kind: Room["kind"]): unknown {
  if (kind === "layer") return doc.getMap("annotations").toJSON();
  return doc.getXmlFragment("prosemirror").toArray().map(String);
}

describe.each(["text", "layer"] as const)("honest people in a %s room", (kind) => {
  test.each(SEEDS)("[GRD-2] seed %i: nobody is refused, nothing pends, all agree", (seedNumber) => {
    const random = new Random(seedNumber);
    const room = crowd(kind);
    for (let step = 0; step < 900; step += 1) room.step(random, (person) => edit(person, kind, random));
    room.settle();
    const { tally } = room;
    expect(tally.refused).toEqual([]);
    expect(tally.pending).toBe(0);
    expect(tally.accepted).toBeGreaterThan(50);
    expect(tally.missing).toBeGreaterThan(3);
    for (const person of room.people) {
      expect(content(person.doc, kind)).toEqual(content(room.doc, kind));
      if (!person.reads) expect(documentHash(person.doc)).toEqual(documentHash(room.doc));
    }
  });
});

type Outcome = { tried: number; refused: number; missing: number; accepted: number };

/** Applies an accepted forgery to a copy and compares with what its sender may do. */
function breach(room: Crowd, update: Uint8Array, user: string): string | null {
  const verdict = room.check(update, { user, reads: false });
  if (verdict.kind !== "accept") return null;
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(room.doc));
  try {
    Y.applyUpdate(copy, verdict.update);
  } catch (error) {
    return `threw ${String(error)}`;
  }
  if (copy.store.pendingStructs || copy.store.pendingDs) return "left something pending";
  const roots: readonly string[] = ROOTS[room.kind];
  const foreign = [...copy.share.keys()].find((root) => !roots.includes(root));
  if (foreign !== undefined) return `made the root ${foreign}`;
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(copy))) {
    if (clock === Y.getState(room.doc.store, client)) continue;
    if (room.owners.ownerOf(client) !== user && !verdict.binds.includes(client)) return `wrote as ${client}`;
    const range = verdict.ranges.find((entry) => entry.client === client);
    if (range?.to !== clock) return `announced ${range?.to ?? 0} and not ${clock}`;
  }
  try {
    Y.encodeStateAsUpdateV2(copy);
    if (room.kind === "text") yXmlFragmentToProseMirrorRootNode(copy.getXmlFragment("prosemirror"), schema);
    else copy.getMap("annotations").toJSON();
  } catch (error) {
    return `broke readers: ${String(error)}`;
  }
  return null;
}

describe.each(["text", "layer"] as const)("forgers in a %s room", (kind) => {
  test.each(SEEDS)("[GRD-3] seed %i: no forgery gets through", (seedNumber) => {
    const random = new Random(1_000 + seedNumber);
    const room = crowd(kind);
    const outcome: Outcome = { tried: 0, refused: 0, missing: 0, accepted: 0 };
    for (let step = 0; step < 600; step += 1) {
      room.step(random, (person) => edit(person, kind, random));
      if (step % 4 !== 0) continue;
      const forger = random.pick(room.people.filter((person) => !person.reads));
      const title = random.pick(FORGERIES);
      const update = forge(title, { doc: room.doc, owners: room.owners, kind, forger: forger.user, random });
      if (update === null) continue;
      outcome.tried += 1;
      const { kind: verdict } = room.check(update, { user: forger.user, reads: false });
      if (verdict === "refuse") outcome.refused += 1;
      else if (verdict === "missing") outcome.missing += 1;
      else outcome.accepted += 1;
      expect([title, breach(room, update, forger.user)]).toEqual([title, null]);
    }
    expect(outcome.tried).toBeGreaterThan(100);
    expect(outcome.refused).toBeGreaterThan(outcome.tried / 4);
    room.settle();
    expect(room.tally.refused).toEqual([]);
  });
});
