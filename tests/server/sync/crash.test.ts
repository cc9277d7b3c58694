import { expect, test } from "vitest";
import * as Y from "yjs";
import { MemoryDisk } from "../../../server/store/memory/log.ts";
import { layer, TEXT } from "./server.ts";
import { type Client, Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");

test("[SYN-3] what was acknowledged is there after a crash, and nothing twice", async () => {
  const disk = new MemoryDisk();
  const world = new World({ disk });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("kept", mark("kept"));
  await world.settle();
  expect(ann.acks.at(-1)).toBe(ann.sent);
  world.crash();
  ann.map.set("lost", mark("lost"));
  await turns(3);
  const again = new World({ disk });
  const bob = await again.join(LAYER, "bob", "viewer");
  expect([...bob.map.keys()]).toEqual(["kept"]);
  // The writer still has what was not acknowledged and brings it.
  await again.join(LAYER, "ann", "annotator", { doc: ann.doc });
  await again.settle();
  expect([...bob.map.keys()].sort()).toEqual(["kept", "lost"]);
});

test("[SYN-3] a crash after the write and before the acknowledgement doubles nothing", async () => {
  const disk = new MemoryDisk();
  const world = new World({ disk });
  const ann = await world.join(TEXT, "ann", "editor");
  await world.settle();
  const gate = new Gate();
  world.log.hooks = { afterCommit: () => gate.opened };
  const acked = ann.acks.at(-1);
  ann.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  await turns(3);
  expect(ann.acks.at(-1)).toBe(acked);
  world.crash();
  const again = new World({ disk });
  await again.join(TEXT, "ann", "editor", { doc: ann.doc });
  await again.settle();
  const bob = await again.join(TEXT, "bob", "viewer");
  expect(bob.doc.getXmlFragment("prosemirror").length).toBe(1);
});

/** Small and the same on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TIMES = { refuge: 1, probe: 1 };

/** Adds one word that stands nowhere else. */
function type(client: Client, word: string): void {
  const root = client.doc.getXmlFragment("prosemirror");
  client.doc.transact(() => {
    if (root.length === 0) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText()]);
      root.insert(0, [paragraph]);
    }
    const text = (root.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(text.length, `${word} `);
  });
}

function words(doc: Y.Doc): string[] {
  return doc
    .getXmlFragment("prosemirror")
    .toJSON()
    .replaceAll(/<[^>]*>/g, " ")
    .split(/\s+/)
    .filter(Boolean);
}

type Typist = {
  client: Client;
  readonly sent: { frame: number; word: string }[];
  readonly safe: Set<string>;
};

/** Words of frames that have been acknowledged on the current connection. */
function note({ client, sent, safe }: Typist): void {
  const acked = client.acks.at(-1) ?? 0;
  for (const { frame, word } of sent) if (frame <= acked) safe.add(word);
}

async function live(seed: number): Promise<void> {
  const pick = random(seed);
  const disk = new MemoryDisk();
  let world = new World({ disk, timings: TIMES });
  const typists: Typist[] = [];
  const rejoin = async (typist: Typist): Promise<void> => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(typist.client.doc));
    typist.client = await world.join(TEXT, "ann", "editor", { doc });
    typist.sent.length = 0;
  };
  for (let at = 0; at < 3; at += 1) {
    typists.push({ client: await world.join(TEXT, "ann", "editor"), sent: [], safe: new Set() });
  }
  const reader = { client: await world.join(TEXT, "bob", "viewer"), seen: new Set<string>() };
  for (let step = 0; step < 60; step += 1) {
    const typist = typists[pick(3)] as Typist;
    if (!typist.client.open) await rejoin(typist);
    const word = `w${seed}-${step}`;
    type(typist.client, word);
    typist.sent.push({ frame: typist.client.sent, word });
    await turns(pick(3));
    const fate = pick(12);
    if (fate === 0) {
      world.log.hooks = {
        beforeCommit: () => {
          world.log.hooks = {};
          throw new Error("the disk is full");
        },
      };
    } else if (fate === 1) {
      const never = new Promise<void>(() => undefined);
      world.log.hooks = pick(2) === 0 ? { beforeCommit: () => never } : { afterCommit: () => never };
      type(typist.client, `${word}x`);
      typist.sent.push({ frame: typist.client.sent, word: `${word}x` });
      await turns(pick(5));
      for (const each of typists) note(each);
      for (const seen of words(reader.client.doc)) reader.seen.add(seen);
      world.crash();
      const present = words(await world.stored(TEXT));
      for (const each of typists) for (const safe of each.safe) expect(present).toContain(safe);
      for (const seen of reader.seen) expect(present).toContain(seen);
      world = new World({ disk, timings: TIMES });
      for (const each of typists) await rejoin(each);
      reader.client = await world.join(TEXT, "bob", "viewer", { doc: reader.client.doc });
    }
    for (const each of typists) note(each);
    for (const seen of words(reader.client.doc)) reader.seen.add(seen);
  }
  const settled = (): boolean =>
    typists.every(({ client }) => client.open && client.acks.at(-1) === client.sent);
  while (!settled()) {
    for (const each of typists) if (!each.client.open) await rejoin(each);
    await turns(3);
  }
  await world.settle();
  const present = words(await world.stored(TEXT));
  expect(new Set(present).size).toBe(present.length);
  expect(present.filter((word) => !word.endsWith("x")).length).toBe(60);
  for (const { client } of typists) expect(words(client.doc)).toEqual(present);
  expect(words(reader.client.doc)).toEqual(present);
}

test("[SYN-4] through crashes and failed writes, what anybody was told is there once and all agree", async () => {
  for (let seed = 1; seed <= 15; seed += 1) await live(seed);
});
