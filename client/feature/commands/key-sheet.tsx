import { ActionIcon, Button, Modal, Switch, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconPencil, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { Command } from "./command.ts";
import { KeyCaps } from "./key-caps.tsx";
import { KeyEditor } from "./key-editor.tsx";
import { clashesOf } from "./key-choice.ts";
import type { KeyMap } from "./key-map.ts";
import css from "./key-sheet.module.css";
import { isSingleKey } from "./keys.ts";

/** What is needed most comes first; commands themselves stand in the order in which keys reach them. */
const FIRST = ["Tags", "Marks", "Selection", "Edges of a mark", "Fields", "Changes", "View"];

function placeOf(group: string): number {
  const at = FIRST.indexOf(group);
  return at < 0 ? FIRST.length : at;
}

/** All keys by group, to be searched and changed, with the switch for keys of one letter. */
export function KeySheet({
  commands,
  onClose,
  singleKeys,
  onSingleKeys,
  map,
  onMap,
}: {
  /** With the keys they have now. */
  commands: readonly Command[];
  onClose: () => void;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
  /** Keys that were chosen in place of those that commands come with. */
  map: KeyMap;
  onMap: (map: KeyMap) => void;
}) {
  const [query, setQuery] = useState("");
  const [changing, setChanging] = useState<string | null>(null);
  const clashing = clashesOf(commands, map);
  // Commands without keys are shown to whoever looks for one, to give them some.
  const hasRow = ({ id, keys = [] }: Command) =>
    keys.length > 0 || map[id] !== undefined || query.trim() !== "";
  const groups = groupedBy(commands.filter((command) => hasRow(command) && isFound(command, query)));
  const ordered = [...groups].toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const isChanged = Object.keys(map).length > 0;
  return (
    <Modal opened onClose={onClose} title="Keys" size="xl">
      <div className={css.head}>
        <TextInput
          className={css.search}
          aria-label="Search keys"
          placeholder="Search"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-autofocus
        />
        <Switch
          label="Keys of one letter"
          description="Off: they do nothing; every command is in the palette"
          checked={singleKeys}
          onChange={(event) => onSingleKeys(event.currentTarget.checked)}
        />
        {isChanged && (
          <Button size="compact-sm" variant="default" onClick={() => onMap({})}>
            Reset all keys
          </Button>
        )}
      </div>
      {groups.size === 0 && <p className={css.none}>No key does that. Try another word.</p>}
      <div className={css.groups}>
        {ordered.map(([group, list]) => (
          <section key={group} className={css.group} aria-label={group}>
            <h3 className={css.title}>{group}</h3>
            <ul className={css.list}>
              {list.map((command) => (
                <li key={command.id} className={css.item}>
                  <div className={css.row}>
                    <span>{command.title}</span>
                    <span className={css.keys}>
                      {(command.keys ?? []).map((keys) => (
                        <span
                          key={keys}
                          data-off={(!singleKeys && isSingleKey(keys)) || undefined}
                          className={css.key}
                        >
                          <KeyCaps keys={keys} />
                        </span>
                      ))}
                    </span>
                    <ActionIcon
                      size={24}
                      data-change={command.id}
                      aria-label={`Change the keys of ${command.title}`}
                      aria-expanded={changing === command.id}
                      onClick={() => setChanging(changing === command.id ? null : command.id)}
                    >
                      <IconPencil size={14} aria-hidden />
                    </ActionIcon>
                  </div>
                  {clashing.has(command.id) && changing !== command.id && (
                    <p className={css.clash}>
                      <IconAlertTriangle size={16} aria-hidden /> The same keys:{" "}
                      {clashing
                        .get(command.id)
                        ?.map(({ title }) => title)
                        .join(", ")}
                    </p>
                  )}
                  {changing === command.id && (
                    <KeyEditor
                      command={command}
                      commands={commands}
                      map={map}
                      onMap={onMap}
                      onDone={() => {
                        setChanging(null);
                        document
                          .querySelector<HTMLElement>(`[data-change="${CSS.escape(command.id)}"]`)
                          ?.focus();
                      }}
                    />
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function isFound(command: Command, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return `${command.title} ${command.group} ${command.words ?? ""} ${(command.keys ?? []).join(" ")}`
    .toLowerCase()
    .includes(wanted);
}

function groupedBy(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  return Map.groupBy(commands, (command) => command.group);
}
