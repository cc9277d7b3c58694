import { Loader } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./note.module.css";

/** In the place of a part of a page that is on its way. */
export function LoadingNote({ children }: { children: ReactNode }) {
  return (
    <output className={css.note}>
      <Loader size={16} aria-hidden />
      <span>{children}</span>
    </output>
  );
}
