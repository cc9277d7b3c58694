import { Menu, UnstyledButton } from "@mantine/core";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import type { PersonHere } from "./gather.ts";
import css from "./here.module.css";

/** Those for whose faces there is no room, behind their number. */
export function MorePeople({
  people,
  following,
  onFollow,
}: {
  people: readonly PersonHere[];
  /** Id of the person I follow. */
  following: string | null;
  onFollow: (id: string | null) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={css.more} aria-label={`${people.length} more people`}>
          +{people.length}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {people.map((person) => (
          <Menu.Item
            key={person.id}
            leftSection={<PersonAvatar person={person} size={22} silent />}
            onClick={() => onFollow(person.id === following ? null : person.id)}
          >
            {person.id === following ? `Stop following ${person.name}` : `Follow ${person.name}`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
