import { CloseButton } from "@mantine/core";
import { useEffect, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useDrawer } from "./drawer.ts";
import css from "./side-panel.module.css";

/**
 * A panel over the right side of the page, which stays free to be used meanwhile. It takes the focus when it
 * comes and gives it back when it goes.
 */
export function SidePanel({
  panel,
  label,
  region,
  title,
  before = null,
  closeLabel,
  onClose,
  onEscape,
  takesFocus = true,
  children,
}: {
  panel: RefObject<HTMLElement | null>;
  /** What screen readers call it. */
  label: string;
  /** Its name among the regions that F6 walks through. */
  region: string;
  title: string;
  /** Stands before the title. */
  before?: ReactNode;
  closeLabel: string;
  onClose: () => void;
  /** Escape in the panel, unless something in it took the key. */
  onEscape?: () => void;
  /** False: something in it takes the focus. */
  takesFocus?: boolean;
  children: ReactNode;
}) {
  useDrawer(panel);
  useEffect(() => {
    const had = document.activeElement;
    return () => {
      if (had instanceof HTMLElement && had.isConnected) had.focus();
    };
  }, []);
  useEffect(() => {
    if (takesFocus) panel.current?.focus();
  }, [panel, takesFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || !onEscape) return;
    event.preventDefault();
    event.stopPropagation();
    onEscape();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is heard on its way up
    <aside
      ref={panel}
      tabIndex={-1}
      className={css.panel}
      aria-label={label}
      data-region={region}
      onKeyDown={onKeyDown}
    >
      <div className={css.head}>
        {before}
        <h2 className={css.title}>{title}</h2>
        <CloseButton aria-label={closeLabel} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
