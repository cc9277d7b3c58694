import { expect, test } from "vitest";
import * as Y from "yjs";
import { checkUpdate, type Verdict } from "../../../server/sync/guard/guard.ts";
import { GUARD_LIMITS } from "../../../server/sync/guard/limits.ts";
import { raw, rawUpdate } from "../../attack/raw.ts";
import { CLIENT, ID, NEXT, world, type World } from "../../attack/world.ts";

type Accepted = Extract<Verdict, { kind: "accept" }>;

function accepted(verdict: Verdict): Accepted {
  if (verdict.kind !== "accept") throw new Error(`not accepted: ${JSON.stringify(verdict)}`);
  return verdict;
}

/** A client of Mallory's with all that the room holds. */
function peer({ doc }: World, client: number = CLIENT.mallory): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = client;
  return copy;
}

function paragraph(doc: Y.Doc, index: number): Y.XmlText {
  const block = doc.getXmlFragment("prosemirror").get(index);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error("no paragraph there");
  return text;
}

function changes(doc: Y.Doc, change: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  const updates: Uint8Array[] = [];
  doc.once("update", (update: Uint8Array) => updates.push(update));
  doc.transact(change);
  return updates[0] ?? Y.encodeStateAsUpdate(doc, before);
}

test("[GRD-6] an honest change is applied as it came, with the clocks it adds", () => {
  const room = world("text");
  const mallory = peer(room);
  const update = changes(mallory, () => paragraph(mallory, 0).insert(8, "all "));
  const verdict = accepted(checkUpdate(update, room.context));
  expect(verdict.update).toBe(update);
  expect(verdict.ranges).toEqual([{ client: CLIENT.mallory, from: NEXT.text, to: NEXT.text + 4 }]);
  expect(verdict.binds).toEqual([]);
  expect(verdict.empty).toBe(false);
  Y.applyUpdate(room.doc, verdict.update);
  expect(paragraph(room.doc, 0).toString()).toBe("Parties all shall report.");
});

test("[GRD-6] what is known already is accepted and empty", () => {
  const room = world("text");
  const verdict = accepted(checkUpdate(Y.encodeStateAsUpdate(peer(room)), room.context));
  expect(verdict).toMatchObject({ empty: true, ranges: [], binds: [] });
  const again = accepted(checkUpdate(new Uint8Array([0, 0]), room.context));
  expect(again.empty).toBe(true);
});

test("[GRD-6] a deletion alone is not empty, and is empty the second time", () => {
  const room = world("text");
  const mallory = peer(room);
  const update = changes(mallory, () => paragraph(mallory, 0).delete(0, 3));
  const verdict = accepted(checkUpdate(update, room.context));
  expect(verdict).toMatchObject({ empty: false, ranges: [] });
  Y.applyUpdate(room.doc, verdict.update);
  expect(accepted(checkUpdate(update, room.context)).empty).toBe(true);
});

test("[GRD-7] what is half known is cut to what is new", () => {
  const room = world("text");
  const mallory = peer(room);
  Y.applyUpdate(
    room.doc,
    changes(mallory, () => paragraph(mallory, 2).insert(5, "one")),
  );
  mallory.transact(() => paragraph(mallory, 2).insert(8, " two"));
  const verdict = accepted(checkUpdate(Y.encodeStateAsUpdate(mallory), room.context));
  expect(verdict.ranges).toEqual([{ client: CLIENT.mallory, from: NEXT.text + 3, to: NEXT.text + 7 }]);
  Y.applyUpdate(room.doc, verdict.update);
  expect(paragraph(room.doc, 2).toString()).toBe("Malloone twory wrote this. And this.");
});

test("[GRD-7] a claim about known text does not move what follows it", () => {
  const room = world("text");
  const known = 4;
  const lie = rawUpdate({
    blocks: [
      {
        client: CLIENT.mallory,
        clock: NEXT.text - known,
        structs: [{ content: raw.text("????!!"), origin: ID.character(CLIENT.ada, 3) }],
      },
    ],
  });
  const verdict = accepted(checkUpdate(lie, room.context));
  Y.applyUpdate(room.doc, verdict.update);
  expect(paragraph(room.doc, 1).toString()).toBe("Ada wrote this.");
  expect(paragraph(room.doc, 2).toString()).toBe("Mallory wrote this. And this.!!");
});

test("[GRD-8] a client id is bound by its first change, also where others have announced theirs", () => {
  const room = world("text");
  const mallory = peer(room, CLIENT.fresh);
  const update = changes(mallory, () => paragraph(mallory, 0).insert(0, "x"));
  expect(accepted(checkUpdate(update, room.context)).binds).toEqual([CLIENT.fresh]);
  room.owners.reserve(CLIENT.fresh, "mallory", "connection of mallory");
  expect(accepted(checkUpdate(update, room.context)).binds).toEqual([CLIENT.fresh]);
  const ada = { ...room.context, user: "ada" };
  expect(checkUpdate(update, ada)).toMatchObject({ kind: "refuse", code: "reserved-client" });
});

test("[GRD-8] the server's own client id is nobody's, even when it wrote for the sender", () => {
  const room = world("text");
  room.owners.bind(CLIENT.server, "mallory");
  const mallory = peer(room, CLIENT.server);
  const update = changes(mallory, () => paragraph(mallory, 0).insert(0, "x"));
  expect(checkUpdate(update, room.context)).toMatchObject({ code: "unowned-client" });
});

test("[GRD-8] a user cannot own more client ids than the limit", () => {
  const room = world("text", { ...GUARD_LIMITS, clientsPerUser: 2 });
  const by = (...clients: readonly number[]): Uint8Array =>
    rawUpdate({ blocks: clients.map((client) => ({ client, clock: 0, structs: [{ content: raw.gc(1) }] })) });
  expect(checkUpdate(by(CLIENT.fresh), room.context).kind).toBe("accept");
  expect(checkUpdate(by(CLIENT.fresh, CLIENT.fresher), room.context)).toMatchObject({ code: "too-complex" });
});

test("[GRD-9] what rests on something unknown is asked for, and accepted whole", () => {
  const room = world("text");
  const mallory = peer(room);
  changes(mallory, () => paragraph(mallory, 0).insert(0, "first "));
  const second = changes(mallory, () => paragraph(mallory, 0).insert(6, "second "));
  expect(checkUpdate(second, room.context)).toEqual({ kind: "missing" });
  const answer = Y.encodeStateAsUpdate(mallory, Y.encodeStateVector(room.doc));
  const verdict = accepted(checkUpdate(answer, room.context));
  Y.applyUpdate(room.doc, verdict.update);
  expect(paragraph(room.doc, 0).toString()).toBe("first second Parties shall report.");
});

test("[GRD-9] several clients of one user may refer to each other in one update", () => {
  const room = world("text");
  const here = peer(room, CLIENT.fresh);
  const there = peer(room, CLIENT.fresher);
  for (const [doc, other, word] of [
    [here, there, "a"],
    [there, here, "b"],
    [here, there, "c"],
    [there, here, "d"],
  ] as const) {
    doc.transact(() => paragraph(doc, 0).insert(paragraph(doc, 0).length, word));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  }
  const verdict = accepted(checkUpdate(Y.encodeStateAsUpdate(here), room.context));
  Y.applyUpdate(room.doc, verdict.update);
  expect(paragraph(room.doc, 0).toString()).toBe("Parties shall report.abcd");
});

test("[GRD-10] a reader's own tidying of marks is emptied, not punished", () => {
  const room = world("text");
  const reader = peer(room, CLIENT.fresh);
  const [one, two] = [peer(room, CLIENT.ada), peer(room, CLIENT.mallory)];
  const marks = [one, two].map((doc) => changes(doc, () => paragraph(doc, 0).format(0, 7, { em: {} })));
  const tidying: Uint8Array[] = [];
  reader.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "server") tidying.push(update);
  });
  for (const update of marks) {
    Y.applyUpdate(reader, update, "server");
    Y.applyUpdate(room.doc, update);
  }
  const context = { ...room.context, user: "reader", readOnly: true };
  // The server tidies as well, so the marks are put back to be judged.
  const untidy = new Y.Doc({ gc: false });
  Y.applyUpdate(untidy, Y.mergeUpdates([Y.encodeStateAsUpdate(world("text").doc), ...marks]));
  expect(tidying.length).toBeGreaterThan(0);
  for (const update of tidying) {
    expect(checkUpdate(update, context)).toMatchObject({ kind: "accept", empty: true });
    expect(checkUpdate(update, { ...context, doc: untidy })).toMatchObject({ kind: "accept", empty: true });
  }
});

test("[GRD-10] a reader who sends what the room has is not refused", () => {
  const room = world("text");
  const context = { ...room.context, user: "reader", readOnly: true };
  expect(checkUpdate(Y.encodeStateAsUpdate(peer(room)), context)).toMatchObject({
    kind: "accept",
    empty: true,
  });
});
