import { expect, test } from "vitest";
import {
  isSingleKey,
  keyCaps,
  onMac,
  parseKeys,
  pressMatches,
} from "../../../client/feature/commands/keys.ts";
import { keyEvent } from "./key-event.ts";

function matchesKeys(keys: string, event: ReturnType<typeof keyEvent>, mac = false): boolean {
  const [press] = parseKeys(keys);
  return press !== undefined && pressMatches(press, event, mac);
}

test("[WRK-22] Mod is Command on a Mac and Control elsewhere", () => {
  expect(matchesKeys("Mod+K", keyEvent("k", { ctrlKey: true }))).toBe(true);
  expect(matchesKeys("Mod+K", keyEvent("k", { metaKey: true }))).toBe(false);
  expect(matchesKeys("Mod+K", keyEvent("k", { metaKey: true }), true)).toBe(true);
  expect(onMac("MacIntel")).toBe(true);
  expect(onMac("Linux x86_64")).toBe(false);
});

test("[WRK-22] letters need exactly their modifiers; signs are taken as signs", () => {
  expect(matchesKeys("b", keyEvent("b"))).toBe(true);
  expect(matchesKeys("b", keyEvent("B", { shiftKey: true }))).toBe(false);
  expect(matchesKeys("Shift+S", keyEvent("S", { shiftKey: true }))).toBe(true);
  expect(matchesKeys("b", keyEvent("b", { ctrlKey: true }))).toBe(false);
  expect(matchesKeys("?", keyEvent("?", { shiftKey: true, code: "Slash" }))).toBe(true);
  expect(matchesKeys("?", keyEvent("?", { code: "Minus" }))).toBe(true);
});

test("[WRK-22] where a key gives no plain letter, its place counts", () => {
  expect(matchesKeys("Alt+1", keyEvent("¡", { altKey: true, code: "Digit1" }), true)).toBe(true);
  expect(matchesKeys("b", keyEvent("и", { code: "KeyB" }))).toBe(true);
  expect(matchesKeys("b", keyEvent("x", { code: "KeyB" }))).toBe(false);
});

test("[WRK-22] caps are drawn for the machine at hand", () => {
  expect(keyCaps("Mod+Shift+Z", false)).toEqual([["Ctrl", "Shift", "Z"]]);
  expect(keyCaps("Mod+Shift+Z", true)).toEqual([["⌘", "⇧", "Z"]]);
  expect(keyCaps("i b", false)).toEqual([["I"], ["B"]]);
  expect(keyCaps("Alt+ArrowUp", false)).toEqual([["Alt", "↑"]]);
});

test("[WRK-23] a shortcut of single letters is told from others", () => {
  expect(isSingleKey("b")).toBe(true);
  expect(isSingleKey("i b")).toBe(true);
  expect(isSingleKey("Shift+S")).toBe(true);
  expect(isSingleKey("Mod+K")).toBe(false);
  expect(isSingleKey("Escape")).toBe(false);
});
