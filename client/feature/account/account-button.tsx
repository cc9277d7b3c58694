import { UnstyledButton } from "@mantine/core";
import type { ComponentProps } from "react";
import { useSelf } from "../../api/self.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import css from "./account-menu.module.css";

/** My face, which opens the account menu. */
export function AccountButton(props: ComponentProps<"button">) {
  const me = useSelf();
  return (
    <UnstyledButton {...props} className={css.button} aria-label={`Account of ${me.name}`}>
      <PersonAvatar person={me} size={32} silent />
    </UnstyledButton>
  );
}
