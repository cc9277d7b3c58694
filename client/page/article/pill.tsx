import { UnstyledButton } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import css from "./save-pill.module.css";

export type SaveWords = {
  readonly Icon: TablerIcon;
  readonly label: string;
  readonly detail: string;
  readonly tone: "calm" | "busy" | "away" | "problem";
};

/** The button that says whether my work is safe. `refused`: how many changes the server did not take. */
export function Pill({
  words: { Icon, label, tone },
  refused,
  ...props
}: ComponentProps<"button"> & { readonly words: SaveWords; readonly refused: number }) {
  return (
    <UnstyledButton {...props} className={css.pill} data-tone={refused > 0 ? "problem" : tone}>
      <Icon size={16} aria-hidden />
      <span className={css.label}>{label}</span>
      {refused > 0 && <span className={css.badge}>{refused}</span>}
    </UnstyledButton>
  );
}
