import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff, IconRefresh } from "@tabler/icons-react";
import { count } from "../../ui/count.ts";
import type { WriteState } from "./store.ts";
import css from "./outbox-note.module.css";

/** Whether what I said is safe with the server: nothing to see while it is. */
export function OutboxNote({ state, onRetry }: { state: WriteState; onRetry: () => void }) {
  const { waiting, trouble, kept } = state;
  if (trouble !== null && waiting.length > 0) {
    return (
      <UnstyledButton className={css.note} data-tone="problem" title={trouble} onClick={onRetry}>
        <IconCloudOff size={16} aria-hidden />
        Not saved · {kept ? `${count(waiting.length, "act")} kept here` : "this device has no room"} · Try now
      </UnstyledButton>
    );
  }
  if (waiting.length > 0) {
    return (
      <span className={css.note}>
        <IconRefresh size={16} aria-hidden /> Saving
      </span>
    );
  }
  return null;
}

/** What the server did not take, with what was written, until it has been read. */
export function RefusedNote({ state, onDismiss }: { state: WriteState; onDismiss: () => void }) {
  if (state.refused.length === 0) return null;
  return (
    <div className={css.refused} role="alert">
      <ul className={css.list}>
        {state.refused.map(({ key, sentence, write }) => (
          <li key={key}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>
              {sentence}
              {wordsOf(write) !== "" && <q className={css.words}>{wordsOf(write)}</q>}
            </span>
          </li>
        ))}
      </ul>
      <UnstyledButton className={css.note} onClick={onDismiss}>
        Dismiss
      </UnstyledButton>
    </div>
  );
}

function wordsOf(write: WriteState["refused"][number]["write"]): string {
  switch (write.kind) {
    case "give":
      return write.local.words;
    case "answer":
    case "reopen":
      return write.words;
    case "finish":
      return write.summary;
    case "thread":
      return write.text;
    case "withdraw":
      return "";
  }
}
