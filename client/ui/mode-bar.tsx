import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./mode-bar.module.css";

/** Says over the text what keys and pointer do now, with what can be done about it. */
export function ModeBar({
  label,
  region,
  at,
  Icon,
  words,
  children,
}: {
  label: string;
  region: string;
  at: "top" | "bottom";
  Icon: TablerIcon;
  words: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.bar} aria-label={label} data-region={region} data-at={at}>
      <Icon size={18} aria-hidden className={css.icon} />
      <span className={css.words}>{words}</span>
      {children}
    </section>
  );
}
