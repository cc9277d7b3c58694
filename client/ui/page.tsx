import type { ReactNode } from "react";
import { usePageTitle } from "./page-title.ts";
import css from "./page.module.css";

/** The body of a page: one column with a heading, an optional sentence and actions beside it. */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <main id="main" tabIndex={-1} data-focus-target className={css.page}>
      <div className={css.head}>
        <div className={css.heading}>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  );
}

/** A part of a page with its own heading. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.head}>
        <div className={css.heading}>
          <h2 className={css.subtitle}>{title}</h2>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A narrow page for people who are not signed in yet: one card, one thing to do. */
export function DoorPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <main id="main" tabIndex={-1} data-focus-target className={css.door}>
      <h1 className={css.title}>{title}</h1>
      {lead && <div className={css.lead}>{lead}</div>}
      <div className={css.card}>{children}</div>
    </main>
  );
}
