import { Menu, UnstyledButton } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { type Role, ROLES } from "#shared/model/role.ts";
import css from "./role-choice.module.css";
import { ROLE_WORDS } from "./role-words.ts";

/** Chooses a role; each one says in plain words what it may do. `label` names what the role is for. */
export function RoleChoice({
  label,
  value,
  onChange,
  explain = false,
}: {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
  /** Shows the chosen role's words on the button too. */
  explain?: boolean;
}) {
  const choose = (chosen: string) => {
    const role = ROLES.find((each) => each === chosen);
    if (role && role !== value) onChange(role);
  };
  return (
    <Menu position="bottom-end" width={312} returnFocus>
      <Menu.Target>
        <UnstyledButton
          className={css.button}
          data-wide={explain || undefined}
          aria-label={`${label}: ${ROLE_WORDS[value].label}`}
        >
          <span className={css.words}>
            <span className={css.name}>{ROLE_WORDS[value].label}</span>
            {explain && <span className={css.can}>{ROLE_WORDS[value].can}</span>}
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={choose}>
          {ROLES.map((role) => (
            <Menu.RadioItem
              key={role}
              value={role}
              closeMenuOnClick
              data-autofocus={role === value || undefined}
            >
              <span className={css.name}>{ROLE_WORDS[role].label}</span>
              <span className={css.can}>{ROLE_WORDS[role].can}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
