import { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Range } from "#shared/model/annotation.ts";
import { commands, Peer, sync } from "./peer.ts";

const TEXT = "We will cut emissions by half.";

function article(...paragraphs: string[]): Peer {
  const peer = new Peer(1_000_000_001);
  const content = paragraphs.map((text) => ({
    type: "paragraph",
    content: text === "" ? [] : [{ type: "text", text }],
  }));
  peer.fill(Node.fromJSON(schema, { type: "doc", content }));
  return peer;
}

const joinAs = (clientID: number, peer: Peer): Peer => new Peer(clientID, Y.encodeStateAsUpdate(peer.doc));

function annotate(peer: Peer, words: string): Range {
  const { from, to } = peer.find(words);
  const captured = peer.index.capture(from, to);
  if (!captured) throw new Error("no such words");
  return { ...captured, sv: "then" };
}

const records = (peer: Peer): number => peer.doc.getArray("redirects").length;

function place(peer: Peer, range: Range) {
  const { state, text, pieces } = peer.index.place([range], () => null);
  return { state, text, start: pieces[0]?.start };
}

test("[ANC-24] typing, deleting and marking up write no record; what re-creates text writes one", () => {
  const me = article(TEXT);
  me.insert(3, "all");
  me.delete(me.find("emissions"));
  me.on(me.find("half"), commands.bold);
  expect(records(me)).toBe(0);
  me.split(me.find("by").from);
  expect(records(me)).toBe(1);
  me.undo();
  expect(records(me)).toBe(2);
});

test("[ANC-24] a record is out of reach of undo and follows its change at once", () => {
  const me = article(TEXT);
  const origins: unknown[] = [];
  me.doc.on("update", (_update: Uint8Array, origin: unknown) => origins.push(origin));
  me.split(me.find("cut").from);
  expect(origins).toHaveLength(2);
  expect(origins[1]).toBe("redirects");
  const before = me.doc.getArray<Uint8Array>("redirects").toArray();
  me.undo();
  me.undo();
  expect(me.doc.getArray<Uint8Array>("redirects").toArray().slice(0, 1)).toEqual(before);
});

test("[ANC-24] somebody else's edits are not recorded again", () => {
  const me = article(TEXT);
  const other = joinAs(1_000_000_002, me);
  me.split(me.find("cut").from);
  sync([me, other]);
  expect([records(me), records(other)]).toEqual([1, 1]);
});

test("[ANC-25] texts that the binding joins when two people fill one empty paragraph keep their anchors", () => {
  const me = article("", TEXT);
  const other = joinAs(1_000_000_002, me);
  me.insert(1, "mine here");
  other.insert(1, "theirs there");
  const [mine, theirs] = [annotate(me, "mine"), annotate(other, "there")];
  sync([me, other]);
  expect(me.text).toBe(other.text);
  expect(records(me) + records(other)).toBeGreaterThan(0);
  for (const peer of [me, other]) {
    expect(place(peer, mine)).toMatchObject({ state: "whole", text: "mine" });
    expect(place(peer, theirs)).toMatchObject({ state: "whole", text: "there" });
  }
});

/** Two people press Enter in one paragraph at the same moment, so its end stands there twice. */
function doubledArticle(): { me: Peer; other: Peer; range: Range } {
  const me = article(TEXT, "Money follows.");
  const other = joinAs(1_000_000_002, me);
  const range = annotate(me, "emissions by half");
  me.split(me.find("cut").from);
  other.split(other.find("cut").from);
  sync([me, other]);
  expect(me.text.split("emissions by half")).toHaveLength(3);
  return { me, other, range };
}

test("[ANC-26] text that concurrent edits have doubled has its anchors on one copy, the same for all readers", () => {
  const { me, other, range } = doubledArticle();
  expect(place(me, range)).toMatchObject({ state: "whole", text: "emissions by half" });
  expect(place(other, range)).toEqual(place(me, range));
  me.delete(me.find("emissions by half"));
  sync([me, other]);
  expect(place(me, range)).toMatchObject({ state: "whole", text: "emissions by half" });
  expect(place(other, range)).toEqual(place(me, range));
});

test("[ANC-26] a doubled copy that is cut and pasted is still a copy of the same text", () => {
  const { me, range } = doubledArticle();
  me.cut(me.find("emissions by half"));
  me.paste(me.find("Money").from);
  const left = me.find("emissions by half");
  me.delete(left);
  expect(me.text.split("emissions by half")).toHaveLength(2);
  expect(place(me, range)).toMatchObject({ state: "whole", text: "emissions by half" });
});

test("[ANC-27] a cut that is undone and then pasted leaves its anchors where they were", () => {
  const me = article(TEXT, "Money follows.");
  const range = annotate(me, "cut emissions");
  me.cut(me.find("cut emissions"));
  me.undo();
  me.paste(me.find("Money").from);
  expect(me.text.split("cut emissions")).toHaveLength(3);
  expect(place(me, range)).toEqual({ state: "whole", text: "cut emissions", start: 8 });
  me.delete(me.find("cut emissions"));
  expect(place(me, range).state).toBe("detached");
});

test("[ANC-27] equal words stay apart when paragraphs that both hold them change places", () => {
  const paragraphs = ["Aims: we will cut emissions.", "We will cut emissions too, they say.", "End."];
  const me = article(...paragraphs);
  const second = me.text.lastIndexOf("cut emissions");
  const captured = me.index.captureText(second, second + 13);
  if (!captured) throw new Error("no such words");
  const range: Range = { ...captured, sv: "then" };
  me.moveBlock(0, 1);
  expect(place(me, range)).toEqual({ state: "whole", text: "cut emissions", start: 8 });
  me.moveBlock(0, 2);
  expect(place(me, range).start).toBe(me.text.lastIndexOf("cut emissions"));
  expect(place(me, range).state).toBe("whole");
});

test("[ANC-27] edits before and after somebody else's change are not confused", () => {
  const me = article(TEXT, "Money follows.");
  const other = joinAs(1_000_000_002, me);
  const range = annotate(me, "emissions by half");
  const vector = currentVector(me.doc);
  me.insert(1, "Soon ");
  other.insert(1, "Perhaps very very soon ");
  sync([me, other]);
  me.split(me.find("cut").from);
  other.split(other.find("follows").from);
  sync([me, other]);
  me.join(me.find("cut").from);
  sync([me, other]);
  for (const peer of [me, other]) {
    const placement = peer.index.place([range], () => vector);
    expect(placement).toMatchObject({ state: "whole", text: "emissions by half" });
  }
});

test("[ANC-27] many paragraphs dragged at once keep their anchors, changed edges and all", () => {
  const long = Array.from({ length: 40 }, (_, i) =>
    `Paragraph ${i} says that measure ${i * 7} is binding. `.repeat(4),
  );
  const me = article(...long);
  const words = "Paragraph 17 says that measure 119";
  const range = annotate(me, words);
  me.drag(
    { from: me.find("measure 35 is").from, to: me.find("Paragraph 30").from + 5 },
    me.find("Paragraph 2 ").from,
  );
  expect(place(me, range)).toMatchObject({ state: "whole", text: words });
});
