/**
 * Keys as text: `Mod+K`, `Alt+Shift+D`, `?`, `j`, and two after each other as `i b`. `Mod` is Command on
 * a Mac and Control elsewhere.
 */
export type KeyPress = {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
};

export type KeyEventLike = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"
>;

/** The presses of a shortcut, in order. */
export function parseKeys(keys: string): readonly KeyPress[] {
  return keys.split(" ").map((press) => {
    const parts = press === "+" ? ["+"] : press.split("+");
    const key = parts.at(-1) ?? "";
    return {
      key: key.length === 1 ? key.toLowerCase() : key,
      mod: parts.includes("Mod"),
      alt: parts.includes("Alt"),
      shift: parts.includes("Shift"),
    };
  });
}

/** True for a shortcut that is typed with one finger: it gives way to typing and can be switched off. */
export function isSingleKey(keys: string): boolean {
  return parseKeys(keys).every((press) => !press.mod && !press.alt && press.key.length === 1);
}

export function pressMatches(press: KeyPress, event: KeyEventLike, mac: boolean): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (mod !== press.mod || otherMod || event.altKey !== press.alt) return false;
  // Signs such as ? stand on different keys, with or without Shift: what counts is the sign.
  const isSign = press.key.length === 1 && !/[a-z0-9]/.test(press.key);
  if (!isSign && event.shiftKey !== press.shift) return false;
  return keyOf(event, press.key) === press.key;
}

/** The key by its sign; where the sign is no plain letter or digit (Alt on a Mac, other scripts), by its place. */
function keyOf(event: KeyEventLike, wanted: string): string {
  const sign = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!/^[a-z0-9]$/.test(wanted) || /^[a-z0-9]$/.test(sign)) return sign;
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase() ?? sign;
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };
const SIGNS: Readonly<Record<string, string>> = {
  Mod: "Ctrl",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
  Enter: "Enter",
};

/** The caps to draw for a shortcut: one list for each press. */
export function keyCaps(keys: string, mac: boolean): readonly (readonly string[])[] {
  return keys
    .split(" ")
    .map((press) =>
      (press === "+" ? ["+"] : press.split("+")).map(
        (part) =>
          (mac ? MAC_SIGNS[part] : undefined) ??
          SIGNS[part] ??
          (part.length === 1 ? part.toUpperCase() : part),
      ),
    );
}

export function onMac(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}
