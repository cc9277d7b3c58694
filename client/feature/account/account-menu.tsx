import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import { useSignOut } from "../../api/me.ts";
import { useSelf } from "../../api/self.tsx";
import { ColorSchemeItems } from "../../ui/color-scheme-choice.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { ROLE_WORDS } from "../../ui/role-words.ts";
import css from "./account-menu.module.css";

/** Who I am, the colours of the screen, and the way out. Stands at the right end of every header. */
export function AccountMenu() {
  const me = useSelf();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={232} returnFocus>
      <Menu.Target>
        <UnstyledButton className={css.button} aria-label={`Account of ${me.name}`}>
          <PersonAvatar person={me} size={32} silent />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.who}>
          <strong>{me.name}</strong>
          <span>
            {ROLE_WORDS[me.role].label}
            {me.email === null && ", guest"}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={18} aria-hidden />}>
          {me.email === null ? "Account: keep your work" : "Account"}
        </Menu.Item>
        <Menu.Divider />
        <ColorSchemeItems />
        <Menu.Divider />
        <SignOutItem isGuest={me.email === null} onSignOut={() => signOut.mutate()} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** A guest who signs out cannot come back as the same person, so they are led to keep their account. */
function SignOutItem({ isGuest, onSignOut }: { isGuest: boolean; onSignOut: () => void }) {
  const icon = <IconLogout size={18} aria-hidden />;
  if (isGuest) {
    return (
      <Menu.Item component={Link} to="/account#leave" leftSection={icon}>
        Sign out…
      </Menu.Item>
    );
  }
  return (
    <Menu.Item leftSection={icon} onClick={onSignOut}>
      Sign out
    </Menu.Item>
  );
}
