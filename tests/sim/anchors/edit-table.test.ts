import { Node } from "prosemirror-model";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Placement } from "#shared/anchor/placement.ts";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { currentVector } from "#shared/anchor/vector.ts";
import { schema } from "#shared/doc/schema.ts";
import type { Range } from "#shared/model/annotation.ts";
import { commands, Peer, sync } from "./peer.ts";

const FIRST = "The ministers met in Paris today.";
const SECOND = "We will cut emissions by forty percent before 2030.";
const THIRD = "Money follows next year.";
const WORDS = "cut emissions by forty percent";

const article = Node.fromJSON(schema, {
  type: "doc",
  content: [FIRST, SECOND, THIRD].map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })),
});

type Row = {
  readonly edit: string;
  readonly act: (me: Peer, other: Peer) => void;
  /** How the annotation on `WORDS` stands afterwards; whole when nothing is said. */
  readonly expected?: Partial<Placement>;
};

const at = (me: Peer, words: string) => me.find(words).from;
const behind = (me: Peer, words: string) => me.find(words).to;

const rows: readonly Row[] = [
  { edit: "type before", act: (me) => me.insert(at(me, "We will"), "Now ") },
  { edit: "type at the start", act: (me) => me.insert(at(me, WORDS), "really ") },
  { edit: "type at the end", act: (me) => me.insert(behind(me, WORDS), " or more") },
  {
    edit: "type inside",
    act: (me) => me.insert(at(me, "by forty"), "everywhere "),
    expected: { state: "edited", text: "cut emissions everywhere by forty percent", kept: 1 },
  },
  { edit: "a peer types before", act: (me, other) => other.insert(at(me, "We will"), "Now ") },
  { edit: "make bold", act: (me) => me.on(me.find("emissions by"), commands.bold) },
  { edit: "Enter before", act: (me) => me.split(at(me, WORDS)) },
  {
    edit: "Enter before, undo",
    act: (me) => {
      me.split(at(me, WORDS));
      me.undo();
    },
  },
  {
    edit: "Enter before, undo, redo",
    act: (me) => {
      me.split(at(me, WORDS));
      me.undo();
      me.redo();
    },
  },
  { edit: "Enter after", act: (me) => me.split(behind(me, WORDS)) },
  {
    edit: "Enter inside",
    act: (me) => me.split(at(me, "emissions")),
    expected: { state: "whole", text: "cut \nemissions by forty percent", kept: 1 },
  },
  { edit: "join with the paragraph before", act: (me) => me.join(at(me, "We will")) },
  { edit: "line break before", act: (me) => me.break(at(me, WORDS)) },
  { edit: "paragraph to heading", act: (me) => me.on(me.find(WORDS), commands.heading) },
  { edit: "wrap in a quote", act: (me) => me.on(me.find(WORDS), commands.wrap) },
  {
    edit: "wrap in a quote, undo",
    act: (me) => {
      me.on(me.find(WORDS), commands.wrap);
      me.undo();
    },
  },
  {
    edit: "wrap in a quote, lift",
    act: (me) => {
      me.on(me.find(WORDS), commands.wrap);
      me.step();
      me.on(me.find(WORDS), commands.lift);
    },
  },
  { edit: "bullet list", act: (me) => me.on(me.find(WORDS), commands.list) },
  {
    edit: "bullet list, split the item, lift it",
    act: (me) => {
      me.on(me.find(WORDS), commands.list);
      const here = at(me, WORDS);
      me.on({ from: here, to: here }, commands.splitItem);
      me.on(me.find(WORDS), commands.liftItem);
    },
  },
  {
    edit: "delete the words",
    act: (me) => me.delete(me.find(WORDS)),
    expected: { state: "detached", text: "", kept: 0, pieces: [] },
  },
  {
    edit: "delete the words, undo",
    act: (me) => {
      me.delete(me.find(WORDS));
      me.undo();
    },
  },
  {
    edit: "delete the paragraph, undo",
    act: (me) => {
      const { from, to } = me.find(SECOND);
      me.delete({ from: from - 1, to: to + 1 });
      me.undo();
    },
  },
  {
    edit: "delete, undo, redo, undo",
    act: (me) => {
      me.delete(me.find(WORDS));
      me.undo();
      me.redo();
      me.undo();
    },
  },
  { edit: "move the paragraph", act: (me) => me.moveBlock(1, 0) },
  { edit: "drag the words", act: (me) => me.drag(me.find(WORDS), at(me, "Money")) },
  {
    edit: "cut and paste",
    act: (me) => {
      me.cut(me.find(WORDS));
      me.paste(at(me, "Money"));
    },
  },
  {
    edit: "cut and paste, undo both",
    act: (me) => {
      me.cut(me.find(WORDS));
      me.step();
      me.paste(at(me, "Money"));
      me.undo();
      me.undo();
    },
  },
  {
    edit: "cut, paste, paste again",
    act: (me) => {
      me.cut(me.find(WORDS));
      me.paste(at(me, "Money"));
      me.paste(at(me, "The ministers"));
    },
  },
  {
    edit: "copy and paste",
    act: (me) => {
      me.copy(me.find(WORDS));
      me.paste(at(me, "The ministers"));
    },
  },
  {
    edit: "cut and paste half",
    act: (me) => {
      me.cut(me.find("ons by forty percent"));
      me.paste(at(me, "Money"));
    },
    expected: { state: "segments", text: "cut emissi … ons by forty percent", kept: 1 },
  },
  {
    edit: "retype the paragraph",
    act: (me) => {
      const { from, to } = me.find(SECOND);
      me.view.dispatch(me.view.state.tr.insertText(SECOND.replace("We will", "They shall"), from, to));
    },
  },
  {
    edit: "insert a paragraph above",
    act: (me) => {
      me.split(behind(me, FIRST));
      me.insert(behind(me, FIRST) + 2, "In between.");
    },
  },
  {
    edit: "delete the first half, Enter there",
    act: (me) => {
      me.delete(me.find("cut emissio"));
      me.split(at(me, "ns by forty"));
    },
    expected: { state: "part", text: "ns by forty percent", kept: 19 / 30 },
  },
];

function annotate(peer: Peer): Range {
  const { from, to } = peer.find(WORDS);
  const captured = peer.index.capture(from, to);
  if (!captured) throw new Error("there are no words");
  return { ...captured, sv: "then" };
}

describe("[ANC-19] after one edit, the editing client, a synced peer and a fresh reader agree", () => {
  test("the table has all 33 edits", () => {
    expect(rows).toHaveLength(33);
  });

  for (const { edit, act, expected } of rows) {
    test(`[ANC-19] ${edit}`, () => {
      const me = new Peer(1_000_000_001);
      me.fill(article);
      const other = new Peer(1_000_000_002, Y.encodeStateAsUpdate(me.doc));
      const range = annotate(me);
      const vector = currentVector(me.doc);
      act(me, other);
      sync([me, other]);
      const fresh = new Y.Doc();
      Y.applyUpdate(fresh, Y.encodeStateAsUpdate(other.doc));
      const placements = [me.index, other.index, createTextIndex(fresh)].map((index) =>
        index.place([range], () => vector),
      );
      const wanted = expected ?? { state: "whole", text: WORDS, kept: 1 };
      for (const placement of placements) expect(placement).toMatchObject(wanted);
      expect(placements[1]).toEqual(placements[0]);
      expect(placements[2]).toEqual(placements[0]);
      expect(me.article.textBetween(0, me.article.content.size, "\n")).toBe(me.text);
    });
  }
});
