import { expect, test } from "vitest";
import * as Y from "yjs";
import { foldInto } from "../../../server/sync/fold.ts";

const VALUES = [
  { id: "m1", tags: ["binding"], note: "förty per cent 👩‍🚀 ".repeat(12), at: 1_700_000_000_000, share: 0.1 },
  { deep: [[{ list: [null, undefined, true, false, -7, 2 ** 40, 1.5, Number.NaN] }]], pad: "x".repeat(80) },
  "a long string ".repeat(30),
  new Uint8Array(300).fill(7),
  { small: 1 },
  12,
];

function written(): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const map = doc.getMap("annotations");
  for (const [index, value] of VALUES.entries()) map.set(`m${index}`, value);
  map.set("m0", { ...(VALUES[0] as object), note: "written over ".repeat(20) });
  map.delete("m3");
  doc.getArray("list").insert(0, [VALUES[0], VALUES[2], VALUES[5], VALUES[1]]);
  return { doc, updates };
}

function folded(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  foldInto(doc, null, updates);
  return doc;
}

test("[SYN-65] values that are read when somebody asks for them are those that were written", () => {
  const { doc, updates } = written();
  const read = folded(updates);
  expect(read.getMap("annotations").toJSON()).toEqual(doc.getMap("annotations").toJSON());
  expect(read.getArray("list").toJSON()).toEqual(doc.getArray("list").toJSON());
  expect(read.getMap("annotations").get("m0")).toBe(read.getMap("annotations").get("m0"));
});

test("[SYN-65] unread values are written on as they came, whole or from a clock on, in both encodings", () => {
  const { doc, updates } = written();
  const state = Y.encodeStateAsUpdate(doc);
  const unread = folded([state]);
  expect(Y.encodeStateAsUpdate(unread)).toEqual(state);
  // A clock inside an item of several values.
  for (let clock = 0; clock < Y.getState(doc.store, doc.clientID); clock += 1) {
    const vector = Y.encodeStateVector(new Map([[doc.clientID, clock]]));
    expect(Y.encodeStateAsUpdate(folded(updates), vector)).toEqual(Y.encodeStateAsUpdate(doc, vector));
  }
  const copy = new Y.Doc();
  Y.applyUpdateV2(copy, Y.encodeStateAsUpdateV2(folded([state])));
  expect(copy.getMap("annotations").toJSON()).toEqual(doc.getMap("annotations").toJSON());
});

test("[SYN-65] unread values can be written over, deleted and cut apart", () => {
  const { doc, updates } = written();
  const unread = folded(updates);
  for (const one of [doc, unread]) {
    one.clientID = 99;
    one.getMap("annotations").set("m1", "new");
    one.getMap("annotations").delete("m2");
    one.getArray("list").delete(1, 1);
    one.getArray("list").insert(2, ["between"]);
  }
  expect(Y.encodeStateAsUpdate(unread)).toEqual(Y.encodeStateAsUpdate(doc));
  expect(unread.getArray("list").toJSON()).toEqual(doc.getArray("list").toJSON());
});

test("[SYN-65] nothing is made of a value while nobody reads it", () => {
  const author = new Y.Doc();
  author.getMap("annotations").set("large", "a value of which there are many ".repeat(10));
  const state = Y.encodeStateAsUpdate(author);
  // No text decoder takes this byte, so it stands where one would be noticed.
  state[state.length - 20] = 0xff;
  const unread = folded([state]);
  expect(Y.encodeStateAsUpdate(unread)).toEqual(state);
  expect(() => unread.getMap("annotations").get("large")).toThrow();
});

test("[SYN-65] updates that rest on others that are not there, or are cut short, make no document", () => {
  const { updates } = written();
  expect(() => folded(updates.slice(1))).toThrow();
  const [first = new Uint8Array()] = updates;
  expect(() => folded([first.slice(0, 60)])).toThrow();
});
