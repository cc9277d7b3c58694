import { expect, test } from "vitest";
import * as Y from "yjs";
import { SEED_CLIENT } from "#shared/doc/seed.ts";
import { MemoryDisk } from "../../../server/store/memory/log.ts";
import { SERVER_CLIENT } from "../../../server/sync/server-client.ts";
import { layer, REVIEW, TEXT } from "./server.ts";
import { Gate, mark, turns, World } from "./world.ts";

const LAYER = layer("ann");

function content(words: string, client = SEED_CLIENT): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment("prosemirror").insert(0, [paragraph]);
  return Y.encodeStateAsUpdate(doc);
}

function wordsOf(doc: Y.Doc): string {
  return doc.getXmlFragment("prosemirror").toJSON();
}

test("[SYN-20] an empty room is seeded once, as its first entry", async () => {
  const world = new World();
  expect(await world.hub.seed(TEXT, content("once"))).toBe(true);
  expect(await world.hub.seed(TEXT, content("twice"))).toBe(false);
  const [first] = await world.log.history(TEXT, 0, 10);
  expect([first?.seq, first?.user]).toEqual([1, "server"]);
  const ann = await world.join(TEXT, "ann", "viewer");
  expect(wordsOf(ann.doc)).toBe("<paragraph>once</paragraph>");
});

test("[SYN-20] of two processes that seed a room at once, one does and both show what it wrote", async () => {
  const disk = new MemoryDisk();
  const worlds = [new World({ disk }), new World({ disk })];
  const gate = new Gate();
  for (const world of worlds) world.log.hooks = { beforeCommit: () => gate.opened };
  const seeding = worlds.map((world, at) => world.hub.seed(TEXT, content(at === 0 ? "here" : "and there")));
  await turns(3);
  gate.open();
  const done = await Promise.all(seeding);
  expect(done.filter(Boolean).length).toBe(1);
  expect(worlds.map((world) => world.hub.ready)).toEqual([true, true]);
  const texts = await Promise.all(worlds.map((world) => world.hub.read(TEXT, wordsOf)));
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toBe(done[0] ? "<paragraph>here</paragraph>" : "<paragraph>and there</paragraph>");
});

test("[SYN-20] nobody may write under a client id of the seed's or the server's", async () => {
  const world = new World();
  await world.hub.seed(TEXT, content("once"));
  for (const client of [0, SEED_CLIENT, SERVER_CLIENT]) {
    const ann = await world.join(TEXT, "ann", "editor");
    ann.doc.clientID = client;
    ann.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("heading")]);
    await world.settle();
    expect(ann.closes).toEqual(["forbidden"]);
  }
});

test("[SYN-21] what the server writes is on disk when it returns, under one client id for all its life", async () => {
  const disk = new MemoryDisk();
  const world = new World({ disk });
  await world.hub.write(REVIEW, null, (doc) => doc.getMap("verdicts").set("a", 1));
  const bob = await world.join(REVIEW, "bob", "viewer");
  await world.hub.write(REVIEW, null, (doc) => doc.getMap("verdicts").set("b", 2));
  expect(bob.doc.getMap("verdicts").toJSON()).toEqual({ a: 1, b: 2 });
  const again = new World({ disk });
  await again.hub.write(REVIEW, null, (doc) => doc.getMap("verdicts").set("c", 3));
  const stored = await again.stored(REVIEW);
  expect([...stored.store.clients.keys()]).toEqual([SERVER_CLIENT]);
  expect(stored.getMap("verdicts").size).toBe(3);
  const { owners } = await again.log.load(REVIEW);
  expect(owners.get(SERVER_CLIENT)).toBe("server");
});

test("[SYN-21] written for somebody in their own layer it is theirs, under one client id, and in nobody else's", async () => {
  const world = new World();
  for (const id of ["m1", "m2", "m3"]) {
    await world.hub.write(LAYER, "ann", (doc) => doc.getMap("annotations").set(id, mark(id)));
  }
  const { owners, tail } = await world.log.load(LAYER);
  expect([...owners.values()]).toEqual(["ann"]);
  expect(tail.every((entry) => entry.user === "ann")).toBe(true);
  await expect(world.hub.write(layer("bob"), "ann", () => undefined)).rejects.toThrow(/own layer/);
  await expect(world.hub.write(TEXT, "ann", () => undefined)).rejects.toThrow(/own layer/);
});

test("[SYN-22] a change that fails half-way leaves nothing, and those around it stand", async () => {
  const world = new World();
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("before", mark("before"));
  const failing = world.hub.write(LAYER, null, (doc) => {
    doc.getMap("annotations").set("half", mark("half"));
    throw new Error("half-way");
  });
  await expect(failing).rejects.toThrow("half-way");
  ann.map.set("after", mark("after"));
  await world.settle();
  await turns(3);
  await world.settle();
  expect(ann.acks.at(-1)).toBe(ann.sent);
  const keys = await world.hub.read(LAYER, (doc) => [...doc.getMap("annotations").keys()].sort());
  expect(keys).toEqual(["after", "before"]);
  expect([...(await world.stored(LAYER)).getMap("annotations").keys()].sort()).toEqual(keys);
});

test("[SYN-22] a change that changes nothing writes nothing", async () => {
  const world = new World();
  await world.hub.write(REVIEW, null, () => undefined);
  expect(await world.log.history(REVIEW, 0, 10)).toEqual([]);
});

test("[SYN-23] who has a text open is known, each once", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  await world.join(TEXT, "ann", "editor");
  await world.join(TEXT, "bob", "viewer");
  await world.join(LAYER, "cy", "viewer");
  expect(world.hub.present("a1").map((person) => person.id)).toEqual(["ann", "bob"]);
  ann.drop();
  expect(world.hub.present("a1").map((person) => person.id)).toEqual(["ann", "bob"]);
  expect(world.hub.present("a2")).toEqual([]);
});

test("[SYN-24] who listens is told of each room and author once it is on disk", async () => {
  const world = new World();
  const heard: string[] = [];
  const stop = world.hub.onCommitted((room, user) => heard.push(`${room} ${user}`));
  const ann = await world.join(LAYER, "ann", "annotator");
  const gate = new Gate();
  world.log.hooks = { beforeCommit: () => gate.opened };
  ann.map.set("m1", mark("m1"));
  await turns(3);
  expect(heard).toEqual([]);
  gate.open();
  await world.settle();
  expect(heard).toEqual([`${LAYER} ann`]);
  stop();
  ann.map.set("m2", mark("m2"));
  await world.settle();
  expect(heard.length).toBe(1);
});

test("[SYN-25] the author of a layer is announced when it first has content, and again if that failed", async () => {
  const world = new World();
  const tell = world.directory.onNewAuthor.bind(world.directory);
  world.directory.onNewAuthor = async () => {
    throw new Error("the roster cannot be written");
  };
  const ann = await world.join(LAYER, "ann", "annotator");
  await world.settle();
  ann.map.set("m1", mark("m1"));
  await world.settle();
  world.directory.onNewAuthor = tell;
  ann.map.set("m2", mark("m2"));
  ann.map.set("m3", mark("m3"));
  await world.settle();
  ann.map.set("m4", mark("m4"));
  await world.settle();
  expect(world.directory.authors).toEqual(["a1 ann"]);
});

test("[SYN-25] an author whose announcement a crash prevented is announced when they come back", async () => {
  const disk = new MemoryDisk();
  const world = new World({ disk });
  const ann = await world.join(LAYER, "ann", "annotator");
  ann.map.set("m1", mark("m1"));
  await world.settle();
  const again = new World({ disk });
  await again.join(LAYER, "bob", "viewer");
  expect(again.directory.authors).toEqual([]);
  await again.join(LAYER, "ann", "annotator", { doc: ann.doc });
  expect(again.directory.authors).toEqual(["a1 ann"]);
});
