import type { ReactNode } from "react";
import { Link } from "react-router";
import css from "./app-header.module.css";
import { Wordmark } from "./wordmark.tsx";

type Slots = {
  /** Right after the name: the title of what is open, a panel button. Takes the free room. */
  readonly leading?: ReactNode;
  /** What changes the page: modes, filters. Goes to a row of its own when there is little room. */
  readonly controls?: ReactNode;
  /** State and people: save state, avatars, Share. */
  readonly trailing?: ReactNode;
  /** The account menu, or a way to sign in. */
  readonly account?: ReactNode;
  /** Leaves one letter of the name, to give the room to `leading`. */
  readonly compact?: boolean;
};

/** The bar at the top of every page, with a link past it for people who use the keyboard. */
export function AppHeader({ leading, controls, trailing, account, compact = false }: Slots) {
  return (
    <header className={css.header}>
      <a className={css.skip} href="#main">
        Skip to content
      </a>
      <Link to="/articles" className={css.home} aria-label="Gloss: all articles">
        <Wordmark compact={compact} />
      </Link>
      <div className={css.leading}>{leading}</div>
      {controls && <div className={css.controls}>{controls}</div>}
      {trailing && <div className={css.trailing}>{trailing}</div>}
      {account}
    </header>
  );
}
