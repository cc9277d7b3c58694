import type { Command } from "./command.ts";
import type { KeyMap } from "./key-map.ts";
import { parseKeys, type KeyEventLike, type KeyPress } from "./keys.ts";

/** Choosing keys for a command: what a press is called, what can not be had, and what stands in its way. */

/** The map with other keys for one command; null: those it comes with. */
export function mapped(map: KeyMap, id: string, keys: readonly string[] | null): KeyMap {
  if (keys !== null) return { ...map, [id]: keys };
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== id));
}

/** One press as it is written in a shortcut; null: it is no key for a command. */
export function keysOf(event: KeyEventLike, mac: boolean): string | null {
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || IGNORED.has(event.key)) return null;
  const sign = signOf(event);
  if (sign === " ") return null;
  const isSign = sign.length === 1 && !/[a-z0-9]/i.test(sign);
  const shift = event.shiftKey && !isSign;
  const modifiers = [mod && "Mod", event.altKey && "Alt", shift && "Shift"].filter((name) => name !== false);
  const name = sign.length === 1 && modifiers.length > 0 ? sign.toUpperCase() : sign;
  return [...modifiers, name].join("+");
}

const IGNORED = new Set([
  "Shift",
  "Control",
  "Alt",
  "Meta",
  "Dead",
  "Process",
  "Unidentified",
  "CapsLock",
  "Tab",
]);

/** With Alt a Mac gives other signs: there the place of the key says which letter it is. */
function signOf({ key, code, altKey }: KeyEventLike): string {
  const placed = altKey ? /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] : undefined;
  if (placed !== undefined) return placed.toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

/** One more press of a shortcut that is being written: two plain ones make a pair, a third begins anew. */
export function withPress(before: string, press: string): string {
  const plain = (keys: string) => parseKeys(keys).every(({ mod, alt }) => !mod && !alt);
  const one = before !== "" && !before.includes(" ");
  return one && plain(before) && plain(press) ? `${before} ${press}` : press;
}

/** Why a shortcut can not be had; null: it can. */
export function refusedKeys(keys: string): string | null {
  const [first] = parseKeys(keys);
  if (!first) return "These are no keys.";
  const plain = !first.mod && !first.alt;
  if (plain && MOVING.has(first.key)) return "This key moves the caret or leaves what is open.";
  if (first.mod && !first.alt && !first.shift && TAKEN.has(first.key)) {
    return "The browser or the text needs these keys.";
  }
  return null;
}

const MOVING = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Escape",
]);
const TAKEN = new Set(["c", "v", "x", "a", "t", "w", "n", "r", "l", "f", "p", "q"]);

/** Other commands that these keys would reach too, or that begin with them, or they with those. */
export function clashes(commands: readonly Command[], id: string, keys: string): readonly Command[] {
  return commands.filter(
    (command) => command.id !== id && (command.keys ?? []).some((other) => meet(keys, other)),
  );
}

/** True when typing one shortcut types the other, or the beginning of it. */
export function meet(one: string, other: string): boolean {
  const [left, right] = [parseKeys(one), parseKeys(other)];
  const length = Math.min(left.length, right.length);
  return left.slice(0, length).every((press, at) => samePress(press, right[at]));
}

function samePress(one: KeyPress, other: KeyPress | undefined): boolean {
  if (one.key !== other?.key || one.mod !== other.mod || one.alt !== other.alt) return false;
  const isSign = one.key.length === 1 && !/[a-z0-9]/.test(one.key);
  return isSign || one.shift === other.shift;
}

/**
 * Commands whose chosen keys meet those of another command, by id. Keys as they come share some: those
 * commands are never possible at the same time.
 */
export function clashesOf(
  commands: readonly Command[],
  map: KeyMap,
): ReadonlyMap<string, readonly Command[]> {
  const found = new Map<string, readonly Command[]>();
  for (const { id, keys = [] } of commands) {
    if (map[id] === undefined) continue;
    const others = commands.filter(
      (other) =>
        other.id !== id && (other.keys ?? []).some((theirs) => keys.some((mine) => meet(mine, theirs))),
    );
    if (others.length > 0) found.set(id, others);
  }
  return found;
}

/** The map in which a command has one more shortcut that no other command has. */
export function taken(commands: readonly Command[], map: KeyMap, id: string, keys: string): KeyMap {
  let next = map;
  for (const other of clashes(commands, id, keys)) {
    next = mapped(
      next,
      other.id,
      (other.keys ?? []).filter((theirs) => !meet(keys, theirs)),
    );
  }
  return added(commands, next, id, keys);
}

/** The map in which a command has one more shortcut. */
export function added(commands: readonly Command[], map: KeyMap, id: string, keys: string): KeyMap {
  const now = map[id] ?? commands.find((command) => command.id === id)?.keys ?? [];
  return mapped(map, id, [...now.filter((other) => other !== keys), keys]);
}
