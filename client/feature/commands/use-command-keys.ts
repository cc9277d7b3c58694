import { useEffect, useRef } from "react";
import { keyMatcher, type Command, type KeyPlace } from "./command.ts";
import { onMac } from "./keys.ts";

/** Milliseconds after which the first of two keys is forgotten. */
const PATIENCE = 1_500;

/**
 * Runs commands by their keys while the calling screen is shown. Keys are seen before the text or a
 * field sees them; a key that no command takes goes on as if nothing were there.
 */
export function useCommandKeys(
  commands: readonly Command[],
  { singleKeys, editing }: { singleKeys: boolean; editing: boolean },
): void {
  const now = useRef({ commands, singleKeys, editing });
  useEffect(() => {
    now.current = { commands, singleKeys, editing };
  });
  useEffect(() => {
    const matcher = keyMatcher({
      commands: () => now.current.commands,
      singleKeys: () => now.current.singleKeys,
      mac: onMac(navigator.platform),
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      if (recordsKeys(event.target)) return;
      if (/^[0-9]$/.test(event.key) && hasOwnDigits(event.target)) return;
      clearTimeout(timer);
      const answer = matcher.press(event, placeOf(event.target, now.current.editing));
      if (answer.kind === "none") return;
      event.preventDefault();
      event.stopPropagation();
      if (answer.kind === "run") answer.command.run();
      else timer = setTimeout(() => matcher.reset(), PATIENCE);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keydown", onKeyDown, { capture: true });
    };
  }, []);
}

/** Where keys are chosen they mean nothing else. */
function recordsKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-records-keys]") !== null;
}

/** Choices answer to digits themselves while one of them has the focus. */
function hasOwnDigits(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-own-digits]") !== null;
}

function isModifier(key: string): boolean {
  return ["Shift", "Control", "Alt", "Meta"].includes(key);
}

const FIELDS =
  "input:not([type=checkbox],[type=radio]), textarea, select, [role=listbox], [role=menu], [role=dialog]";
const CONTROLS = "button, a[href], summary, input, [role=radio], [role=tab], [role=option]";

/** Where a key came down. `editing`: the text takes typing now. */
export function placeOf(target: EventTarget | null, editing: boolean): KeyPlace {
  if (!(target instanceof Element)) return "free";
  if (target.closest(FIELDS)) return "typing";
  if (target.closest("[contenteditable=true]")) return editing ? "editing" : "free";
  return target.closest(CONTROLS) ? "control" : "free";
}
