import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { OpenLocalCopy } from "../../../client/session/local-copy.ts";
import { Mux } from "../../../client/session/mux.ts";
import { Room } from "../../../client/session/room.ts";
import { FakeServer, settle } from "./fake-server.ts";

const NAME = "article/a/layer/me";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A device that keeps documents between visits. */
function device() {
  const states = new Map<string, Uint8Array>();
  const unsent = new Map<string, number>();
  const openCopy: OpenLocalCopy = (name, doc) => {
    const state = states.get(name);
    if (state) Y.applyUpdate(doc, state, "device");
    const keep = () => states.set(name, Y.encodeStateAsUpdate(doc));
    doc.on("update", keep);
    return {
      loaded: Promise.resolve(unsent.get(name) ?? 0),
      noteUnsent: (count) => void unsent.set(name, count),
      clear: async () => {
        doc.off("update", keep);
        states.delete(name);
        unsent.delete(name);
      },
      close: () => doc.off("update", keep),
    };
  };
  return { openCopy, states, unsent };
}

const hash = (doc: Y.Doc) => Y.encodeStateVector(doc);

function visit(
  server: FakeServer,
  kept = device(),
  options: { writable?: boolean; onRightsChanged?: () => Promise<void> } = {},
) {
  const mux = new Mux({ url: "ws://test/sync", createWire: server.createWire, random: () => 0 });
  const room = new Room({
    mux,
    name: NAME,
    epoch: 4,
    userId: "me",
    writable: options.writable ?? true,
    openCopy: kept.openCopy,
    hash,
    onRightsChanged: options.onRightsChanged ?? (() => Promise.resolve()),
  });
  return { mux, room, map: room.doc.getMap("annotations") };
}

test("[SES-6] changes show as unconfirmed until the server has them on disk", async () => {
  const server = new FakeServer();
  const { room, map } = visit(server);
  await settle();
  expect(room.status.get()).toMatchObject({ link: "online", loaded: true, settled: true, changes: 0 });
  server.autoAck = false;
  map.set("a", 1);
  await settle();
  expect(server.doc(NAME).getMap("annotations").get("a")).toBe(1);
  expect(room.status.get().changes).toBe(1);
  server.ack(server.channel(NAME));
  await settle();
  expect(room.status.get().changes).toBe(0);
});

test("[SES-1] a room asks for acknowledgements and names its epoch in its address", async () => {
  const server = new FakeServer();
  visit(server);
  await settle();
  expect(server.channel(NAME).address).toBe(`${NAME}?gloss=1&epoch=4`);
});

test("[SES-7] changes made without a connection are counted, sent on return, and safe when confirmed", async () => {
  const server = new FakeServer();
  const { room, map } = visit(server);
  await settle();
  server.accept = "refuse";
  server.wires[0]?.drop();
  map.set("a", 1);
  map.set("b", 2);
  expect(room.status.get()).toMatchObject({ link: "offline", changes: 2 });
  server.accept = "open";
  server.autoAck = false;
  await vi.advanceTimersByTimeAsync(5_000);
  await settle();
  expect(room.status.get()).toMatchObject({ link: "online", settled: false, changes: 2 });
  expect(server.doc(NAME).getMap("annotations").toJSON()).toEqual({ a: 1, b: 2 });
  server.ack(server.channel(NAME));
  await settle();
  expect(room.status.get()).toMatchObject({ settled: true, changes: 0 });
});

test("[SES-8] unconfirmed changes and their number survive a reload", async () => {
  const server = new FakeServer();
  const kept = device();
  const first = visit(server, kept);
  await settle();
  server.accept = "refuse";
  server.wires[0]?.drop();
  first.map.set("a", 1);
  first.map.set("b", 2);
  await first.room.dispose();

  const second = visit(server, kept);
  await settle();
  expect(second.map.toJSON()).toEqual({ a: 1, b: 2 });
  expect(second.room.status.get()).toMatchObject({ loaded: true, changes: 2 });
  server.accept = "open";
  await vi.advanceTimersByTimeAsync(2_000);
  await settle();
  expect(server.doc(NAME).getMap("annotations").toJSON()).toEqual({ a: 1, b: 2 });
  expect(second.room.status.get()).toMatchObject({ link: "online", changes: 0 });
  await second.room.dispose();
  expect([...kept.unsent.values()]).toEqual([0]);
});

test("[SES-8] local copies are told apart by person, room and epoch", async () => {
  const kept = device();
  visit(new FakeServer(), kept).map.set("a", 1);
  await settle();
  expect([...kept.states.keys()]).toEqual([`gloss/me/${NAME}/4`]);
});

test("[SES-9] a room that is only read sends nothing of the document, not even an answer", async () => {
  const server = new FakeServer();
  server.doc(NAME).getMap("annotations").set("x", 1);
  const { room, map } = visit(server, device(), { writable: false });
  await settle();
  expect(map.get("x")).toBe(1);
  expect(room.status.get()).toMatchObject({ link: "online", settled: true, changes: 0 });
  map.set("y", 2);
  await settle();
  expect(server.channel(NAME).frames).toBe(0);
  expect(server.doc(NAME).getMap("annotations").has("y")).toBe(false);
});

test("[SES-10] a refused frame ends the room with the server's sentence", async () => {
  const server = new FakeServer();
  const { room, map } = visit(server);
  await settle();
  server.autoAck = false;
  map.set("a", 1);
  await settle();
  server.refuse(server.channel(NAME), "invalid-content", "A mark needs a tag.");
  await settle();
  expect(room.status.get()).toMatchObject({
    link: "closed",
    changes: 1,
    end: { code: 4422, name: "invalid-content", sentence: "A mark needs a tag." },
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.channels.filter((channel) => channel.room === NAME)).toHaveLength(1);
});

test("[SES-10] a final close ends the room and says why", async () => {
  const server = new FakeServer();
  server.judge = () => 4404;
  const { room } = visit(server);
  await settle();
  expect(room.status.get().end).toMatchObject({ code: 4404, name: "not-found" });
});

test("[SES-11] when rights change the room waits for the new judgement and comes back at once", async () => {
  const server = new FakeServer();
  const order: string[] = [];
  const { room } = visit(server, device(), {
    onRightsChanged: async () => {
      order.push("judged");
      room.setWritable(false);
    },
  });
  await settle();
  const before = server.channels.length;
  server.close(server.channel(NAME), 4205, "rights-changed");
  await settle();
  expect(order).toEqual(["judged"]);
  expect(server.channels.length).toBeGreaterThan(before);
  expect(room.status.get()).toMatchObject({ link: "online", end: null });
  room.doc.getMap("annotations").set("z", 1);
  await settle();
  expect(server.channel(NAME).frames).toBe(0);
});

test("[SES-12] an unlike hash while all is quiet makes the room ask for everything again, once a minute", async () => {
  const server = new FakeServer();
  const { room, map } = visit(server);
  await settle();
  map.set("a", 1);
  await settle();
  const opens = () => server.channels.filter((channel) => channel.room === NAME).length;
  server.hash(server.channel(NAME), hash(room.doc));
  await settle();
  expect(opens()).toBe(1);
  server.hash(server.channel(NAME), new Uint8Array([1, 2, 3]));
  await settle();
  expect(opens()).toBe(2);
  expect(room.status.get()).toMatchObject({ link: "online", settled: true });
  server.hash(server.channel(NAME), new Uint8Array([1, 2, 3]));
  await settle();
  expect(opens()).toBe(2);
});

test("[SES-12] an unlike hash means nothing while a change is on its way", async () => {
  const server = new FakeServer();
  const { map } = visit(server);
  await settle();
  server.autoAck = false;
  map.set("a", 1);
  await settle();
  server.hash(server.channel(NAME), new Uint8Array([9]));
  await settle();
  expect(server.channels).toHaveLength(1);
});

test("[SES-12] an unlike hash means nothing while what this device kept is on its way", async () => {
  const kept = device();
  const doc = new Y.Doc();
  doc.getMap("annotations").set("a", 1);
  kept.states.set("gloss/me/article/a/layer/me/4", Y.encodeStateAsUpdate(doc));
  const server = new FakeServer();
  server.autoAck = false;
  const { room } = visit(server, kept);
  await settle();
  expect(room.status.get()).toMatchObject({ link: "online", settled: false, changes: 0 });
  server.hash(server.channel(NAME), new Uint8Array([9]));
  await settle();
  expect(server.channels).toHaveLength(1);
});
