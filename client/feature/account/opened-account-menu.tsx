import { Menu } from "@mantine/core";
import { IconBook2, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useRef } from "react";
import { Link } from "react-router";
import { useSignOut } from "../../api/me.ts";
import { useSelf } from "../../api/self.tsx";
import { ColorSchemeItems } from "../../ui/color-scheme-items.tsx";
import { useOpenedAtOnce } from "../../ui/late-part.tsx";
import { ROLE_WORDS } from "../../ui/role-words.ts";
import { AccountButton } from "./account-button.tsx";
import css from "./account-menu.module.css";

/** The account menu with its button; opens when it comes. */
export function OpenedAccountMenu() {
  const me = useSelf();
  const signOut = useSignOut();
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useOpenedAtOnce(button);
  return (
    <Menu position="bottom-end" width={232} returnFocus opened={opened} onChange={setOpened}>
      <Menu.Target>
        <AccountButton ref={button} />
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
        <Menu.Item component={Link} to="/codebook" leftSection={<IconBook2 size={18} aria-hidden />}>
          Codebook
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
