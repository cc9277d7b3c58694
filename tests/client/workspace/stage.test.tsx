// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noticeStore } from "../../../client/ui/notify.ts";
import { ben, FakeSession, placedMark } from "../fake-session.ts";
import { articleCommands } from "../../../client/page/article/article-commands.ts";
import { openStage } from "./open-stage.tsx";
import { clear } from "./show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";
const open = (session = new FakeSession(TEXT)) => openStage(session);

beforeEach(() => window.localStorage.clear());
afterEach(clear);

test("[WRK-7] letters and digits tag the selected words; Enter repeats the last tag, then opens the card", async () => {
  const { press, select, tags, stage, rest } = await open();
  await select(0, 21);
  await press("t");
  expect(tags()).toEqual(["condition"]);
  await rest();
  expect(stage().choice.activeKey).toBe("ana/made-1");
  await select(23, 40);
  await press("Enter");
  expect(tags()).toEqual(["condition", "condition"]);
  await press("2");
  expect(tags()).toEqual(["condition", "conditional+condition"]);
  await press("Enter");
  expect(stage().choice.wantsFocus).toBe("fields");
});

test("[WRK-4] over blanks alone there is no tag bar and tags do nothing", async () => {
  const { press, select, tags, stage } = await open();
  await select(9, 10);
  expect(stage().bar.shown).toBe(false);
  await press("b");
  expect(tags()).toEqual([]);
});

test("[WRK-39] Escape leaves the tag bar first, then the card", async () => {
  const { press, select, stage, editor, rest } = await open();
  const focus = vi.spyOn(editor, "focus");
  await select(0, 21);
  await press("b");
  await rest();
  expect([stage().bar.shown, stage().choice.activeKey]).toEqual([true, "ana/made-1"]);
  await press("Escape");
  expect([stage().bar.shown, stage().choice.activeKey]).toEqual([false, "ana/made-1"]);
  await press("Escape");
  expect(stage().choice.activeKey).toBeNull();
  expect(focus).toHaveBeenCalled();
  expect(await press("Escape")).toBe(false);
});

test("[WRK-40] from a bare caret a letter selects the sentence; over a selection it is a tag and Shift grows", async () => {
  const { press, select, tags, editor } = await open();
  const grow = vi.spyOn(editor, "grow");
  const shrink = vi.spyOn(editor, "shrink");
  await press("s");
  expect(grow).toHaveBeenLastCalledWith("sentence");
  await select(0, 21);
  await press("s");
  expect(grow).toHaveBeenCalledOnce();
  expect(tags()).toEqual(["source"]);
  await press("S", { shiftKey: true, code: "KeyS" });
  expect(grow).toHaveBeenCalledTimes(2);
  await press("Backspace");
  expect(shrink).toHaveBeenCalledOnce();
});

test("[WRK-40] what is selected when the key comes decides, also before it has been told", async () => {
  const { press, select, tags, editor } = await open();
  const grow = vi.spyOn(editor, "grow");
  await select(0, 21);
  editor.selection = null;
  await press("s");
  expect(grow).toHaveBeenLastCalledWith("sentence");
  await select(3, 3);
  editor.selection = { from: 0, to: 21 };
  await press("s");
  expect(grow).toHaveBeenCalledOnce();
  expect(tags()).toEqual(["source"]);
});

test("[WRK-24] in Edit letters are text and Alt with a digit tags", async () => {
  window.localStorage.setItem("gloss.edit", "yes");
  const { press, select, tags, stage } = await open();
  expect(stage().mode).toBe("edit");
  await select(0, 21);
  expect(await press("b")).toBe(false);
  expect(tags()).toEqual([]);
  await press("1", { altKey: true, code: "Digit1" });
  expect(tags()).toEqual(["binding"]);
});

test("[WRK-24] who may not edit the text stays in Annotate, whatever was remembered", async () => {
  window.localStorage.setItem("gloss.edit", "yes");
  const session = new FakeSession(TEXT, { role: "annotator" });
  session.canEditText.set(false);
  const { stage } = await open(session);
  expect(stage().mode).toBe("annotate");
});

test("[WRK-14] f waits for words; Enter takes those selected by keys into the first empty field", async () => {
  const { press, select, session, stage, said } = await open();
  await select(0, 69);
  await press("b");
  await select(0, 0);
  await press("f");
  expect(stage().pick.picking?.label).toBe("Actor");
  await select(23, 40);
  expect(stage().bar.shown).toBe(false);
  await press("b");
  await press("Enter");
  expect(session.markup.get().placed[0]?.annotation.fields).toEqual({ actor: ["the UK and France"] });
  expect(stage().pick.picking).toBeNull();
  expect(said()).toBe("Actor: the UK and France");
});

test("[WRK-14] words selected by pointer are taken at once, and Escape cancels", async () => {
  const { press, select, session, stage } = await open();
  await select(0, 69);
  await press("b");
  await press("f");
  window.dispatchEvent(new Event("pointerdown"));
  await select(27, 29);
  expect(session.markup.get().placed[0]?.annotation.fields).toEqual({ actor: ["UK"] });
  await press("f");
  expect(stage().pick.picking?.label).toBe("Beneficiary");
  await press("Escape");
  expect(stage().pick.picking).toBeNull();
});

test("[WRK-6] Alt with arrows moves the ends of my chosen mark and says what it covers", async () => {
  const { press, select, session, said } = await open();
  await select(23, 29);
  await press("a");
  await press("ArrowRight", { altKey: true });
  expect(session.markup.get().placed[0]?.placement.text).toBe("the UK and");
  await press("ArrowRight", { altKey: true, shiftKey: true });
  expect(session.markup.get().placed[0]?.placement.text).toBe("UK and");
  expect(said()).toBe("UK and");
});

test("[WRK-8] clicking one spot again and Alt with the arrows walk the marks that lie there", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 69 }, { id: "large" }),
    placedMark(TEXT, { from: 0, to: 21 }, { id: "small", tags: ["condition"] }),
  );
  const { press, clickMarks, stage, at } = await open(session);
  await clickMarks("ana/small", "ana/large");
  expect(stage().choice.activeKey).toBe("ana/small");
  await clickMarks("ana/small", "ana/large");
  expect(stage().choice.activeKey).toBe("ana/large");
  await act(async () => at().onEditor.onCaret?.(["ana/small", "ana/large"]));
  await press("ArrowDown", { altKey: true });
  expect(stage().choice.activeKey).toBe("ana/small");
  await press("ArrowUp", { altKey: true });
  expect(stage().choice.activeKey).toBe("ana/large");
});

test("[WRK-12] a click on equal marks chooses the one card that shows them", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 21 }, { id: "his", author: ben }),
    placedMark(TEXT, { from: 0, to: 21 }, { id: "mine" }),
  );
  const { clickMarks, stage, at } = await open(session);
  await clickMarks("ben/his", "ana/mine");
  expect(stage().choice.activeKey).toBe("ana/mine");
  expect(at().cardOf("ben/his")).toBe(at().cardOf("ana/mine"));
});

test("[WRK-41] j and k go from mark to mark in the order of the text and say what they meet", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 5 }, { id: "1" }),
    placedMark(TEXT, { from: 30, to: 35 }, { id: "2", author: ben }),
  );
  const { press, stage, said } = await open(session);
  await press("j");
  expect(stage().choice.activeKey).toBe("ana/1");
  await press("j");
  expect(stage().choice.activeKey).toBe("ben/2");
  expect(said()).toBe("1 annotation: Binding by Ben");
  await press("j");
  expect(stage().choice.activeKey).toBe("ben/2");
  await press("k");
  expect(stage().choice.activeKey).toBe("ana/1");
});

test("[WRK-31] Alt Shift D says which marks lie under the caret", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 0, to: 21 }, { id: "1", tags: ["deadline"], author: ben }));
  const { press, at, said } = await open(session);
  await act(async () => at().onEditor.onCaret?.(["ben/1"]));
  await press("D", { altKey: true, shiftKey: true, code: "KeyD" });
  expect(said()).toBe("1 annotation: Deadline by Ben");
});

test("[WRK-32] Delete takes my chosen mark, undo brings it back and ends the offer to undo", async () => {
  const { press, select, tags } = await open();
  await select(0, 21);
  await press("b");
  await press("Delete");
  expect(tags()).toEqual([]);
  expect(noticeStore.get().map(({ message }) => message)).toEqual(["Mark deleted"]);
  await press("z", { ctrlKey: true });
  expect(tags()).toEqual(["binding"]);
  expect(noticeStore.get()).toEqual([]);
});

test("[WRK-21] keys change nothing of others", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 0, to: 21 }, { id: "his", author: ben }));
  const { press, clickMarks, session: live } = await open(session);
  const before = live.markup.get().placed;
  await clickMarks("ben/his");
  for (const name of ["b", "Delete", "f"]) await press(name);
  await press("ArrowRight", { altKey: true });
  expect(live.markup.get().placed).toEqual(before);
});

test("[CDB-5] i and then the key of a tag opens the codebook there; Escape closes it", async () => {
  const { press, at } = await open();
  await press("i");
  await press("c");
  expect(at().screen.codebook).toEqual({ kind: "tag", id: "conditional" });
  await press("Escape");
  expect(at().screen.codebook).toBeNull();
});

test("[WRK-17, EDS-3] the filter decides what cards and text show, and an unknown key is nobody's", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 5 }, { id: "1" }),
    placedMark(TEXT, { from: 30, to: 35 }, { id: "2", author: ben }),
  );
  const { at, press, rest } = await open(session);
  const cards = () => at().marks.shown.groups.map(({ key }) => key);
  expect(at().marks.shows).toBeUndefined();
  await act(async () => at().setFilter({ ...at().filter, whose: "others" }));
  expect(
    session.markup
      .get()
      .placed.filter((placed) => at().marks.shows?.(placed))
      .map(({ key }) => key),
  ).toEqual(["ben/2"]);
  await rest();
  expect(cards()).toEqual(["ben/2"]);
  await act(async () => at().setFilter({ ...at().filter, whose: "mine" }));
  expect(await press("z")).toBe(false);
  expect(cards()).toEqual(["ana/1"]);
});

test("[WRK-22] no two commands share an id, and every shortcut of a tag reaches its tag", async () => {
  const { stage, select, press, session, tags } = await open();
  const ids = articleCommands(stage()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const tag of session.codebook.tags.filter(({ enabled }) => enabled)) {
    await select(0, 21);
    await press(tag.key);
    expect(tags()).toEqual([tag.id]);
    await press("z", { ctrlKey: true });
    await select(0, 0);
    await press("Escape");
  }
});

test("[WRK-8] a second click that comes at once goes on through the stack, though it selects a word", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 69 }, { id: "large" }),
    placedMark(TEXT, { from: 0, to: 21 }, { id: "small" }),
  );
  const { at, stage, editor, clickMarks, select } = await open(session);
  await clickMarks("ana/small", "ana/large");
  await select(0, 9);
  await act(async () =>
    at().onEditor.onMarkClick?.(
      ["ana/small", "ana/large"],
      editor.boxOf({ from: 0, to: 1 }) ?? NOWHERE,
      true,
    ),
  );
  expect(stage().choice.activeKey).toBe("ana/large");
});

const NOWHERE = { left: 0, top: 0, right: 0, bottom: 0 };
