import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { latePart } from "../../ui/late-part.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import type { PersonHere } from "./gather.ts";
import css from "./here.module.css";

/** Faces that are shown; the others are in a list behind a number. */
const MOST = 4;

const lateMorePeople = latePart(async () => (await import("./more-people.tsx")).MorePeople);

/** Who else is here. A click follows that person; the eye hides my own caret and view from others. */
export function Here({
  people,
  following,
  quiet,
  onFollow,
  onQuiet,
}: {
  people: readonly PersonHere[];
  /** Id of the person I follow. */
  following: string | null;
  quiet: boolean;
  onFollow: (id: string | null) => void;
  onQuiet: (quiet: boolean) => void;
}) {
  const others = people.filter(({ self }) => !self);
  const shown = others.slice(0, others.length > MOST ? MOST - 1 : MOST);
  const rest = others.slice(shown.length);
  return (
    <section className={css.here} aria-label="People here" data-region="people">
      {shown.map((person) => (
        <Face key={person.id} person={person} following={following} onFollow={onFollow} />
      ))}
      {rest.length > 0 && (
        <lateMorePeople.Part
          props={{ people: rest, following, onFollow }}
          fallback={<span className={css.more}>+{rest.length}</span>}
        />
      )}
      <Tooltip label={quiet ? "Quiet: others do not see where you are" : "Be quiet: hide where you are"}>
        <ActionIcon
          aria-label="Be quiet: hide where I am"
          aria-pressed={quiet}
          onClick={() => onQuiet(!quiet)}
        >
          {quiet ? <IconEyeOff size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
        </ActionIcon>
      </Tooltip>
    </section>
  );
}

function Face({
  person,
  following,
  onFollow,
}: {
  person: PersonHere;
  following: string | null;
  onFollow: (id: string | null) => void;
}) {
  const followed = person.id === following;
  const label = followed ? `Stop following ${person.name}` : `Follow ${person.name}`;
  return (
    <Tooltip label={person.quiet ? `${person.name} is quiet` : label}>
      <UnstyledButton
        className={css.face}
        aria-label={label}
        aria-pressed={followed}
        data-quiet={person.quiet || undefined}
        style={{ "--face": person.color } as CSSProperties}
        onClick={() => onFollow(followed ? null : person.id)}
      >
        <PersonAvatar person={person} size={28} silent />
      </UnstyledButton>
    </Tooltip>
  );
}
