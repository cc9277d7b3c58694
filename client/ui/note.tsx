import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./note.module.css";

/** A failure beside what it is about; said at once. */
export function ProblemNote({ children }: { children: ReactNode }) {
  return (
    <p className={css.note} data-tone="problem" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

/** Something to know before going on. */
export function Note({ children, icon }: { children: ReactNode; icon?: ReactNode }) {
  return (
    <p className={css.note}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
