import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { can } from "#shared/model/role.ts";
import type { Command } from "../../feature/commands/command.ts";
import type { Judging } from "../../feature/margin/judged.ts";
import type { ArticleSession, Placed, Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { REVIEW_PANEL_ID } from "../../feature/review/panel-id.ts";
import { signClasses } from "../../ui/review-sign.tsx";
import { notify } from "../../ui/notify.ts";
import type { ReviewParts } from "./review-late.tsx";
import { type ReviewMode, useReviewMode } from "./review-mode.ts";
import { signsIn } from "./review-signs.ts";
import type { Stage } from "./stage.ts";

export type Review = {
  /** Null: the page is as ever. */
  readonly mode: ReviewMode | null;
  readonly setMode: (mode: ReviewMode | null) => void;
  /** Null until it has been fetched. */
  readonly parts: ReviewParts | null;
  /** The screen that is open, once it has been fetched. */
  readonly side: Side | null;
  readonly commands: readonly Command[];
  readonly judging: Judging;
  /** Class names of a mark in the text. */
  readonly traits: (placed: Placed) => readonly string[];
  /** While cards make room for review: element id of what describes a mark, the one before me alone. */
  readonly cardOf: ((key: string) => string | null) | null;
};

export type Side = Pick<ReviewParts, "Side" | "Queue" | "onSelection"> & {
  readonly kind: ReviewMode["kind"];
  /** Key of the mark before me. */
  readonly current: string | null;
};

/** Milliseconds that are left to the text before review is fetched for its signs. */
const SOON = 600;

const NOWHERE: Readable<null> = { get: () => null, subscribe: () => () => undefined };

/** Review in an open article: its signs for everybody, and its screens for those who ask for them. */
export function useReview(stage: Stage, ready: boolean): Review {
  const { session } = stage;
  const [parts, setParts] = useState<ReviewParts | null>(null);
  const { mode, setMode, openThread } = useReviewMode();
  const now = useRef({ stage, setMode, openThread });
  useEffect(() => {
    now.current = { stage, setMode, openThread };
  });

  const wanted = mode !== null;
  const missing = parts === null;
  useEffect(() => {
    if (!ready || !missing) return;
    let current = true;
    const fetchParts = async (): Promise<void> => {
      try {
        const { openReview } = await import("./review-late.tsx");
        if (!current) return;
        setParts(
          openReview({
            session,
            stage: () => now.current.stage,
            setMode: (next) => now.current.setMode(next),
            openThread: (thread) => now.current.openThread(thread),
          }),
        );
      } catch {
        // Without being asked for it is no failure: it is tried again when somebody wants it.
        if (!current || !wanted) return;
        notify({
          message: "Review did not load. Check your connection and try again.",
          tone: "problem",
        });
        now.current.setMode(null);
      }
    };
    const timer = setTimeout(() => void fetchParts(), wanted ? 0 : SOON);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [session, ready, missing, wanted]);
  useEffect(() => {
    if (!parts) return;
    const cell = signsIn(session);
    const tell = () => cell.set(parts.signs.get());
    const stop = parts.signs.subscribe(tell);
    tell();
    return () => {
      stop();
      parts.close();
      setParts(null);
    };
  }, [session, parts]);

  const of = mode?.kind === "review" ? mode.of : null;
  const kind = mode?.kind ?? null;
  useEffect(() => {
    if (!parts || kind === null) return;
    if (now.current.stage.mode !== "annotate") now.current.stage.view.setMode("annotate");
    return kind === "review" ? parts.review(of) : parts.inbox();
  }, [parts, kind, of]);

  // A mark that is clicked in the text comes before me.
  const { activeKey } = stage.choice;
  useEffect(() => {
    if (activeKey !== null && kind !== null) parts?.open(activeKey, kind);
  }, [parts, activeKey, kind]);

  const current = useReadable(parts && kind !== null ? parts.current[kind] : NOWHERE);
  const signs = useReadable(signsIn(session));
  const traits = useCallback((placed: Placed) => signClasses(signs.get(placed.key) ?? "open"), [signs]);
  const judging = useMemo<Judging>(
    () => ({ signs: signsIn(session), Section: parts?.Section ?? null }),
    [session, parts],
  );
  const side = useMemo<Side | null>(() => {
    if (!parts || kind === null) return null;
    const { Side, Queue, onSelection } = parts;
    return { kind, current, Side, Queue, onSelection };
  }, [parts, kind, current]);
  const described = side?.current ?? null;
  const cardOf = useMemo(
    () => (kind === null ? null : (key: string) => (key === described ? REVIEW_PANEL_ID : null)),
    [kind, described],
  );
  const commands = useMemo(
    () => [...(parts && kind !== null ? parts.commands[kind] : []), ...wayIn(session, kind, setMode)],
    [session, parts, kind, setMode],
  );
  return useMemo(
    () => ({ mode, setMode, parts, side, commands, judging, traits, cardOf }),
    [mode, setMode, parts, side, commands, judging, traits, cardOf],
  );
}

/** Into review and the inbox and out again, by key. */
function wayIn(
  { me }: ArticleSession,
  kind: ReviewMode["kind"] | null,
  setMode: Review["setMode"],
): readonly Command[] {
  return [
    {
      id: "review",
      title: kind === "review" ? "Leave review" : "Review this article",
      group: "View",
      words: "judge accept reject verdict queue",
      keys: ["Alt+Shift+V"],
      when: () => can(me, "verdict.write"),
      run: () => setMode(kind === "review" ? null : { kind: "review", of: null }),
    },
    {
      id: "inbox",
      title: kind === "inbox" ? "Close the inbox" : "Inbox: what reviewers said of my marks",
      group: "View",
      words: "verdict suggestion answer apply",
      keys: ["Alt+Shift+I"],
      when: () => can(me, "layer.write", { owner: me.id }),
      run: () => setMode(kind === "inbox" ? null : { kind: "inbox" }),
    },
  ];
}
