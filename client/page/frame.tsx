import { NavLink, Outlet } from "react-router";
import { AccountMenu } from "../feature/account/account-menu.tsx";
import { NotificationsBell } from "../feature/notifications/notifications-bell.tsx";
import { AppHeader } from "../ui/app-header.tsx";
import { ColorSchemeButton } from "../ui/color-scheme-choice.tsx";
import css from "./frame.module.css";

const ACCOUNT = (
  <>
    <NotificationsBell />
    <AccountMenu />
  </>
);

/** Pages for people who are signed in: header with the ways to the other pages. */
export function MemberFrame() {
  return (
    <>
      <AppHeader leading={<PageLinks />} account={ACCOUNT} />
      <Outlet />
    </>
  );
}

/** Pages for people who are not signed in yet. */
export function DoorFrame() {
  return (
    <>
      <AppHeader account={<ColorSchemeButton />} />
      <Outlet />
    </>
  );
}

function PageLinks() {
  return (
    <nav className={css.links} aria-label="Pages">
      <NavLink to="/articles">Articles</NavLink>
      <NavLink to="/members">Members</NavLink>
    </nav>
  );
}
