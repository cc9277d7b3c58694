import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { MESSAGE } from "#shared/wire/messages.ts";
import { encodeAwareness } from "../../../server/sync/messages.ts";
import { Awareness, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import { layer, TEXT } from "./server.ts";
import { type Client, World } from "./world.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets gathered presence out. */
async function pass(milliseconds = 60): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

function stateOf(viewer: Client, of: Client): unknown {
  return viewer.awareness.getStates().get(of.doc.clientID);
}

function presenceFrames(client: Client): number {
  return client.received.filter(({ type }) => type === MESSAGE.awareness).length;
}

test("[SYN-40] name, colour and user id are the server's word, the rest passes as it is", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.say({ user: { name: "The owner", id: "own", color: "#fff" }, cursor: { anchor: 3 }, quiet: true });
  await pass();
  expect(stateOf(bob, ann)).toEqual({
    user: { id: "ann", name: "ANN", color: "#123456" },
    cursor: { anchor: 3 },
    quiet: true,
  });
});

test("[SYN-41] a connection speaks for its own client id only", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "editor");
  const cy = await world.join(TEXT, "cy", "viewer");
  ann.say({ cursor: 1 });
  bob.say({ cursor: 2 });
  await pass();
  // Bob speaks for Ann, as part of a message and alone.
  bob.awareness.states.set(ann.doc.clientID, { cursor: "forged" });
  bob.awareness.meta.set(ann.doc.clientID, { clock: 9_999_999_999_999, lastUpdated: 0 });
  for (const clients of [[ann.doc.clientID], [bob.doc.clientID, ann.doc.clientID]]) {
    bob.raw(encodeAwareness(encodeAwarenessUpdate(bob.awareness, clients)));
  }
  await pass();
  expect(stateOf(cy, ann)).toMatchObject({ cursor: 1 });
  expect(stateOf(cy, bob)).toMatchObject({ cursor: 2 });
});

test("[SYN-41] an announced client id is kept for its user before anything is written with it", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  ann.say({ cursor: 1 });
  await pass();
  const thief = await world.join(TEXT, "bob", "editor");
  thief.doc.clientID = ann.doc.clientID;
  thief.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  await world.settle();
  expect(thief.closes).toEqual(["forbidden"]);
  expect(thief.refusals[0]?.code).toBe("reserved-client");
});

test("[SYN-41] a reader who shows themselves under a writer's id keeps them neither from writing nor from being seen", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "viewer");
  const cy = await world.join(TEXT, "cy", "viewer");
  const mask = new Awareness(new Y.Doc());
  mask.clientID = ann.doc.clientID;
  const pose = (cursor: string): void => {
    mask.setLocalState({ cursor });
    cy.raw(encodeAwareness(encodeAwarenessUpdate(mask, [mask.clientID])));
  };
  pose("cy");
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: "cy", user: { id: "cy" } });
  ann.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  ann.say({ cursor: "ann" });
  await pass();
  expect(ann.open).toBe(true);
  expect(stateOf(bob, ann)).toMatchObject({ cursor: "ann", user: { id: "ann" } });
  pose("cy again");
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: "ann" });
  mask.destroy();
});

test("[SYN-41] nobody writes under an id that somebody announced before they lost the connection", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  ann.say({ cursor: 1 });
  ann.drop();
  ann.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  const eve = await world.join(TEXT, "eve", "editor");
  eve.doc.clientID = ann.doc.clientID;
  eve.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("heading")]);
  await pass();
  expect(eve.closes).toEqual(["forbidden"]);
  await ann.connect();
  await pass();
  expect(ann.closes).toEqual([]);
  expect(await world.hub.read(TEXT, (doc) => doc.getXmlFragment("prosemirror").toJSON())).toBe(
    "<paragraph></paragraph>",
  );
});

test("[SYN-42] whoever leaves is gone for the others within a second, and comes back with the same clock", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.say({ cursor: 1 });
  await pass();
  ann.drop();
  await pass();
  expect(stateOf(bob, ann)).toBeUndefined();
  await ann.connect();
  ann.raw(encodeAwareness(encodeAwarenessUpdate(ann.awareness, [ann.doc.clientID])));
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: 1 });
});

test("[SYN-42] a tab that came back on a new connection does not vanish with its old one", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.say({ cursor: 1 });
  await pass();
  const again = await world.join(TEXT, "ann", "viewer", { doc: ann.doc });
  again.say({ cursor: 2 });
  await pass();
  ann.drop();
  await pass();
  expect(stateOf(bob, again)).toMatchObject({ cursor: 2 });
});

test("[SYN-41] what still comes from a tab's old connection is no announcement", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "viewer");
  const cy = await world.join(TEXT, "cy", "viewer");
  ann.say({ cursor: 1 });
  bob.say({ cursor: 2 });
  await pass();
  const old = ann.connection;
  const echo = encodeAwareness(encodeAwarenessUpdate(ann.awareness, [bob.doc.clientID]));
  await ann.connect();
  ann.say({ cursor: 3 });
  old?.receive(echo);
  old?.ended();
  await pass();
  expect([stateOf(cy, ann), stateOf(cy, bob)]).toMatchObject([
    { cursor: 3 },
    { cursor: 2, user: { id: "bob" } },
  ]);
});

test("[SYN-42] a person who hides is gone for the others", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.say({ cursor: 1 });
  await pass();
  ann.say(null);
  await pass();
  expect(stateOf(bob, ann)).toBeUndefined();
});

test("[SYN-43] presence of a room goes out together, the last word of each, and nobody hears of themselves", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  const cy = await world.join(TEXT, "cy", "viewer");
  await pass();
  const before = [ann, bob, cy].map(presenceFrames);
  for (let at = 0; at < 50; at += 1) {
    ann.say({ cursor: at });
    bob.say({ cursor: at });
  }
  await pass();
  expect([ann, bob, cy].map(presenceFrames).map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1]);
  expect(stateOf(cy, ann)).toMatchObject({ cursor: 49 });
  expect(ann.awareness.getLocalState()).toEqual({ cursor: 49 });
});

test("[SYN-43] who joins or asks is told of everybody", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  ann.say({ cursor: 1 });
  await pass();
  const bob = await world.join(TEXT, "bob", "viewer");
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: 1 });
  bob.awareness.states.delete(ann.doc.clientID);
  bob.awareness.meta.delete(ann.doc.clientID);
  bob.raw(new Uint8Array([MESSAGE.queryAwareness]));
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: 1 });
});

test("[SYN-43] who lost the connection, and with it the others, is told of them again when back", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.say({ cursor: 1 });
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: 1 });
  // As y-websocket's client does; the clock that it has seen stays in its mind.
  removeAwarenessStates(bob.awareness, [ann.doc.clientID], "connection lost");
  bob.drop();
  await bob.connect();
  await pass();
  expect(stateOf(bob, ann)).toMatchObject({ cursor: 1 });
});

test.each([
  ["a state above the limit", JSON.stringify({ cursor: "x".repeat(5000) })],
  ["a state that is no object", "[1,2]"],
  ["a state that is no JSON", "{"],
])("[SYN-44] %s is dropped and costs nobody their connection", async (_what, state) => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  ann.awareness.setLocalState({ cursor: 1 });
  const json = Buffer.from(state);
  const head = Buffer.from(encodeAwarenessUpdate(ann.awareness, [ann.doc.clientID])).subarray(0, 1);
  const id = encodeVarUint(ann.doc.clientID);
  ann.raw(encodeAwareness(Buffer.concat([head, id, Buffer.from([7]), encodeVarUint(json.length), json])));
  ann.raw(encodeAwareness(new Uint8Array([5, 1])));
  await pass();
  expect([ann.open, bob.open]).toEqual([true, true]);
  expect(stateOf(bob, ann)).toBeUndefined();
});

function encodeVarUint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

test("[SYN-45] a thousand people cost each of them a bounded stream", async () => {
  const world = new World({ limits: { connectionsPerUser: 2000 } });
  const crowd: Client[] = [];
  for (let at = 0; at < 1000; at += 1) {
    crowd.push(await world.join(TEXT, `u${at}`, "viewer", { silent: true, deaf: at > 0 }));
  }
  await pass(2000);
  const [reader] = crowd as [Client];
  const bytes = (): number => reader.frames.reduce((sum, length) => sum + length, 0);
  const from = bytes();
  const frames = reader.frames.length;
  const state = { cursor: { anchor: "x".repeat(50), head: "y".repeat(50) } };
  for (let second = 0; second < 5; second += 1) {
    for (const client of crowd) client.say({ ...state, second });
    await pass(1000);
  }
  expect(reader.frames.length - frames).toBeLessThanOrEqual(11);
  expect((bytes() - from) / 5).toBeLessThan(80 * 1024);
  // Everybody's turn comes.
  await pass(10_000);
  expect(reader.awareness.getStates().size).toBeGreaterThanOrEqual(999);
}, 60_000);

test("[SYN-46] presence is the first to go when a reader falls behind, and comes back whole", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "viewer");
  const bob = await world.join(TEXT, "bob", "viewer");
  const cy = await world.join(layer("cy"), "cy", "viewer");
  cy.drop();
  await pass();
  bob.unsent = 400_000;
  const before = presenceFrames(bob);
  ann.say({ cursor: 1 });
  await pass(1000);
  expect(presenceFrames(bob)).toBe(before);
  const dee = await world.join(TEXT, "dee", "viewer");
  dee.say({ cursor: 2 });
  await pass();
  ann.drop();
  await pass();
  bob.unsent = 0;
  await pass();
  expect(stateOf(bob, ann)).toBeUndefined();
  expect(stateOf(bob, dee)).toMatchObject({ cursor: 2 });
});
