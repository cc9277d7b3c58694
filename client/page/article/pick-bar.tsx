import { Button, Kbd } from "@mantine/core";
import css from "./pick-bar.module.css";
import type { Pick } from "./use-pick.ts";

/** Says which field waits for words, and how to leave. */
export function PickBar({ pick }: { pick: Pick }) {
  if (!pick.picking) return null;
  return (
    <div className={css.bar}>
      <span>
        Select the words for <strong>{pick.picking.label}</strong>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={pick.cancel}
        rightSection={<Kbd size="xs">Esc</Kbd>}
      >
        Cancel
      </Button>
    </div>
  );
}
