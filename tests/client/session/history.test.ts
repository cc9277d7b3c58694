import { afterAll, expect, test, vi } from "vitest";
import { ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { History, LAYER_ORIGIN } from "../../../client/session/history.ts";
import { articleFragment } from "#shared/doc/walk.ts";

// The undo manager takes the clock when it is loaded, so it must be a false one by then.
vi.hoisted(() => vi.useFakeTimers({ now: 1_000_000 }));
afterAll(() => vi.useRealTimers());

function setUp() {
  const text = new Y.Doc();
  const layer = new Y.Doc();
  const block = new Y.XmlText("");
  articleFragment(text).insert(0, [block]);
  const marks = layer.getMap("annotations");
  const history = new History();
  history.setText(text);
  history.setLayer(layer);
  return {
    text,
    layer,
    history,
    block,
    type: (characters: string) => text.transact(() => block.insert(block.length, characters), ySyncPluginKey),
    mark: (id: string) => {
      history.mark();
      layer.transact(() => marks.set(id, 1), LAYER_ORIGIN);
    },
    marks: () => [...marks.keys()].sort().join(""),
  };
}

test("[SES-13] undo takes back my steps in the order I made them, across text and marks", () => {
  const { history, type, mark, marks, block } = setUp();
  type("one");
  mark("a");
  type("two");
  mark("b");
  const seen = () => `${block.toString()}|${marks()}`;
  const states = [seen()];
  for (let i = 0; i < 4; i++) {
    history.undo();
    states.push(seen());
  }
  expect(states).toEqual(["onetwo|ab", "onetwo|a", "one|a", "one|", "|"]);
  expect(history.state.get()).toEqual({ canUndo: false, canRedo: true });
  for (let i = 0; i < 4; i++) history.redo();
  expect(seen()).toBe("onetwo|ab");
  expect(history.state.get()).toEqual({ canUndo: true, canRedo: false });
});

test("[SES-13] typing within half a second is one step, each mark is one of its own", () => {
  const { history, type, mark, marks, block } = setUp();
  type("a");
  vi.advanceTimersByTime(300);
  type("b");
  vi.advanceTimersByTime(700);
  type("c");
  mark("x");
  mark("y");
  history.undo();
  expect(marks()).toBe("x");
  history.undo();
  history.undo();
  expect(block.toString()).toBe("ab");
  history.undo();
  expect(block.toString()).toBe("");
});

test("[SES-13] a new step forgets what was undone, wherever it was", () => {
  const { history, type, mark, marks, block } = setUp();
  type("one");
  mark("a");
  history.undo();
  history.undo();
  expect(history.state.get().canRedo).toBe(true);
  mark("b");
  expect(history.state.get().canRedo).toBe(false);
  history.redo();
  expect(`${block.toString()}|${marks()}`).toBe("|b");
});

test("[SES-14] undo never touches what a colleague did, and passes over steps without an effect", () => {
  const { history, type, mark, text, layer, block } = setUp();
  type("mine ");
  const colleague = new Y.Doc();
  Y.applyUpdate(colleague, Y.encodeStateAsUpdate(text));
  const theirs = articleFragment(colleague).get(0) as Y.XmlText;
  theirs.insert(theirs.length, "theirs");
  Y.applyUpdate(text, Y.encodeStateAsUpdate(colleague));
  mark("a");
  layer.transact(() => layer.getMap("annotations").delete("a"), "elsewhere");
  history.undo();
  expect(block.toString()).toBe("theirs");
});

test("[SES-14] steps in a document that was put aside are forgotten, the others stay", () => {
  const { history, type, mark, marks } = setUp();
  mark("a");
  type("one");
  history.setText(null);
  expect(history.state.get().canUndo).toBe(true);
  history.undo();
  expect(marks()).toBe("");
  expect(history.state.get().canUndo).toBe(false);
});

test("[SES-15] undoing a text step gives back the selection from before it, redoing the one from after it", () => {
  const { history, type } = setUp();
  const given: unknown[] = [];
  let now = "after";
  history.keeper = {
    before: () => "before",
    now: () => now,
    give: (selection) => {
      given.push(selection);
      now = String(selection);
    },
  };
  type("one");
  history.undo();
  history.redo();
  history.undo();
  expect(given).toEqual(["before", "after", "before"]);
});

/**
 * My steps in a paragraph that I deleted and that undo made anew, with one undone and forgotten in it,
 * after which nothing keeps the new one; then a colleague deletes it. Yjs throws at the next undo.
 */
function withTextLost() {
  const { text, history, mark, marks } = setUp();
  const article = articleFragment(text);
  const step = (change: () => void) => {
    history.mark();
    text.transact(change, ySyncPluginKey);
  };
  const words = (): Y.XmlText => (article.get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("abc")]);
  step(() => article.insert(0, [paragraph]));
  step(() => words().delete(1, 2));
  step(() => words().insert(1, "de"));
  step(() => article.delete(0, 1));
  history.undo();
  for (const at of [3, 2, 4]) step(() => words().insert(at, "de"));
  history.undo();
  step(() => words().insert(6, "de"));
  const colleague = new Y.Doc();
  Y.applyUpdate(colleague, Y.encodeStateAsUpdate(text));
  articleFragment(colleague).delete(0, 1);
  Y.applyUpdate(text, Y.encodeStateAsUpdate(colleague));
  return { text, history, mark, marks, step };
}

test("[SES-26] a step that Yjs cannot take back is dropped and told, the others go on", () => {
  const { history, mark, marks } = withTextLost();
  const told: number[] = [];
  history.lostSteps.subscribe(() => told.push(history.lostSteps.get()));
  mark("a");
  history.undo();
  expect([marks(), told]).toEqual(["", []]);
  history.undo();
  expect(told).toEqual([1]);
  mark("b");
  history.undo();
  expect(marks()).toBe("");
  for (let step = 0; step < 20; step++) history.undo();
  expect(history.state.get().canUndo).toBe(false);
  for (let step = 0; step < 20; step++) history.redo();
  expect(history.state.get().canRedo).toBe(false);
});

test("[SES-26] what is done after a step was lost can be undone and redone", () => {
  const { text, history, step } = withTextLost();
  const article = articleFragment(text);
  const headings = () => {
    const names = article.toArray().map((child) => (child instanceof Y.XmlElement ? child.nodeName : ""));
    return names.filter((name) => name === "heading").length;
  };
  history.undo();
  expect(history.lostSteps.get()).toBe(1);
  step(() => article.insert(0, [new Y.XmlElement("heading")]));
  expect(headings()).toBe(1);
  history.undo();
  expect(headings()).toBe(0);
  history.redo();
  expect(headings()).toBe(1);
});

test("[SES-26] when what follows an undo fails, the next undo takes the next step", () => {
  const { history, type, block, text } = setUp();
  type("one");
  history.mark();
  type("two");
  const failing = () => {
    throw new Error("a view that cannot show it");
  };
  block.observe(failing);
  history.undo();
  block.unobserve(failing);
  expect([block.toString(), history.lostSteps.get()]).toEqual(["one", 1]);
  history.undo();
  expect(block.toString()).toBe("");
  expect(articleFragment(text).length).toBe(1);
});
