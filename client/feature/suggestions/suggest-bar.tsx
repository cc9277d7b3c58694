import { Button } from "@mantine/core";
import { IconPencilPlus } from "@tabler/icons-react";
import css from "./suggest-bar.module.css";

/** Says what keys do now, and does the same without keys. */
export function SuggestBar({
  touch,
  open,
  onForm,
  onList,
}: {
  touch: boolean;
  /** How many suggestions wait. */
  open: number;
  onForm: () => void;
  onList: () => void;
}) {
  const hold = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <section className={css.bar} aria-label="Suggesting" data-region="suggesting">
      <IconPencilPlus size={18} aria-hidden className={css.icon} />
      <span className={css.words}>{touch ? "Touch a place" : "What you type is suggested"}</span>
      <Button size="compact-sm" variant="filled" onMouseDown={hold} onClick={onForm}>
        Suggest here
      </Button>
      <Button size="compact-sm" variant="default" onMouseDown={hold} onClick={onList}>
        All ({open})
      </Button>
    </section>
  );
}
