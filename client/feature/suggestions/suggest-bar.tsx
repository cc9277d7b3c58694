import { Button } from "@mantine/core";
import { IconPencilPlus } from "@tabler/icons-react";
import { ModeBar } from "../../ui/mode-bar.tsx";

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
    <ModeBar
      label="Suggesting"
      region="suggesting"
      at="bottom"
      Icon={IconPencilPlus}
      words={touch ? "Touch a place" : "What you type is suggested"}
    >
      <Button size="compact-sm" variant="filled" onMouseDown={hold} onClick={onForm}>
        Suggest here
      </Button>
      <Button size="compact-sm" variant="default" onMouseDown={hold} onClick={onList}>
        All ({open})
      </Button>
    </ModeBar>
  );
}
