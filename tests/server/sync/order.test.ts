import { expect, test } from "vitest";
import * as Y from "yjs";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { layer, TEXT } from "./server.ts";
import { Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");

test("[SYN-1] a change is shown and acknowledged only once it is on disk", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  await world.settle();
  const before = ann.acks.at(-1) ?? 0;
  const gate = new Gate();
  world.log.hooks = { beforeCommit: () => gate.opened };
  ann.map.set("m1", mark("m1"));
  await turns(5);
  expect(bob.map.has("m1")).toBe(false);
  expect(ann.acks.at(-1) ?? 0).toBe(before);
  gate.open();
  await world.settle();
  expect(bob.map.get("m1")).toEqual(mark("m1"));
  expect(ann.acks.at(-1)).toBe(ann.sent);
});

test("[SYN-1] whoever joins or reads while a change is being written sees it only once it is on disk", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.settle();
  const gate = new Gate();
  world.log.hooks = { beforeCommit: () => gate.opened };
  ann.map.set("m1", mark("m1"));
  await turns(2);
  let joined = false;
  const joining = world.join(LAYER, "bob", "viewer").then((bob) => {
    joined = true;
    return bob;
  });
  let read: unknown = null;
  const reading = world.hub
    .read(LAYER, (doc) => doc.getMap("annotations").size)
    .then((size) => (read = size));
  await turns(5);
  expect([joined, read]).toEqual([false, null]);
  gate.open();
  const bob = await joining;
  await reading;
  await world.settle();
  expect(bob.map.has("m1")).toBe(true);
  expect(read).toBe(1);
  // It came with the state and not once more.
  const steps = bob.received.map(({ step }) => step).filter((step) => step !== null && step !== SYNC.step1);
  expect(steps.at(-1)).toBe(SYNC.step2);
});

test("[SYN-2] the acknowledgement counts document frames in order, those without news included", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.settle();
  ann.map.set("m1", mark("m1"));
  ann.map.delete("m1");
  ann.update(Y.encodeStateAsUpdate(ann.doc));
  await world.settle();
  expect(ann.sent).toBe(4);
  expect(ann.acks.at(-1)).toBe(4);
  expect([...ann.acks].sort((a, b) => a - b)).toEqual(ann.acks);
});

test("[SYN-2] a deletion alone is acknowledged only once it is on disk", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  const gate = new Gate();
  world.log.hooks = { beforeCommit: () => gate.opened };
  const count = ann.sent;
  ann.map.delete("m1");
  await turns(5);
  expect(ann.acks.at(-1)).toBe(count);
  gate.open();
  await world.settle();
  expect(ann.acks.at(-1)).toBe(count + 1);
  expect((await world.stored(LAYER)).getMap("annotations").size).toBe(0);
});

test("[SYN-7] when idle a frame is written at once, and what comes meanwhile makes one next batch", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(layer("bob"), "bob", "annotator");
  await world.settle();
  const batches: number[] = [];
  const gate = new Gate();
  world.log.hooks = {
    beforeCommit: (entries) => {
      batches.push(entries.length);
      return batches.length === 1 ? gate.opened : undefined;
    },
  };
  ann.map.set("m1", mark("m1"));
  await turns(1);
  expect(batches).toEqual([1]);
  for (let at = 2; at < 30; at += 1) ann.map.set(`m${at}`, mark(`m${at}`));
  bob.map.set("b1", mark("b1"));
  await turns(3);
  expect(batches).toEqual([1]);
  gate.open();
  await world.settle();
  // One entry for each connection, however many frames it sent.
  expect(batches).toEqual([1, 2]);
  expect(ann.acks.at(-1)).toBe(ann.sent);
});

test("[SYN-7] under load a receiver gets one merged update of all writers, and no writer its own", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "editor");
  const cy = await world.join(TEXT, "cy", "viewer");
  await world.settle();
  const gate = new Gate();
  let first = true;
  world.log.hooks = {
    beforeCommit: () => {
      const wait = first ? gate.opened : undefined;
      first = false;
      return wait;
    },
  };
  const type = (client: typeof ann, text: string): void => {
    client.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement(text)]);
  };
  type(ann, "heading");
  await turns(1);
  for (let at = 0; at < 10; at += 1) {
    type(ann, "paragraph");
    type(bob, "blockquote");
  }
  await turns(2);
  const updates = (client: typeof ann): number =>
    client.received.filter(({ type: kind, step }) => kind === MESSAGE.sync && step === SYNC.update).length;
  const before = [ann, bob, cy].map(updates);
  gate.open();
  await world.settle();
  const after = [ann, bob, cy].map(updates);
  // Two batches: the first frame alone, then all others.
  expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual([1, 2, 2]);
  expect(cy.doc.getXmlFragment("prosemirror").length).toBe(21);
  expect(bob.doc.getXmlFragment("prosemirror").toJSON()).toBe(cy.doc.getXmlFragment("prosemirror").toJSON());
  expect(ann.doc.getXmlFragment("prosemirror").toJSON()).toBe(cy.doc.getXmlFragment("prosemirror").toJSON());
});
