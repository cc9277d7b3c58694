import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { reviewRecords } from "../../../client/session/review-feed.ts";
import { textPort } from "../../../client/session/text-port.ts";
import { PlacementCache } from "#shared/anchor/placements.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import { settle } from "./fake-server.ts";
import { enroll, layerRoom, leaveAll, REVIEW_ROOM, serve, TEXT_ROOM, visit, type Visit } from "./ground.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  leaveAll();
  vi.useRealTimers();
});

/** Types into the bound document as the editor's binding does. */
function write(visit: Visit, at: number, characters: string): void {
  const binding = textPort(visit.session).binding.get();
  const block = binding?.fragment.get(0) as Y.XmlElement;
  binding?.doc.transact(() => (block.get(0) as Y.XmlText).insert(at, characters), ySyncPluginKey);
}

function textOnServer(server: ReturnType<typeof serve>): string {
  return articleFragment(server.doc(TEXT_ROOM)).toJSON();
}

test("[SES-19] a mark of mine is placed at once and reaches colleagues through my own layer", async () => {
  const server = serve("We will cut emissions.", "Perhaps.");
  const ana = visit(server, "ana", "annotator");
  const ben = visit(server, "ben", "annotator");
  await settle();
  const id = ana.session.createMark([{ from: 4, to: 8 }], ["binding"], { note: "n" });
  const placed = ana.session.markup.get().byKey.get(`ana/${id}`);
  expect(placed).toMatchObject({ mine: true, author: { name: "ANA" } });
  expect(placed?.placement).toMatchObject({ state: "whole", text: "will", pieces: [{ from: 4, to: 8 }] });
  await settle();
  expect(server.doc(layerRoom("ana")).getMap("annotations").size).toBe(1);
  enroll(server, "ana");
  await settle();
  ben.frame();
  expect(ben.session.markup.get().placed).toMatchObject([
    { key: `ana/${id}`, mine: false, author: { name: "ANA" }, placement: { text: "will" } },
  ]);
});

test("[SES-19] nothing is made where no text is covered, without a tag, or by who may not mark", async () => {
  const server = serve("Text.");
  const ana = visit(server, "ana", "annotator");
  const vic = visit(server, "vic", "viewer");
  await settle();
  expect(ana.session.createMark([{ from: 3, to: 3 }], ["binding"])).toBe(null);
  expect(ana.session.createMark([{ from: 1, to: 3 }], [])).toBe(null);
  expect(vic.session.createMark([{ from: 1, to: 3 }], ["binding"])).toBe(null);
  expect(server.docs.has(layerRoom("vic"))).toBe(false);
});

test("[QCK-4] many changes at once are one step; what is gone or covers nothing is left out", async () => {
  const server = serve("We will cut emissions.");
  const { session } = visit(server, "ana", "editor");
  await settle();
  const kept = session.createMark([{ from: 1, to: 3 }], ["actor"]) ?? "";
  const gone = session.createMark([{ from: 4, to: 8 }], ["hedge"]) ?? "";
  const look = () => session.markup.get().placed.map((one) => one.annotation.tags.join("+"));
  const made = session.changeMany({
    create: [
      { ranges: [{ from: 9, to: 12 }], tags: ["binding"] },
      { ranges: [{ from: 9, to: 9 }], tags: ["binding"] },
      { ranges: null, tags: ["conditional"] },
    ],
    change: [
      { id: kept, patch: { tags: ["actor", "source"] } },
      { id: "no-such-mark", patch: { tags: ["source"] } },
    ],
    remove: [gone],
  });
  expect(made).toHaveLength(2);
  expect(look()).toEqual(["conditional", "actor+source", "binding"]);
  session.undo();
  expect(look()).toEqual(["actor", "hedge"]);
  session.redo();
  expect(look()).toEqual(["conditional", "actor+source", "binding"]);
});

test("[SES-19] change, move and delete are one undo step each", async () => {
  const server = serve("We will cut emissions.");
  const { session } = visit(server, "ana", "editor");
  await settle();
  const id = session.createMark([{ from: 4, to: 8 }], ["binding"]) ?? "";
  const look = () => {
    const placed = session.markup.get().byKey.get(`ana/${id}`);
    return placed && `${placed.annotation.tags.join()} ${placed.annotation.note} ${placed.placement.text}`;
  };
  session.changeMark(id, { tags: ["conditional"], note: "why" });
  session.moveMark(id, [{ from: 1, to: 8 }]);
  session.deleteMarks([id]);
  const seen = [look()];
  for (let i = 0; i < 4; i++) {
    session.undo();
    seen.push(look());
  }
  expect(seen).toEqual([
    undefined,
    "conditional why We will",
    "conditional why will",
    "binding  will",
    undefined,
  ]);
  session.redo();
  expect(look()).toBe("binding  will");
});

test("[SES-20] marks follow the text, and those about which nothing changed stay the same objects", async () => {
  const server = serve("We will cut emissions.", "Perhaps we may.");
  const ana = visit(server, "ana", "editor");
  await settle();
  const first = ana.session.createMark([{ from: 4, to: 8 }], ["binding"]);
  const second = ana.session.createMark([{ from: 25, to: 32 }], ["hedge"]);
  const at = (id: string | null) => ana.session.markup.get().byKey.get(`ana/${id}`);
  const [before, beforeSecond] = [at(first), at(second)];
  expect(beforeSecond?.placement.text).toBe("Perhaps");
  write(ana, 15, "all ");
  ana.frame();
  expect(at(first)).toBe(before);
  expect(at(second)).not.toBe(beforeSecond);
  expect(at(second)?.placement).toMatchObject({ text: "Perhaps", pieces: [{ from: 29, to: 36 }] });
  write(ana, 5, "s");
  ana.frame();
  expect(at(first)?.placement).toMatchObject({ state: "edited", text: "wisll" });
});

test("[SES-20] a mark that says something else is changed alone, also when another goes or comes with it", async () => {
  const server = serve("We will cut emissions.", "Perhaps we may.");
  const ana = visit(server, "ana", "editor");
  await settle();
  const [first, second, third] = [
    [4, 8],
    [9, 12],
    [25, 32],
  ].map(([from = 0, to = 0]) => ana.session.createMark([{ from, to }], ["binding"]) ?? "");
  const keys = () => ana.session.markup.get().placed.map(({ key }) => key);
  const at = (id = "") => ana.session.markup.get().byKey.get(`ana/${id}`);
  const [before, beforeSecond, order] = [at(first), at(second), keys()];
  const looked = vi.spyOn(PlacementCache.prototype, "get");
  ana.session.changeMark(second ?? "", { tags: ["binding", "actor"] });
  expect(looked).not.toHaveBeenCalled();
  looked.mockRestore();
  expect(at(second)).toMatchObject({ annotation: { tags: ["binding", "actor"] } });
  expect(at(second)?.placement).toBe(beforeSecond?.placement);
  expect([at(first), keys()]).toEqual([before, order]);
  expect(at(first)).toBe(before);
  expect(ana.session.markup.get().placed[1]).toBe(at(second));
  ana.session.changeMany({
    change: [{ id: first ?? "", patch: { note: "n" } }],
    remove: [second ?? ""],
    create: [{ ranges: [{ from: 13, to: 22 }], tags: ["hedge"] }],
  });
  expect(at(first)).toMatchObject({ annotation: { note: "n" }, placement: { text: "will" } });
  expect(ana.session.markup.get().placed.map(({ placement }) => placement.text)).toEqual([
    "will",
    "emissions",
    "Perhaps",
  ]);
  write(ana, 0, "So ");
  ana.session.changeMark(third ?? "", { note: "also" });
  expect(at(third)).toMatchObject({
    annotation: { note: "also" },
    placement: { pieces: [{ from: 28, to: 35 }] },
  });
});

test("[EDS-1] my own acts find my marks where they are, however soon after a key", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "editor");
  await settle();
  const id = ana.session.createMark([{ from: 4, to: 8 }], ["binding"]);
  write(ana, 0, "So ");
  expect(ana.session.findMine(7, 11)?.annotation.id).toBe(id);
});

test("[SES-20] findMine finds a mark of mine on exactly these characters", async () => {
  const server = serve("We will cut emissions.");
  const { session } = visit(server, "ana", "annotator");
  await settle();
  const id = session.createMark([{ from: 4, to: 8 }], ["binding"]);
  expect(session.findMine(4, 8)?.annotation.id).toBe(id);
  expect(session.findMine(8, 4)?.annotation.id).toBe(id);
  expect(session.findMine(4, 9)).toBe(null);
});

test("[SES-21] what a reader's editor does to its document never leaves it", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "annotator");
  await settle();
  const before = textOnServer(server);
  write(ana, 0, "forged ");
  await settle();
  expect(textOnServer(server)).toBe(before);
  expect(server.channel(TEXT_ROOM).frames).toBe(0);
  articleFragment(server.doc(TEXT_ROOM)).delete(0, 1);
  await settle();
  expect(textPort(ana.session).binding.get()?.fragment.length).toBe(0);
});

test("[SES-22] rights that change take effect without a reload, in both directions", async () => {
  const server = serve("Text here.");
  const ana = visit(server, "ana", "annotator");
  await settle();
  expect(ana.session.canEditText.get()).toBe(false);
  const judgedAs = async (role: Visit["role"]) => {
    ana.role = role;
    for (const channel of server.channels.filter(({ open }) => open))
      server.close(channel, 4205, "rights-changed");
    await settle();
    await vi.advanceTimersByTimeAsync(100);
  };
  await judgedAs("editor");
  expect(ana.session.canEditText.get()).toBe(true);
  expect(ana.session.me.role).toBe("editor");
  write(ana, 0, "New ");
  await settle();
  expect(textOnServer(server)).toContain("New Text here.");
  await judgedAs("viewer");
  expect([ana.session.canEditText.get(), ana.session.canAnnotate.get()]).toEqual([false, false]);
  expect(ana.session.save.get().kind).toBe("read-only");
  expect(textPort(ana.session).binding.get()?.writable).toBe(false);
});

test("[SES-22] an article that is archived can be read only, and live again when restored", async () => {
  const server = serve("Text here.");
  const { session } = visit(server, "ana", "editor");
  await settle();
  const facts = server.doc(REVIEW_ROOM).getMap("article");
  facts.set("archived", true);
  await settle();
  expect(session.meta.get().archived).toBe(true);
  expect(session.save.get()).toMatchObject({ kind: "read-only" });
  expect(session.createMark([{ from: 1, to: 4 }], ["binding"])).toBe(null);
  facts.set("archived", false);
  await settle();
  expect(session.canEditText.get()).toBe(true);
});

test("[SES-23] refused changes become a recovery copy and the text starts anew from the server", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "editor");
  await settle();
  const { binding } = textPort(ana.session);
  const poisoned = binding.get();
  server.autoAck = false;
  const keep = Y.encodeStateAsUpdate(server.doc(TEXT_ROOM));
  write(ana, 0, "Lost: ");
  await settle();
  const clean = new Y.Doc();
  Y.applyUpdate(clean, keep);
  const refused = server.channel(TEXT_ROOM);
  server.docs.set(TEXT_ROOM, clean);
  server.autoAck = true;
  server.refuse(refused, "invalid-content", "That is not allowed.");
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ana.session.recoveries.get()).toMatchObject([
    {
      room: "text",
      code: "invalid-content",
      sentence: "That is not allowed.",
      text: "Lost: We will cut emissions.",
    },
  ]);
  expect(binding.get()).not.toBe(poisoned);
  expect(binding.get()?.fragment.toJSON()).toBe("<paragraph>We will cut emissions.</paragraph>");
  expect(ana.session.save.get()).toEqual({ kind: "saved" });
  write(ana, 0, "Again. ");
  await settle();
  expect(articleFragment(clean).toJSON()).toContain("Again. We will");
});

test("[SES-23] a room that is refused again and again is given up with its sentence", async () => {
  const server = serve("Text.");
  server.judge = (room) => (room === TEXT_ROOM ? 4422 : null);
  const { session } = visit(server, "ana", "editor");
  await settle();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(server.channels.filter(({ room }) => room === TEXT_ROOM).length).toBeLessThan(6);
  expect(session.save.get()).toMatchObject({ kind: "refused", code: "refused-update" });
});

test("[SES-23] an article that was made anew is read anew, and what the old one held alone is kept", async () => {
  const server = serve("Old text.");
  enroll(server, "ben");
  const ana = visit(server, "ana", "editor");
  await settle();
  server.autoAck = false;
  write(ana, 0, "Mine: ");
  await settle();
  const anew = serve("New text.");
  server.docs.set(TEXT_ROOM, anew.doc(TEXT_ROOM));
  for (const room of [REVIEW_ROOM, layerRoom("ana"), layerRoom("ben")]) server.docs.delete(room);
  enroll(server, "cleo");
  server.autoAck = true;
  ana.epoch = 2;
  for (const channel of server.channels.filter(({ open }) => open))
    server.close(channel, 4409, "epoch-mismatch");
  await settle();
  await vi.advanceTimersByTimeAsync(2_000);
  const open = server.channels.filter((channel) => channel.open);
  expect(open.every(({ address }) => address.endsWith("epoch=2"))).toBe(true);
  expect(open.map(({ room }) => room)).toContain(layerRoom("cleo"));
  expect(textPort(ana.session).binding.get()?.fragment.toJSON()).toBe("<paragraph>New text.</paragraph>");
  expect(ana.session.recoveries.get().map(({ text }) => text)).toEqual(["Mine: Old text."]);
});

test("[SES-24] people are those the server names, with their carets in the text; quiet ones have none", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "annotator");
  const ben = visit(server, "ben", "annotator");
  await settle();
  textPort(ben.session).presence.setCursor({ anchor: 4, head: 8 });
  await vi.advanceTimersByTimeAsync(200);
  server.stampPresence(TEXT_ROOM, { id: "ben", name: "Ben", color: "#00ff00" });
  await settle();
  ana.frame();
  const benSeen = () => ana.session.people.get().find(({ self }) => !self);
  expect(benSeen()).toMatchObject({ id: "ben", name: "Ben", anchor: 4, head: 8, quiet: false });
  ben.session.setQuiet(true);
  await settle();
  server.stampPresence(TEXT_ROOM, { id: "ben", name: "Ben", color: "#00ff00" });
  await settle();
  ana.frame();
  expect(benSeen()).toMatchObject({ anchor: null, head: null, quiet: true });
});

test("[SES-25] leaving closes every room and the socket", async () => {
  const server = serve("Text.");
  enroll(server, "ben", "cleo");
  const { session } = visit(server, "ana", "annotator");
  await settle();
  expect(new Set(server.channels.filter(({ open }) => open).map(({ room }) => room))).toEqual(
    new Set([TEXT_ROOM, REVIEW_ROOM, layerRoom("ana"), layerRoom("ben"), layerRoom("cleo")]),
  );
  session.dispose();
  await settle();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.channels.some(({ open }) => open)).toBe(false);
  expect(server.wires[0]?.closed).toBe(true);
});

test("[BLD-4] when an article becomes blind, others' marks leave the screen; they are back with the reveal", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "annotator");
  const rev = visit(server, "rev", "reviewer");
  const ben = visit(server, "ben", "annotator");
  await settle();
  ana.session.createMark([{ from: 4, to: 8 }], ["binding"]);
  ben.session.createMark([{ from: 9, to: 12 }], ["hedge"]);
  enroll(server, "ana", "ben");
  await settle();
  const seen = (one: Visit) => {
    one.frame();
    return one.session.markup.get().placed.map(({ author }) => author.id);
  };
  expect([seen(ben), seen(rev)]).toEqual([
    ["ana", "ben"],
    ["ana", "ben"],
  ]);
  server.doc(REVIEW_ROOM).getMap("article").set("blind", true);
  await settle();
  expect([seen(ana), seen(ben), seen(rev)]).toEqual([["ana"], ["ben"], ["ana", "ben"]]);
  rev.role = "annotator";
  server.doc(REVIEW_ROOM).getMap("article").set("blind", false);
  await settle();
  expect([seen(ana), seen(ben)]).toEqual([
    ["ana", "ben"],
    ["ana", "ben"],
  ]);
});

test("[BLD-3] while an article is blind, what is said about layers is read from their own rooms", async () => {
  const server = serve("We will cut emissions.");
  const ana = visit(server, "ana", "annotator");
  const rev = visit(server, "rev", "reviewer");
  enroll(server, "ana", "ben");
  server.doc(REVIEW_ROOM).getMap("article").set("blind", true);
  for (const user of ["ana", "ben"]) {
    server
      .doc(`${layerRoom(user)}/review`)
      .getMap("people")
      .set(user, { name: user, color: "#000000" });
  }
  await settle();
  const heard = (one: Visit) => [...reviewRecords(one.session).get().people.keys()].toSorted();
  expect([heard(ana), heard(rev)]).toEqual([["ana"], ["ana", "ben"]]);
  server.doc(REVIEW_ROOM).getMap("article").set("blind", false);
  await settle();
  expect([heard(ana), heard(rev)]).toEqual([[], []]);
});
