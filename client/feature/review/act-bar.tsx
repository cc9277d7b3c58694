import { ActionIcon, Button, Kbd } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconClockPause,
  IconMessage2,
  IconPencil,
  IconX,
} from "@tabler/icons-react";
import type { TablerIcon } from "@tabler/icons-react";
import { stateOf } from "#shared/review/machine.ts";
import type { ReviewDesk } from "./desk.ts";
import css from "./act-bar.module.css";
import type { Done } from "./log.ts";

/** What can be done with the mark before me, each with its key. */
export function ActBar({ desk, log }: { desk: ReviewDesk; log: readonly Done[] }) {
  const { entry } = desk;
  const denied = entry ? desk.markRefusal("rejected") : null;
  const mine = entry?.mine ?? null;
  const last = log.at(-1);
  const isJudged = mine !== null && !["open", "reopened"].includes(stateOf(mine)) && entry?.todo === null;
  return (
    <div className={css.acts} role="toolbar" aria-label="Verdict">
      {entry && denied && <p className={css.denied}>{denied.sentence}</p>}
      {entry && !denied && (
        <>
          <Act Icon={IconCheck} name="Accept" keys="A" tone="good" onClick={() => desk.accept()} />
          <Act Icon={IconX} name="Reject" keys="X" tone="danger" onClick={() => desk.begin("reject")} />
          <Act Icon={IconMessage2} name="Discuss" keys="D" onClick={() => desk.begin("discuss")} />
          <Act Icon={IconPencil} name="Suggest" keys="E" onClick={() => desk.begin("suggest")} />
          <Act Icon={IconClockPause} name="Skip" keys="S" onClick={() => desk.skip()} />
        </>
      )}
      <div className={css.moves}>
        <Move Icon={IconChevronUp} name="Previous (K)" onClick={() => desk.step(-1)} />
        <Move Icon={IconChevronDown} name="Next (J)" onClick={() => desk.step(1)} />
      </div>
      {(last || isJudged) && (
        <div className={css.last}>
          <span className={css.words}>{last && `Last: ${last.word.toLowerCase()}`}</span>
          {isJudged && (
            <Button variant="subtle" size="compact-sm" onClick={() => desk.reopen(mine)}>
              Take up again
            </Button>
          )}
          {last && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconArrowBackUp size={15} aria-hidden />}
              rightSection={<Kbd size="xs">U</Kbd>}
              onClick={() => desk.undo()}
            >
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Act({
  Icon,
  name,
  keys,
  tone,
  onClick,
}: {
  Icon: TablerIcon;
  name: string;
  keys: string;
  tone?: "good" | "danger";
  onClick: () => void;
}) {
  return (
    <Button
      className={css.act}
      data-tone={tone}
      variant="default"
      size="sm"
      px="xs"
      leftSection={<Icon size={17} aria-hidden />}
      rightSection={<Kbd size="xs">{keys}</Kbd>}
      onClick={onClick}
    >
      {name}
    </Button>
  );
}

function Move({ Icon, name, onClick }: { Icon: TablerIcon; name: string; onClick: () => void }) {
  return (
    <ActionIcon size="lg" variant="default" aria-label={name} title={name} onClick={onClick}>
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}
