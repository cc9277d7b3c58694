import { Button, Popover } from "@mantine/core";
import { useRef } from "react";
import type { Recovery } from "../../session/contract.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useOpenedAtOnce } from "../../ui/late-part.tsx";
import { When } from "../../ui/when.tsx";
import { Pill, type SaveWords } from "./pill.tsx";
import css from "./save-pill.module.css";

/** The pill with what is to be said about it; opens when it comes. */
export function SaveDetail({
  words,
  recoveries,
  onDismiss,
}: {
  words: SaveWords;
  recoveries: readonly Recovery[];
  onDismiss: () => void;
}) {
  const pill = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useOpenedAtOnce(pill);
  return (
    <Popover width={340} position="bottom-end" withArrow trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Pill ref={pill} words={words} refused={recoveries.length} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown>
        <p className={css.detail}>{words.detail}</p>
        {recoveries.length > 0 && <Recoveries list={recoveries} onDismiss={onDismiss} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the server refused, to copy before it goes. */
function Recoveries({ list, onDismiss }: { list: readonly Recovery[]; onDismiss: () => void }) {
  return (
    <section className={css.recoveries} aria-label="Changes that were refused">
      <h2 className={css.title}>Changes that were refused</h2>
      <ul className={css.list}>
        {list.map((recovery) => (
          <li key={`${recovery.at}-${recovery.room}`} className={css.item}>
            <p className={css.reason}>
              {recovery.sentence} <When at={recovery.at} />
            </p>
            <pre className={css.text}>{recovery.text}</pre>
            <CopyButton value={recovery.text} size="compact-sm" variant="default" />
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
        Forget these copies
      </Button>
    </section>
  );
}
