import { Outlet, ScrollRestoration, useNavigation } from "react-router";
import { Announcer } from "../ui/announcer.tsx";
import { Toaster } from "../ui/toaster.tsx";
import css from "./root.module.css";
import { useRouteFocus } from "./route-focus.ts";

/** What stays while pages change: messages, announcements, and a thin line while the next page loads. */
export function Root() {
  useRouteFocus();
  const { state } = useNavigation();
  return (
    <>
      <div className={css.progress} data-busy={state === "loading" || undefined} aria-hidden />
      <Outlet />
      <ScrollRestoration />
      <Toaster />
      <Announcer />
    </>
  );
}
