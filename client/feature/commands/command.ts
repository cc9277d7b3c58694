import { isSingleKey, parseKeys, pressMatches, type KeyEventLike, type KeyPress } from "./keys.ts";

/** One thing a person can do. The same list feeds the keys, the sheet of keys and the palette. */
export type Command = {
  readonly id: string;
  readonly title: string;
  /** Heading in the sheet and in the palette. */
  readonly group: string;
  readonly keys?: readonly string[];
  /** Words to find it by in the palette. */
  readonly words?: string;
  /** Absent: always. */
  readonly when?: () => boolean;
  /** Works also while a person types in a field or in the text. */
  readonly everywhere?: boolean;
  /** Has keys but no place in the palette, e.g. moving to the next. */
  readonly keysOnly?: boolean;
  readonly run: () => void;
};

/** Where the focus is when a key comes down. */
export type KeyPlace =
  /** In the text, which takes typing: only keys with Mod or Alt are commands. */
  | "editing"
  /** In a field or a dialog: only what works everywhere. */
  | "typing"
  /** On a button or link: keys that press it are its own. */
  | "control"
  | "free";

export type KeyAnswer =
  | { readonly kind: "run"; readonly command: Command }
  /** The first of two keys; the next one decides. */
  | { readonly kind: "wait"; readonly pressed: number }
  | { readonly kind: "none" };

type Waiting = readonly { readonly command: Command; readonly rest: readonly KeyPress[] }[];

export type KeyMatcher = {
  /** What a key means now. Earlier commands win over later ones. */
  press(event: KeyEventLike, place: KeyPlace): KeyAnswer;
  /** Forgets a half-typed shortcut. */
  reset(): void;
};

export type MatcherSettings = {
  readonly commands: () => readonly Command[];
  /** False: shortcuts of one letter are switched off. */
  readonly singleKeys: () => boolean;
  readonly mac: boolean;
};

export function keyMatcher({ commands, singleKeys, mac }: MatcherSettings): KeyMatcher {
  let waiting: Waiting = [];
  return {
    press(event, place) {
      const candidates = waiting.length > 0 ? waiting : start(commands(), singleKeys(), place);
      waiting = [];
      const next: { command: Command; rest: readonly KeyPress[] }[] = [];
      for (const { command, rest } of candidates) {
        const [first, ...after] = rest;
        if (!first || !pressMatches(first, event, mac) || command.when?.() === false) continue;
        if (after.length === 0 && next.length === 0) return { kind: "run", command };
        if (after.length > 0) next.push({ command, rest: after });
      }
      waiting = next;
      return next.length > 0 ? { kind: "wait", pressed: next.length } : { kind: "none" };
    },
    reset() {
      waiting = [];
    },
  };
}

function start(commands: readonly Command[], singleKeys: boolean, place: KeyPlace): Waiting {
  return commands.flatMap((command) =>
    (command.keys ?? [])
      .filter((keys) => allowed(keys, command, { singleKeys, place }))
      .map((keys) => ({ command, rest: parseKeys(keys) })),
  );
}

function allowed(
  keys: string,
  command: Command,
  { singleKeys, place }: { singleKeys: boolean; place: KeyPlace },
): boolean {
  if (place === "typing") return command.everywhere === true;
  const plain = parseKeys(keys).every((press) => !press.mod && !press.alt);
  if (place === "editing" && plain && command.everywhere !== true) return false;
  if (place === "control" && plain && (keys === "Enter" || keys === "Delete")) return false;
  return singleKeys || !isSingleKey(keys);
}
