// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Command } from "../../../client/feature/commands/command.ts";
import { KeySheet } from "../../../client/feature/commands/key-sheet.tsx";
import { Palette } from "../../../client/feature/commands/palette.tsx";
import { placeOf, useCommandKeys } from "../../../client/feature/commands/use-command-keys.ts";
import { all, clear, click, key, one, show, type } from "../workspace/show.tsx";

afterEach(clear);

const ran: string[] = [];
const command = (id: string, title: string, more: Partial<Command> = {}): Command => ({
  id,
  title,
  group: "Group",
  run: () => ran.push(id),
  ...more,
});

test("[WRK-22] a key runs its command before the text sees it, and only then is it kept from the text", async () => {
  ran.length = 0;
  const seen: string[] = [];
  function Keys() {
    useCommandKeys([command("b", "B", { keys: ["b"] })], { singleKeys: true, editing: false });
    return <div contentEditable suppressContentEditableWarning />;
  }
  await show(<Keys />);
  const text = one("[contenteditable]");
  text.addEventListener("keydown", (event) => seen.push(event.key));
  expect(await key(text, "b", { code: "KeyB" })).toBe(true);
  expect(await key(text, "q", { code: "KeyQ" })).toBe(false);
  expect(ran).toEqual(["b"]);
  expect(seen).toEqual(["q"]);
});

test("[WRK-22] the first of two keys is forgotten after a while", async () => {
  vi.useFakeTimers();
  ran.length = 0;
  function Keys() {
    useCommandKeys([command("define", "Define", { keys: ["i b"] })], { singleKeys: true, editing: false });
    return <p>text</p>;
  }
  await show(<Keys />);
  await key(one("p"), "i", { code: "KeyI" });
  vi.advanceTimersByTime(2_000);
  await key(one("p"), "b", { code: "KeyB" });
  expect(ran).toEqual([]);
  await key(one("p"), "i", { code: "KeyI" });
  await key(one("p"), "b", { code: "KeyB" });
  vi.useRealTimers();
  expect(ran).toEqual(["define"]);
});

test("[WRK-24] fields, dialogs and an open text keep their letters; buttons keep Enter", () => {
  document.body.innerHTML = `
    <div id="text" contenteditable="true"><b id="word">x</b></div>
    <input id="field" /><div role="dialog"><p id="inside">x</p></div><button id="button">x</button>`;
  const at = (id: string, editing = false) => placeOf(document.getElementById(id), editing);
  expect(at("word")).toBe("free");
  expect(at("word", true)).toBe("editing");
  expect(at("field")).toBe("typing");
  expect(at("inside")).toBe("typing");
  expect(at("button")).toBe("control");
  expect(placeOf(null, false)).toBe("free");
});

test("[WRK-23] the sheet lists all keys, finds them, and switches single letters off", async () => {
  const commands = [
    command("bind", "Tag: Binding", { keys: ["b", "Alt+1"] }),
    command("undo", "Undo", { keys: ["Mod+Z"] }),
    command("none", "No keys"),
  ];
  function Sheet() {
    const [on, setOn] = useState(true);
    return <KeySheet commands={commands} onClose={() => undefined} singleKeys={on} onSingleKeys={setOn} />;
  }
  await show(<Sheet />);
  expect(all("[role=dialog] li").map((row) => row.textContent)).toEqual(["Tag: BindingBAlt1", "UndoCtrlZ"]);
  await type(one("[aria-label='Search keys']"), "undo");
  expect(all("[role=dialog] li")).toHaveLength(1);
  await type(one("[aria-label='Search keys']"), "zzz");
  expect(document.body.textContent).toContain("No key does that.");
  await type(one("[aria-label='Search keys']"), "bind");
  await click("[role=switch]");
  expect(all("[data-off]").map((off) => off.textContent)).toEqual(["B"]);
});

test("[WRK-22] the palette offers what makes sense now and runs it", async () => {
  ran.length = 0;
  const commands = [
    command("share", "Share this article", { words: "invite" }),
    command("off", "Not now", { when: () => false }),
    command("move", "Only by key", { keys: ["x"], keysOnly: true }),
  ];
  const onClose = vi.fn();
  await show(<Palette commands={commands} onClose={onClose} />);
  expect(one("[role=dialog]").getAttribute("aria-label")).toBe("Commands");
  const offered = all("[data-action]");
  expect(offered.map((action) => action.textContent)).toEqual(["Share this article"]);
  await act(async () => offered[0]?.click());
  expect(ran).toEqual(["share"]);
  expect(onClose).toHaveBeenCalled();
});
