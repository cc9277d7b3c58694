import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { complete, completions, typingAt, type Named } from "#shared/thread/mentions.ts";

/** The names that are offered while one is typed after an `@`, and what keys do with them. */
export function useCompletion<P extends Named>(
  people: readonly P[],
  onTake: (person: P, text: string) => void,
) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<{ text: string; caret: number } | null>(null);
  const [at, setAt] = useState(0);
  /** Where the caret belongs in a text that the field is about to take. */
  const goal = useRef<number | null>(null);
  const typing = typed && typingAt(typed.text, typed.caret);
  const offered = typing ? completions(people, typing.query) : [];
  const chosen = Math.min(at, offered.length - 1);

  // With the new text, before the next key is heard.
  useLayoutEffect(() => {
    const caret = goal.current;
    goal.current = null;
    if (caret !== null) field.current?.setSelectionRange(caret, caret);
  });

  const look = (): void => {
    const area = field.current;
    if (!area) return;
    const bare = area.selectionStart === area.selectionEnd;
    setTyped(bare ? { text: area.value, caret: area.selectionStart } : null);
    setAt(0);
  };
  const take = (person: P): void => {
    if (!typed || !typing) return;
    const done = complete(typed.text, typing, person.name);
    onTake(person, done.text);
    setTyped(null);
    goal.current = done.caret;
    field.current?.focus();
  };
  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    const person = offered[chosen];
    if (!person) return false;
    switch (event.key) {
      case "ArrowDown":
        setAt((chosen + 1) % offered.length);
        return true;
      case "ArrowUp":
        setAt((chosen + offered.length - 1) % offered.length);
        return true;
      case "Enter":
      case "Tab":
        if (event.shiftKey || event.ctrlKey || event.metaKey) return false;
        take(person);
        return true;
      case "Escape":
        setTyped(null);
        return true;
      default:
        return false;
    }
  };
  return {
    field,
    listId: `${id}-names`,
    optionId: (person: P) => `${id}-${person.id}`,
    offered,
    chosen: offered[chosen] ?? null,
    look,
    take,
    onKey,
    dismiss: () => setTyped(null),
  };
}
