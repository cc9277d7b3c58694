import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudUpload } from "@tabler/icons-react";
import { When } from "../../ui/when.tsx";
import css from "./codebook-editor.module.css";
import { useEditing } from "./editing.ts";

/** Whether the draft is on the server. */
export function DraftPill() {
  const { state, store } = useEditing();
  const { saving, begun } = state;
  switch (saving.kind) {
    case "saved":
      return (
        <output className={css.pill}>
          <IconCheck size={15} aria-hidden />
          {begun ? "Draft saved" : "No changes yet"}
          {begun && saving.at !== null && (
            <>
              {" "}
              <When at={saving.at} />
            </>
          )}
        </output>
      );
    case "waiting":
    case "saving":
      return (
        <output className={css.pill}>
          <IconCloudUpload size={15} aria-hidden /> Saving …
        </output>
      );
    case "failed":
      return (
        <output className={css.pill} data-tone="problem">
          <IconAlertTriangle size={15} aria-hidden /> Not saved. {saving.message}
          <Button size="compact-xs" variant="default" onClick={() => void store.flush()}>
            Try again
          </Button>
        </output>
      );
    case "clash":
      return (
        <output className={css.pill} data-tone="problem">
          <IconAlertTriangle size={15} aria-hidden /> Not saved: choose below
        </output>
      );
  }
}
