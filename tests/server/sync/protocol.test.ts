import { expect, test } from "vitest";
import * as Y from "yjs";
import { documentHash } from "#shared/doc/hash.ts";
import { MESSAGE, SYNC } from "#shared/wire/messages.ts";
import { encodeStep1, encodeUpdate } from "../../../server/sync/messages.ts";
import { layer, REVIEW, TEXT } from "./server.ts";
import { Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");

/** Updates of one document, one for each key. */
function updatesOf(doc: Y.Doc, keys: readonly string[]): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array): number => updates.push(update);
  doc.on("update", note);
  for (const key of keys) doc.getMap("annotations").set(key, mark(key));
  doc.off("update", note);
  return updates;
}

test("[SYN-11] the answer to sync step 1 is step 2 with what is missing and the server's own step 1", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  const bob = await world.join(LAYER, "bob", "viewer");
  await world.settle();
  const sync = bob.received.filter(({ type }) => type === MESSAGE.sync).map(({ step }) => step);
  // Step 2 tells a client that it is synced, so all content is there by then.
  expect(sync.slice(-2)).toEqual([SYNC.step2, SYNC.step1]);
  expect(sync.filter((step) => step !== SYNC.update).length).toBe(2);
  expect(bob.map.get("m1")).toEqual(mark("m1"));
});

test("[SYN-11] a client that does not ask for more gets y-websocket's own messages only", async () => {
  const world = new World({ timings: { hashAfter: 1, sweep: 1 } });
  const ann = await world.join(LAYER, "ann", "annotator", { gloss: false });
  ann.map.set("m1", mark("m1"));
  await world.settle();
  await new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
  ann.update(new Uint8Array([1, 2, 3]));
  await world.settle();
  expect(ann.closes).toEqual(["refused-update"]);
  expect(ann.received.every(({ type }) => type <= MESSAGE.queryAwareness)).toBe(true);
});

test("[SYN-12] an update that rests on something unknown is asked for, and nothing counts until all of it is on disk", async () => {
  const world = new World();
  const source = new Y.Doc();
  const [first, second] = updatesOf(source, ["m1", "m2"]) as [Uint8Array, Uint8Array];
  const ann = await world.join(LAYER, "ann", "annotator", { silent: true });
  ann.update(second);
  await world.settle();
  expect(ann.received).toEqual([{ type: MESSAGE.sync, step: SYNC.step1 }]);
  expect(ann.acks).toEqual([]);
  // Asked once, however many frames rest on the same.
  ann.update(second);
  await world.settle();
  expect(ann.received.length).toBe(1);
  // Nor does what comes after it and could be written count, although it is on disk.
  const other = updatesOf(new Y.Doc(), ["m3"]) as [Uint8Array];
  ann.update(other[0]);
  await world.settle();
  expect((await world.stored(LAYER)).getMap("annotations").has("m3")).toBe(true);
  expect(ann.acks).toEqual([]);
  const gate = new Gate();
  world.log.hooks = { beforeCommit: () => gate.opened };
  ann.answer(Y.mergeUpdates([first, second]));
  await turns(3);
  expect(ann.acks).toEqual([]);
  gate.open();
  await world.settle();
  expect(ann.acks).toEqual([4]);
  expect((await world.stored(LAYER)).getMap("annotations").size).toBe(3);
  expect(world.tally.missed).toBe(2);
});

test("[SYN-12] a client whose answers never make a whole is told so and closed", async () => {
  const world = new World();
  const source = new Y.Doc();
  const [, second] = updatesOf(source, ["m1", "m2"]) as [Uint8Array, Uint8Array];
  const ann = await world.join(LAYER, "ann", "annotator", { silent: true });
  for (let at = 0; at < 20 && ann.open; at += 1) {
    ann.answer(second);
    await world.settle();
  }
  expect(ann.closes).toEqual(["refused-update"]);
  expect(ann.refusals.at(-1)?.code).toBe("impossible");
});

test("[SYN-13] a refused update is explained to those who ask, applied for nobody, and ends the channel", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  await world.settle();
  const foreign = new Y.Doc();
  foreign.getMap("elsewhere").set("x", 1);
  ann.map.set("m1", mark("m1"));
  ann.update(Y.encodeStateAsUpdate(foreign));
  ann.map.set("m2", mark("m2"));
  await world.settle();
  expect(ann.refusals).toEqual([{ frame: 3, code: "foreign-root", sentence: expect.stringMatching(/\w/) }]);
  expect(ann.closes).toEqual(["refused-update"]);
  // What came before it stands, what came after it does not.
  expect([...bob.map.keys()]).toEqual(["m1"]);
  expect(world.tally.refusals).toEqual(["foreign-root"]);
});

test("[SYN-13] a client id that belongs to somebody else is forbidden", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  ann.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  await world.settle();
  const thief = new Y.Doc();
  thief.clientID = ann.doc.clientID;
  Y.applyUpdate(thief, Y.encodeStateAsUpdate(ann.doc));
  thief.clientID = ann.doc.clientID;
  const updates: Uint8Array[] = [];
  thief.on("update", (update: Uint8Array) => updates.push(update));
  thief.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("heading")]);
  const bob = await world.join(TEXT, "bob", "editor");
  bob.update(updates[0] as Uint8Array);
  await world.settle();
  expect(bob.closes).toEqual(["forbidden"]);
  expect(bob.refusals[0]?.code).toBe("foreign-client");
  expect(ann.doc.getXmlFragment("prosemirror").length).toBe(1);
});

test("[SYN-14] a reader's answer with nothing new is welcome, a write is forbidden and changes nothing", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  const bob = await world.join(LAYER, "bob", "owner");
  const plain = await world.join(LAYER, "cy", "owner", { gloss: false });
  await world.settle();
  expect([bob.open, bob.acks.at(-1), plain.open]).toEqual([true, 1, true]);
  bob.map.set("mine", mark("mine"));
  plain.map.delete("m1");
  await world.settle();
  expect(bob.closes).toEqual(["forbidden"]);
  expect(bob.refusals[0]?.code).toBe("read-only");
  expect(plain.closes).toEqual(["forbidden"]);
  expect([...ann.map.keys()]).toEqual(["m1"]);
});

test("[SYN-14] nobody writes into a review room through a channel, the owner neither", async () => {
  const world = new World();
  const owner = await world.join(REVIEW, "own", "owner");
  owner.doc.getMap("verdicts").set("x", 1);
  await world.settle();
  expect(owner.closes).toEqual(["forbidden"]);
  expect((await world.stored(REVIEW)).getMap("verdicts").size).toBe(0);
});

test("[SYN-15] a room at rest tells the hash of its document to those who ask", async () => {
  const world = new World({ timings: { hashAfter: 1, sweep: 1 } });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  ann.map.delete("m1");
  await world.settle();
  while (ann.hashes.length === 0) await turns(1);
  expect(ann.hashes[0]).toEqual(documentHash(ann.doc));
});

test.each([
  ["an empty frame", []],
  ["an unknown type", [77, 1, 2]],
  ["an auth message", [2, 0, 1, 65]],
  ["an acknowledgement", [100, 1]],
  ["a sync message of no kind", [0, 9, 0]],
  ["a frame that ends inside a message", [0, 2, 200, 1]],
  ["a state vector that ends too early", [0, 0, 2, 9, 1]],
])("[SYN-16] %s ends the channel with bad-frame", async (_what, bytes) => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(LAYER, "bob", "viewer");
  ann.raw(new Uint8Array(bytes));
  expect(ann.closes).toEqual(["bad-frame"]);
  expect(bob.open).toBe(true);
});

test("[SYN-16] several messages in one frame are taken in order", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator", { silent: true });
  const source = new Y.Doc();
  const [first, second] = updatesOf(source, ["m1", "m2"]) as [Uint8Array, Uint8Array];
  const frame = [encodeStep1(new Uint8Array([0])), encodeUpdate(first), encodeUpdate(second)];
  ann.raw(Buffer.concat(frame));
  await world.settle();
  expect(ann.acks.at(-1)).toBe(2);
  expect((await world.stored(LAYER)).getMap("annotations").size).toBe(2);
});

test("[SYN-17] a frame above the limit ends the channel for good", async () => {
  const world = new World({ limits: { frameBytes: 1000 } });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", { ...(mark("m1") as object), note: "x".repeat(1000) });
  await world.settle();
  expect(ann.closes).toEqual(["too-large"]);
});

test("[SYN-18] a mark that a reader's own Yjs takes for doubled and removes is no write", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "viewer");
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  ann.doc.transact(() => {
    ann.doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
    paragraph.insert(0, [text]);
    text.insert(0, "some bold words", { strong: {} });
  });
  await world.settle();
  const words = (bob.doc.getXmlFragment("prosemirror").get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const first = words._start;
  expect(first?.content).toBeInstanceOf(Y.ContentFormat);
  const sent = bob.sent;
  bob.doc.transact((transaction) => first?.delete(transaction));
  await world.settle();
  expect(bob.sent).toBe(sent + 1);
  expect([bob.open, bob.acks.at(-1)]).toEqual([true, bob.sent]);
  expect(text.toDelta()).toEqual([{ insert: "some bold words", attributes: { strong: {} } }]);
});

test("[SYN-19] what a client sent before it left is written, what somebody sent before their rights ended need not be", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  const bob = await world.join(layer("bob"), "bob", "annotator");
  await world.settle();
  ann.map.set("m1", mark("m1"));
  ann.drop();
  bob.map.set("b1", mark("b1"));
  world.hub.rightsChanged({ user: "bob" });
  await world.settle();
  expect((await world.stored(LAYER)).getMap("annotations").has("m1")).toBe(true);
  expect((await world.stored(layer("bob"))).getMap("annotations").size).toBe(0);
});
