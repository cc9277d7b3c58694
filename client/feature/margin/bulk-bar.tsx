import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Placed } from "../../session/contract.ts";
import { number } from "../../ui/count.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import css from "./bulk-bar.module.css";

/** Above the list while marks are chosen: how many are, and what can be done to them together. */
export function BulkBar({
  mine,
  chosen,
  others,
  onAll,
  onDone,
}: {
  /** All marks of mine that are shown. */
  mine: readonly Placed[];
  /** Those of them that are chosen. */
  chosen: readonly Placed[];
  others: number;
  onAll: (all: boolean) => void;
  onDone: () => void;
}) {
  const [open, setOpen] = useState<"add" | "delete" | null>(null);
  const all = mine.length > 0 && chosen.length === mine.length;
  return (
    <div className={css.bar}>
      <Checkbox
        size="xs"
        label={`${number(chosen.length)} of ${number(mine.length)} of mine`}
        aria-label={`All marks of mine that are shown: ${number(chosen.length)} of ${number(mine.length)} chosen`}
        checked={all}
        indeterminate={chosen.length > 0 && !all}
        disabled={mine.length === 0}
        onChange={() => onAll(!all)}
      />
      <span className={css.actions}>
        <Button size="compact-xs" disabled={chosen.length === 0} onClick={() => setOpen("add")}>
          Change
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          disabled={chosen.length === 0}
          onClick={() => setOpen("delete")}
        >
          Delete
        </Button>
        <Button size="compact-xs" variant="default" onClick={onDone}>
          Done
        </Button>
      </span>
      {open !== null && (
        <BulkDialog marks={chosen} others={others} start={open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}
