import type { ReactNode } from "react";
import { usePageTitle } from "./page-title.ts";
import css from "./status-screen.module.css";

/** A whole screen that says one thing and how to go on: not found, forbidden, no answer. */
export function StatusScreen({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  usePageTitle(title);
  return (
    <main id="main" tabIndex={-1} data-focus-target className={css.screen}>
      <h1 className={css.title}>{title}</h1>
      <div className={css.text}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
    </main>
  );
}
