import { expect, test } from "vitest";
import { ROLES } from "#shared/model/role.ts";
import { decide, parseAddress } from "../../../server/sync/grant.ts";
import { Directory, layer, principal, REVIEW, TEXT } from "./server.ts";
import { Gate, mark, turns, World } from "./world.ts";

const EDITORS = ["editor", "reviewer", "owner"];

test.each(ROLES)("[SYN-30] what a %s may read and write in each kind of room", async (role) => {
  const directory = new Directory();
  directory.articles.set("old", { archived: true, blind: false, epoch: 1 });
  const ask = async (room: string): Promise<unknown> => {
    const address = parseAddress(room);
    if (!address) throw new Error(`${room} is no address`);
    const grant = await decide(principal("me", role), address, directory);
    return grant.kind === "granted" ? grant.mayWrite : grant.close;
  };
  expect(await ask(TEXT)).toBe(EDITORS.includes(role));
  expect(await ask(layer("me"))).toBe(role !== "viewer");
  expect(await ask(layer("somebody"))).toBe(false);
  expect(await ask(REVIEW)).toBe(false);
  expect(await ask("article/old/text")).toBe(false);
  expect(await ask("article/old/layer/me")).toBe(false);
  expect(await ask("article/none/text")).toBe("not-found");
});

test.each(ROLES)("[BLD-1] which layers a %s opens while the article is blind", async (role) => {
  const directory = new Directory();
  directory.articles.set("a1", { archived: false, blind: true, epoch: 1 });
  const ask = async (room: string): Promise<unknown> => {
    const address = parseAddress(room);
    const grant = address && (await decide(principal("me", role), address, directory));
    return grant?.kind === "granted" ? grant.mayWrite : grant?.close;
  };
  const adjudicates = role === "reviewer" || role === "owner";
  expect(await ask(layer("me"))).toBe(role !== "viewer");
  expect(await ask(layer("somebody"))).toBe(adjudicates ? false : "forbidden");
  expect(await ask(`${layer("somebody")}/review`)).toBe(adjudicates ? false : "forbidden");
  expect(await ask(`${layer("me")}/review`)).toBe(false);
  expect(await ask(TEXT)).toBe(EDITORS.includes(role));
});

test("[BLD-2] blind mode closes the channels of the article, and who may not see a layer is turned away", async () => {
  const world = new World();
  const ann = await world.join(layer("ann"), "ann", "annotator");
  const bob = await world.join(layer("ann"), "bob", "annotator");
  world.directory.articles.set("a1", { archived: false, blind: true, epoch: 1 });
  world.hub.rightsChanged({ article: "a1" });
  expect([ann.closes, bob.closes]).toEqual([["rights-changed"], ["rights-changed"]]);
  const again = await world.join(layer("ann"), "bob", "annotator");
  const own = await world.join(layer("ann"), "ann", "annotator");
  expect([again.closes, own.open]).toEqual([["forbidden"], true]);
});

test("[SYN-30] nobody opens a room without being signed in", async () => {
  const address = parseAddress(TEXT);
  const grant = address && (await decide(null, address, new Directory()));
  expect(grant).toEqual({ kind: "denied", close: "not-signed-in" });
});

test.each([
  ["article/a1/elsewhere"],
  ["article/../text"],
  ["text"],
  [""],
  ["article/a1/layer/"],
  ["article/a1/text?epoch=x"],
])("[SYN-31] %j is no room", async (text) => {
  const world = new World();
  const client = await world.join(text, "ann", "editor");
  expect(client.closes).toEqual(["not-found"]);
});

test("[SYN-32] a copy of another making of the article is turned away for good", async () => {
  const world = new World();
  const right = await world.join(TEXT, "ann", "editor", { query: "&epoch=1" });
  const wrong = await world.join(TEXT, "ann", "editor", { query: "&epoch=2" });
  expect([right.open, wrong.closes]).toEqual([true, ["epoch-mismatch"]]);
});

test("[SYN-33] a change of a person's rights ends their sockets, and nobody else's", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "editor");
  world.hub.rightsChanged({ user: "ann" });
  expect([ann.line.closes, bob.line.closes]).toEqual([["rights-changed"], []]);
  ann.doc.getXmlFragment("prosemirror");
  ann.map.set("late", mark("late"));
  await world.settle();
  expect(await world.log.history(TEXT, 0, 10)).toEqual([]);
});

test("[SYN-33] a revoked credential ends the sockets that rest on it", async () => {
  const world = new World();
  const first = await world.join(TEXT, "ann", "editor", { principal: { credential: "laptop" } });
  const second = await world.join(TEXT, "ann", "editor", { principal: { credential: "phone" } });
  world.hub.rightsChanged({ credential: "phone" });
  expect([first.line.closes, second.line.closes]).toEqual([[], ["rights-changed"]]);
});

test("[SYN-33] a change at an article ends its rooms only", async () => {
  const world = new World();
  world.directory.articles.set("a2", { archived: false, blind: false, epoch: 1 });
  const here = await world.join(TEXT, "ann", "editor");
  const other = await world.join("article/a2/text", "ann", "editor");
  const bob = await world.join(layer("bob"), "bob", "annotator");
  world.hub.rightsChanged({ article: "a1", user: "ann" });
  expect([here.closes, other.closes, bob.closes]).toEqual([["rights-changed"], [], []]);
  world.hub.rightsChanged({ article: "a1" });
  expect([other.closes, bob.closes]).toEqual([[], ["rights-changed"]]);
});

test("[SYN-33] a change that names nothing is a mistake and closes nobody", async () => {
  const world = new World();
  const ann = await world.join(TEXT, "ann", "editor");
  expect(() => world.hub.rightsChanged({})).toThrow(/names nobody/);
  expect(ann.line.closes).toEqual([]);
});

test("[SYN-33] rights that change while a room is being opened are judged as they are then", async () => {
  const world = new World();
  const gate = new Gate();
  world.log.hooks = { beforeLoad: () => gate.opened };
  const opening = world.join(TEXT, "ann", "editor");
  await turns(3);
  world.directory.articles.delete("a1");
  world.hub.rightsChanged({ article: "a1" });
  gate.open();
  expect((await opening).closes).toEqual(["not-found"]);
});

test("[SYN-34] an ended session is closed within a second", async () => {
  const world = new World({ timings: { sweep: 1 } });
  const expiresAt = Date.now() + 20;
  const ann = await world.join(TEXT, "ann", "editor", { principal: { expiresAt } });
  const bob = await world.join(TEXT, "bob", "editor", { principal: { expiresAt: Date.now() + 60_000 } });
  while (ann.line.closes.length === 0) await turns(1);
  expect(ann.line.closes).toEqual(["rights-changed"]);
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  expect(bob.line.closes).toEqual([]);
});
