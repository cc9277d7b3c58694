import { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { type ProsemirrorBinding, ySyncPluginKey, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "#shared/doc/schema.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import { Alphabet } from "./alphabet.ts";
import { Chance } from "./chance.ts";
import { edit } from "./edits.ts";
import { Network } from "./network.ts";
import { commands, Peer } from "./peer.ts";

const words = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });

function article(...paragraphs: string[]): Peer {
  const peer = new Peer(1_000_000_001);
  peer.fill(Node.fromJSON(schema, { type: "doc", content: paragraphs.map(words) }));
  return peer;
}

/** A document without the marks of line breaks, which the binding does not store. */
function storable(node: Node): unknown {
  return JSON.parse(JSON.stringify(node.toJSON()), (_key, value: { type?: string; marks?: unknown }) => {
    if (value?.type === "hard_break") delete value.marks;
    return value;
  });
}

function bindingOf(peer: Peer): ProsemirrorBinding {
  const state: { binding: ProsemirrorBinding } = ySyncPluginKey.getState(peer.view.state);
  return state.binding;
}

/** What the binding believes of every element must have the element's size: positions are counted by it. */
function expectSizes(peer: Peer): void {
  const { mapping } = bindingOf(peer);
  const check = (type: Y.XmlFragment): number => {
    let size = 0;
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText) size += child.length;
      if (!(child instanceof Y.XmlElement)) continue;
      const leaf = schema.nodes[child.nodeName]?.isLeaf === true;
      const inside = check(child);
      const node = mapping.get(child);
      expect(node instanceof Node && node.nodeSize).toBe(leaf ? 1 : inside + 2);
      size += leaf ? 1 : inside + 2;
    }
    return size;
  };
  check(articleFragment(peer.doc));
}

function expectStored(peer: Peer): void {
  const stored = yXmlFragmentToProseMirrorRootNode(articleFragment(peer.doc), schema);
  expect(storable(stored)).toEqual(storable(peer.article));
  expectSizes(peer);
}

test("[ANC-31] after every edit the document holds what the editor shows", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const chance = new Chance(seed);
    const alphabet = new Alphabet();
    const me = article(alphabet.text(80, chance), alphabet.text(60, chance), alphabet.text(60, chance));
    const other = new Peer(1_000_000_002, Y.encodeStateAsUpdate(me.doc));
    const network = new Network();
    for (const peer of [me, other]) network.join(peer);
    for (let i = 0; i < 60; i++) {
      const peer = chance.pick(network.peers);
      edit(peer, { chance, alphabet, undo: true });
      expectStored(peer);
      if (chance.happens(0.3)) {
        network.deliverAll();
        expect(other.text).toBe(me.text);
        for (const each of network.peers) expectSizes(each);
      }
    }
  }
});

test("[ANC-32] undo amid somebody else's edits never makes documents differ", () => {
  // Runs in which Yjs alone puts what undo brings back at different places for different readers.
  for (const seed of [10, 201, 443, 449, 503, 505, 718, 891, 935, 1122]) {
    const chance = new Chance(seed);
    const alphabet = new Alphabet();
    const me = article(alphabet.text(80, chance), alphabet.text(60, chance), alphabet.text(60, chance));
    const other = new Peer(1_000_000_002, Y.encodeStateAsUpdate(me.doc));
    const network = new Network();
    for (const peer of [me, other]) network.join(peer);
    for (let i = 0; i < 60; i++) {
      edit(chance.pick(network.peers), { chance, alphabet, undo: true });
      if (!chance.happens(0.3)) continue;
      network.deliverAll();
      const reader = new Y.Doc();
      Y.applyUpdate(reader, Y.encodeStateAsUpdate(me.doc));
      const texts = [me.doc, other.doc, reader].map((doc) => articleFragment(doc).toJSON());
      expect(new Set(texts).size, `seed ${seed}, edit ${i}`).toBe(1);
    }
  }
});

test("[ANC-31] text typed into bold text, over a selection and at its edges keeps its marks", () => {
  for (const [words, typed] of [
    ["ut", "x"],
    ["cut", "cutt"],
    ["will cut", "shall"],
    ["cut emissions", "cut costs"],
  ] as const) {
    const me = article("We will cut emissions by half.");
    me.on(me.find("cut"), commands.bold);
    const { from, to } = me.find(words);
    me.view.dispatch(me.view.state.tr.insertText(typed, from, to));
    expectStored(me);
    for (const at of [from, from + 1, from + typed.length]) {
      me.insert(at, "y");
      expectStored(me);
    }
  }
});

test("[ANC-31] a paragraph that is emptied and filled again is stored so", () => {
  const me = article("We will cut emissions by half.", "Soon.");
  me.delete({ from: 1, to: 1 + me.article.child(0).content.size });
  expectStored(me);
  me.insert(1, "again");
  expectStored(me);
  me.delete({ from: 3, to: 9 });
  expectStored(me);
  me.undo();
  expectStored(me);
});

test("[ANC-31] one of two equal words goes, and the marks on the other stay whole", () => {
  for (const which of [0, 1]) {
    const me = article("cut cut costs");
    const captured = me.index.captureText(4 - which * 4, 7 - which * 4);
    if (!captured) throw new Error("no such words");
    const other = { from: 1 + which * 4, to: 5 + which * 4 };
    me.delete(other);
    expect(me.text).toBe("cut costs");
    const placement = me.index.place([{ ...captured, sv: "then" }], () => null);
    expect(placement).toMatchObject({ state: "whole", text: "cut" });
    expectStored(me);
  }
});

test("[ANC-31] replacing every hit in one go re-creates nothing between the hits", () => {
  const me = article("tax here, tax there, tax everywhere");
  const captured = me.index.captureText(10, 19);
  if (!captured) throw new Error("no such words");
  const before = Y.encodeStateVector(me.doc);
  const transaction = me.view.state.tr;
  for (const start of [21, 10, 0]) transaction.insertText("levy", start + 1, start + 4);
  me.view.dispatch(transaction);
  expect(me.text).toBe("levy here, levy there, levy everywhere");
  expectStored(me);
  const created = Y.decodeStateVector(Y.encodeStateVector(me.doc)).get(me.doc.clientID) ?? 0;
  expect(created - (Y.decodeStateVector(before).get(me.doc.clientID) ?? 0)).toBe(12);
});
