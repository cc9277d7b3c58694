import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconX } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { announce } from "../../ui/announcer.tsx";
import { useFocusFirst } from "../../ui/focus.ts";
import type { Command } from "./command.ts";
import { KeyCaps } from "./key-caps.tsx";
import css from "./key-sheet.module.css";
import { added, clashes, keysOf, mapped, refusedKeys, taken, withPress } from "./key-choice.ts";
import type { KeyMap } from "./key-map.ts";
import { onMac } from "./keys.ts";

const TITLES = new Intl.ListFormat("en");

/** Changes the keys of one command: takes some away, and adds those that are pressed. */
export function KeyEditor({
  command,
  commands,
  map,
  onMap,
  onDone,
}: {
  command: Command;
  /** All of them, with the keys they have now. */
  commands: readonly Command[];
  map: KeyMap;
  onMap: (map: KeyMap) => void;
  onDone: () => void;
}) {
  const [pressed, setPressed] = useState("");
  const input = useFocusFirst<HTMLInputElement>();
  const { id, title, keys = [] } = command;
  const refused = pressed === "" ? null : refusedKeys(pressed);
  const others = pressed === "" ? [] : clashes(commands, id, pressed);
  const set = (next: KeyMap, said: string) => {
    onMap(next);
    setPressed("");
    announce(said);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab") return;
    event.stopPropagation();
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key === "Escape" && plain) return onDone();
    const press = keysOf(event, onMac(navigator.platform));
    event.preventDefault();
    if (press !== null) setPressed(withPress(pressed, press));
  };

  return (
    <div className={css.editor}>
      {keys.length > 0 && (
        <ul className={css.current} aria-label={`Keys of ${title}`}>
          {keys.map((one) => (
            <li key={one} className={css.one}>
              <KeyCaps keys={one} />
              <ActionIcon
                size={24}
                aria-label={`Take ${one} away`}
                onClick={() =>
                  set(
                    mapped(
                      map,
                      id,
                      keys.filter((other) => other !== one),
                    ),
                    `${one} taken away`,
                  )
                }
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        data-records-keys
        data-mantine-stop-propagation="true"
        ref={input}
        readOnly
        label="New keys"
        description="Press them here, or two letters one after the other. Escape leaves."
        value={pressed}
        placeholder="Press keys"
        error={refused}
        onKeyDown={onKeyDown}
      />
      {refused === null && others.length > 0 && (
        <p className={css.clash} role="alert">
          <IconAlertTriangle size={16} aria-hidden /> Also used by{" "}
          {TITLES.format(others.map((other) => other.title))}.
        </p>
      )}
      <div className={css.acts}>
        {pressed !== "" && refused === null && others.length === 0 && (
          <Button
            size="compact-sm"
            onClick={() => set(added(commands, map, id, pressed), `${pressed} added`)}
          >
            Use them
          </Button>
        )}
        {pressed !== "" && refused === null && others.length > 0 && (
          <>
            <Button
              size="compact-sm"
              onClick={() => set(taken(commands, map, id, pressed), `${pressed} taken over`)}
            >
              Take them over
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => set(added(commands, map, id, pressed), `${pressed} added`)}
            >
              Use for both
            </Button>
          </>
        )}
        {map[id] !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => set(mapped(map, id, null), `${title} has its own keys again`)}
          >
            Reset
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
