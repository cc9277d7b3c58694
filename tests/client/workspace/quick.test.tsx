// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeSession } from "../fake-session.ts";
import { openStage } from "./open-stage.tsx";
import { clear, key } from "./show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

beforeEach(() => window.localStorage.clear());
afterEach(clear);

const open = () => openStage(new FakeSession(TEXT));

/** The person takes the mouse, or a finger. */
const point = (pointerType = "mouse") =>
  act(async () => {
    const event = new MouseEvent("pointerdown", { bubbles: true });
    Object.defineProperty(event, "pointerType", { value: pointerType });
    window.dispatchEvent(event);
  });

test("[QCK-1] a locked tag goes to every selection made with a mouse, until Escape", async () => {
  const { press, select, tags, stage, said } = await open();
  await press("q");
  await press("b");
  expect(stage().quick.sweep.tag).toBe("binding");
  expect(said()).toContain("Every selection is tagged Binding");
  await point();
  await select(0, 21);
  await select(27, 33);
  expect(tags()).toEqual(["binding", "binding"]);
  expect(stage().bar.shown).toBe(false);
  expect(stage().choice.activeKey).toBeNull();
  await press("Escape");
  expect(stage().quick.sweep.tag).toBeNull();
  await point();
  await select(38, 50);
  expect(tags()).toHaveLength(2);
});

test("[QCK-1] with keys and by touch a selection grows until it is taken", async () => {
  const { press, select, tags, stage } = await open();
  await press("q");
  await press("b");
  await select(0, 9);
  await select(0, 21);
  expect(tags()).toEqual([]);
  await press("Enter");
  expect(tags()).toEqual(["binding"]);
  await point("touch");
  await select(27, 33);
  expect(tags()).toHaveLength(1);
  await act(async () => stage().quick.sweep.take());
  expect(tags()).toHaveLength(2);
});

test("[QCK-1] the tag bar arms it: the next tag is locked and goes to the words at once", async () => {
  const { press, select, tags, stage } = await open();
  await select(0, 21);
  await act(async () => stage().quick.sweep.arm());
  await press("c");
  expect(tags()).toEqual(["conditional"]);
  expect(stage().quick.sweep.tag).toBe("conditional");
});

test("[QCK-2] a locked tag is never taken away by it, and each mark is one step to undo", async () => {
  const { press, select, tags, session } = await open();
  await select(0, 21);
  await press("c");
  await press("Escape");
  await press("Escape");
  await press("q");
  await press("b");
  await point();
  await select(0, 21);
  await select(0, 21);
  expect(tags()).toEqual(["binding+conditional"]);
  await act(async () => session.undo());
  expect(tags()).toEqual(["conditional"]);
});

test("[QCK-2] going to Edit ends it, and it is not there after a reload", async () => {
  const { press, stage, session } = await open();
  await press("q");
  await press("b");
  await act(async () => stage().view.setMode("edit"));
  await act(async () => stage().view.setMode("annotate"));
  expect(stage().quick.sweep.tag).toBeNull();
  await press("q");
  await press("b");
  await clear();
  expect((await openStage(session)).stage().quick.sweep.tag).toBeNull();
});

test("[QCK-3] the setting for signs at the ends is remembered", async () => {
  const { press, select, session, stage } = await open();
  await select(10, 22);
  await press("t");
  expect(session.markup.get().placed[0]?.placement.text).toBe("a ceasefire");
  await act(async () => stage().view.toggleTrimSigns());
  await clear();
  const again = await openStage(new FakeSession(TEXT));
  await again.select(10, 22);
  await again.press("t");
  expect(again.session.markup.get().placed[0]?.placement.text).toBe("a ceasefire,");
});

test("[QCK-20] while an option has the focus a digit is its own and no tag", async () => {
  const { select, tags, press, stage } = await open();
  await select(0, 21);
  await press("b");
  expect(stage().tagging.canTag()).toBe(true);
  const choices = document.body.appendChild(document.createElement("fieldset"));
  choices.dataset["ownDigits"] = "";
  const option = choices.appendChild(document.createElement("input"));
  option.type = "radio";
  await key(option, "2", { code: "Digit2" });
  expect(tags()).toEqual(["binding"]);
  await press("2");
  expect(tags()).toEqual(["binding+conditional"]);
});
