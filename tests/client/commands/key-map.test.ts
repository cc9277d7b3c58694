import { expect, test } from "vitest";
import type { Command } from "../../../client/feature/commands/command.ts";
import { clashesOf, keysOf, meet, withPress } from "../../../client/feature/commands/key-choice.ts";
import { parseKeyMap, withKeys } from "../../../client/feature/commands/key-map.ts";
import { parseKeys, pressMatches } from "../../../client/feature/commands/keys.ts";
import { keyEvent } from "./key-event.ts";

const command = (id: string, ...keys: string[]): Command => ({
  id,
  title: id,
  group: "Group",
  keys,
  run: () => undefined,
});

test("[VIEW-11] a press is written as shortcuts are, and is then what reaches the command", () => {
  const events = [
    [keyEvent("b"), "b"],
    [keyEvent("B", { shiftKey: true }), "Shift+B"],
    [keyEvent("k", { ctrlKey: true }), "Mod+K"],
    [keyEvent("?", { shiftKey: true, code: "Slash" }), "?"],
    [keyEvent("ArrowDown", { altKey: true, code: "ArrowDown" }), "Alt+ArrowDown"],
    [keyEvent("F2", { code: "F2" }), "F2"],
    [keyEvent("+", { code: "Equal" }), "+"],
  ] as const;
  for (const [event, keys] of events) {
    expect(keysOf(event, false)).toBe(keys);
    const [press] = parseKeys(keys);
    expect(press && pressMatches(press, event, false), keys).toBe(true);
  }
  expect(keysOf(keyEvent("∂", { altKey: true, code: "KeyD" }), true)).toBe("Alt+D");
  expect(keysOf(keyEvent("d", { metaKey: true }), true)).toBe("Mod+D");
  expect(keysOf(keyEvent("d", { metaKey: true }), false)).toBeNull();
  expect(keysOf(keyEvent("Shift", { shiftKey: true }), false)).toBeNull();
  expect(keysOf(keyEvent(" ", { code: "Space" }), false)).toBeNull();
});

test("[VIEW-11] two plain presses are a pair, what has a modifier stands alone, a third begins anew", () => {
  expect(withPress("", "i")).toBe("i");
  expect(withPress("i", "b")).toBe("i b");
  expect(withPress("i b", "x")).toBe("x");
  expect(withPress("i", "Mod+K")).toBe("Mod+K");
  expect(withPress("Mod+K", "b")).toBe("b");
});

test("[VIEW-12] keys meet when typing the one types the other or its beginning", () => {
  expect(meet("b", "b")).toBe(true);
  expect(meet("i", "i b")).toBe(true);
  expect(meet("i c", "i b")).toBe(false);
  expect(meet("b", "Shift+B")).toBe(false);
  expect(meet("Alt+Shift+D", "Alt+Shift+d")).toBe(true);
  expect(meet("?", "Shift+?")).toBe(true);
});

test("[VIEW-12] clashes are told of chosen keys only: commands that come with the same keys take turns", () => {
  const commands = [
    command("tag-binding", "b"),
    command("select", "w"),
    command("tag-w", "w"),
    command("list", "l"),
  ];
  expect([...clashesOf(commands, {}).keys()]).toEqual([]);
  const map = { list: ["b"] };
  const found = clashesOf(withKeys(commands, map), map);
  expect([...found].map(([id, others]) => [id, others.map((other) => other.id)])).toEqual([
    ["list", ["tag-binding"]],
  ]);
});

test("[VIEW-11] what is remembered and is no map of keys is as if nothing were", () => {
  expect(parseKeyMap(null)).toEqual({});
  expect(parseKeyMap("{")).toEqual({});
  expect(parseKeyMap('{"a":1}')).toEqual({});
  expect(parseKeyMap('{"a":["b"]}')).toEqual({ a: ["b"] });
});
