import { Button, Kbd } from "@mantine/core";
import type { CSSProperties } from "react";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import css from "./follow-bar.module.css";
import type { PersonHere } from "./gather.ts";

/** Says whose view I see, and how to get back to my own. */
export function FollowBar({ person, onStop }: { person: PersonHere; onStop: () => void }) {
  return (
    <output className={css.bar} style={{ "--face": person.color } as CSSProperties}>
      <PersonAvatar person={person} size={22} silent />
      <span>
        Following <strong>{person.name}</strong>
      </span>
      <Button size="compact-sm" variant="default" onClick={onStop} rightSection={<Kbd size="xs">Esc</Kbd>}>
        Stop
      </Button>
    </output>
  );
}
