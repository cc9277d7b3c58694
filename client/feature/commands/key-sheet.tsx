import { Modal, Switch, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { Command } from "./command.ts";
import { KeyCaps } from "./key-caps.tsx";
import css from "./key-sheet.module.css";
import { isSingleKey } from "./keys.ts";

/** All keys by group, with a search and the switch for keys of one letter. */
export function KeySheet({
  commands,
  onClose,
  singleKeys,
  onSingleKeys,
}: {
  commands: readonly Command[];
  onClose: () => void;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
}) {
  const [query, setQuery] = useState("");
  const groups = groupedBy(
    commands.filter((command) => (command.keys ?? []).length > 0 && isFound(command, query)),
  );
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
      </div>
      {groups.size === 0 && <p className={css.none}>No key does that. Try another word.</p>}
      <div className={css.groups}>
        {[...groups].map(([group, list]) => (
          <section key={group} className={css.group} aria-label={group}>
            <h3 className={css.title}>{group}</h3>
            <ul className={css.list}>
              {list.map((command) => (
                <li key={command.id} className={css.row}>
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
