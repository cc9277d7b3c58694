import { Button, Popover, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconCloudOff,
  IconLock,
  IconRefresh,
  type TablerIcon,
} from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ArticleSession, Recovery, SaveState } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { announce } from "../../ui/announcer.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { count } from "../../ui/count.ts";
import { When } from "../../ui/when.tsx";
import css from "./save-pill.module.css";

type Words = {
  readonly Icon: TablerIcon;
  readonly label: string;
  readonly detail: string;
  readonly tone: "calm" | "busy" | "away" | "problem";
};

function wordsOf(state: SaveState): Words {
  switch (state.kind) {
    case "connecting":
      return {
        Icon: IconRefresh,
        label: "Connecting",
        detail: "Gloss is fetching the article. What you do meanwhile is kept on this device.",
        tone: "busy",
      };
    case "saved":
      return {
        Icon: IconCheck,
        label: "Saved",
        detail: "Everything you did is stored on the server’s disk.",
        tone: "calm",
      };
    case "saving":
      return {
        Icon: IconRefresh,
        label: "Saving",
        detail: `${count(state.changes, "change")} on the way to the server.`,
        tone: "busy",
      };
    case "offline":
      return {
        Icon: IconCloudOff,
        label:
          state.changes > 0 ? `Offline · ${count(state.changes, "change")} kept on this device` : "Offline",
        detail:
          "The server cannot be reached. Go on working: your changes are kept on this device, also when you reload, and are merged when the connection is back.",
        tone: "away",
      };
    case "read-only":
      return { Icon: IconLock, label: "Read only", detail: state.reason, tone: "calm" };
    case "refused":
      return { Icon: IconAlertTriangle, label: "Not saved", detail: state.sentence, tone: "problem" };
  }
}

/** Whether my work is safe, always in sight; a click says more. */
export function SavePill({ session }: { session: ArticleSession }) {
  const state = useReadable(session.save);
  const recoveries = useReadable(session.recoveries);
  const { Icon, label, detail, tone } = wordsOf(state);
  useSaidAloud(state, label);
  return (
    <Popover width={340} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <UnstyledButton className={css.pill} data-tone={recoveries.length > 0 ? "problem" : tone}>
          <Icon size={16} aria-hidden />
          <span className={css.label}>{label}</span>
          {recoveries.length > 0 && <span className={css.badge}>{recoveries.length}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={css.detail}>{detail}</p>
        {recoveries.length > 0 && (
          <Recoveries list={recoveries} onDismiss={() => session.dismissRecoveries()} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the server refused, to copy before it goes. */
function Recoveries({ list, onDismiss }: { list: readonly Recovery[]; onDismiss: () => void }) {
  return (
    <section className={css.recoveries} aria-label="Changes that were refused">
      <h2 className={css.title}>Changes that were refused</h2>
      <ul className={css.list}>
        {list.map((recovery) => (
          <li key={`${recovery.at}-${recovery.room}`} className={css.item}>
            <p className={css.reason}>
              {recovery.sentence} <When at={recovery.at} />
            </p>
            <pre className={css.text}>{recovery.text}</pre>
            <CopyButton value={recovery.text} size="compact-sm" variant="default" />
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
        Forget these copies
      </Button>
    </section>
  );
}

/** Says when work stops being safe and when it is safe again, not every save. */
function useSaidAloud(state: SaveState, label: string): void {
  const last = useRef<SaveState["kind"]>("connecting");
  useEffect(() => {
    const before = last.current;
    if (state.kind === "saving" || state.kind === "connecting") return;
    last.current = state.kind;
    if (before === state.kind || (before === "connecting" && state.kind === "saved")) return;
    announce(state.kind === "saved" ? "Connected, everything is saved" : label);
  }, [state.kind, label]);
}
