import { IconAlertTriangle, IconCheck, IconCloudOff, IconLock, IconRefresh } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import type { ArticleSession, SaveState } from "../../session/contract.ts";
import { steady } from "../../session/steady.ts";
import { useReadable } from "../../session/use-readable.ts";
import { announce } from "../../ui/announcer.tsx";
import { count } from "../../ui/count.ts";
import { latePart, OpensLate } from "../../ui/late-part.tsx";
import { Pill, type SaveWords } from "./pill.tsx";

/** What a click on the pill shows; the pill itself is there from the start. */
export const lateSaveDetail = latePart(async () => (await import("./save-detail.tsx")).SaveDetail);

function wordsOf(state: SaveState): SaveWords {
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
  const state = useReadable(useMemo(() => steady(session.save), [session]));
  const recoveries = useReadable(session.recoveries);
  const words = wordsOf(state);
  useSaidAloud(state, words.label);
  return (
    <OpensLate
      late={lateSaveDetail}
      props={{ words, recoveries, onDismiss: () => session.dismissRecoveries() }}
      button={(press) => (
        <Pill
          words={words}
          refused={recoveries.length}
          aria-haspopup="dialog"
          aria-expanded={false}
          onClick={press}
        />
      )}
    />
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
