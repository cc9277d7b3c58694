// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Command } from "../../../client/feature/commands/command.ts";
import { KeySheet } from "../../../client/feature/commands/key-sheet.tsx";
import { withKeys, type KeyMap } from "../../../client/feature/commands/key-map.ts";
import { Palette } from "../../../client/feature/commands/palette.tsx";
import { useHints } from "../../../client/feature/commands/use-hints.ts";
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
    return (
      <KeySheet
        commands={commands}
        onClose={() => undefined}
        singleKeys={on}
        onSingleKeys={setOn}
        map={{}}
        onMap={() => undefined}
      />
    );
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

/** The sheet as the page shows it: what is chosen acts on the commands. */
async function sheet(commands: readonly Command[], before: KeyMap = {}) {
  let map = before;
  function Sheet() {
    const [now, setNow] = useState(before);
    map = now;
    return (
      <KeySheet
        commands={withKeys(commands, now)}
        onClose={() => undefined}
        singleKeys
        onSingleKeys={() => undefined}
        map={now}
        onMap={setNow}
      />
    );
  }
  await show(<Sheet />);
  return { map: () => map };
}

const field = () => one("[data-records-keys]");

test("[VIEW-11] the keys of a command are changed by pressing them, and one or all are reset", async () => {
  const commands = [command("next", "Next mark", { keys: ["j"] }), command("list", "List", { keys: ["l"] })];
  const { map } = await sheet(commands);
  await click("button", "Change the keys of Next mark");
  await click("button", "Take j away");
  expect(map()).toEqual({ next: [] });
  await key(field(), "N", { altKey: true, shiftKey: true, code: "KeyN" });
  await click("button", "Use them");
  expect(map()).toEqual({ next: ["Alt+Shift+N"] });
  await key(field(), "g", { code: "KeyG" });
  await key(field(), "n", { code: "KeyN" });
  await click("button", "Use them");
  expect(map()).toEqual({ next: ["Alt+Shift+N", "g n"] });
  await click("button", "Reset");
  expect(map()).toEqual({});
  await key(field(), "Escape");
  expect(all("[data-records-keys]")).toEqual([]);
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Change the keys of Next mark");
  await clear();
  const again = await sheet(commands, { list: ["x"] });
  await click("button", "Reset all keys");
  expect(again.map()).toEqual({});
});

test("[VIEW-12] keys that another command or a tag has are told, and can be taken over or shared", async () => {
  const commands = [
    command("tag-binding", "Tag: Binding", { keys: ["b", "Alt+1"] }),
    command("next", "Next mark", { keys: ["j"] }),
  ];
  const { map } = await sheet(commands);
  await click("button", "Change the keys of Next mark");
  await key(field(), "b", { code: "KeyB" });
  expect(one("[role=alert]").textContent).toContain("Also used by Tag: Binding.");
  expect(all("button", "Use them")).toEqual([]);
  await click("button", "Take them over");
  expect(map()).toEqual({ "tag-binding": ["Alt+1"], next: ["j", "b"] });
  await clear();
  const shared = await sheet(commands);
  await click("button", "Change the keys of Next mark");
  await key(field(), "b", { code: "KeyB" });
  await click("button", "Use for both");
  expect(shared.map()).toEqual({ next: ["j", "b"] });
  await click("button", "Done");
  expect(one("[role=dialog] li", "Next mark").textContent).toContain("The same keys: Tag: Binding");
  await key(document.body, "x");
});

test("[VIEW-12] keys that the browser or the caret needs are refused", async () => {
  await sheet([command("next", "Next mark", { keys: ["j"] })]);
  await click("button", "Change the keys of Next mark");
  await key(field(), "ArrowDown", { code: "ArrowDown" });
  expect(document.body.textContent).toContain("This key moves the caret");
  await key(field(), "c", { ctrlKey: true, code: "KeyC" });
  expect(document.body.textContent).toContain("The browser or the text needs these keys.");
  expect(all("button", "Use them")).toEqual([]);
});

test("[VIEW-11] while keys are chosen no command is run by them", async () => {
  ran.length = 0;
  function Keys() {
    useCommandKeys([command("palette", "Palette", { keys: ["Mod+K"], everywhere: true })], {
      singleKeys: true,
      editing: false,
    });
    return <input data-records-keys readOnly />;
  }
  await show(<Keys />);
  await key(one("input"), "k", { ctrlKey: true, code: "KeyK" });
  expect(ran).toEqual([]);
});

test("[VIEW-11] what is shown beside a name are the keys that work now", async () => {
  const commands = [
    command("list", "List", { keys: ["l", "Alt+Shift+L"] }),
    command("i", "I", { keys: ["i b"] }),
  ];
  function Hints({ singleKeys, editing }: { singleKeys: boolean; editing: boolean }) {
    const hints = useHints(commands, { singleKeys, editing });
    return <p>{[hints("list"), hints("i"), hints("none")].join(" | ")}</p>;
  }
  await show(<Hints singleKeys editing={false} />);
  expect(one("p").textContent).toBe("L | I then B | ");
  await show(<Hints singleKeys={false} editing={false} />);
  expect(one("p").textContent).toBe("Alt+Shift+L |  | ");
  await show(<Hints singleKeys editing />);
  expect(one("p").textContent).toBe("Alt+Shift+L |  | ");
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
