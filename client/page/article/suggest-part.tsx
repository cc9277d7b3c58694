import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Command } from "../../feature/commands/command.ts";
import { SuggestBar } from "../../feature/suggestions/suggest-bar.tsx";
import { SuggestForm } from "../../feature/suggestions/suggest-form.tsx";
import { SuggestionCard } from "../../feature/suggestions/suggestion-card.tsx";
import { SuggestionPanel } from "../../feature/suggestions/suggestion-panel.tsx";
import { standingNow } from "../../session/suggestion-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import { useKeyHints } from "../../ui/key-hint.ts";
import { openSuggesting, type OpenSuggesting } from "./open-suggesting.ts";
import type { Stage } from "./stage.ts";
import { suggestCommands } from "./suggest-commands.ts";

export type SuggestProps = {
  readonly stage: Stage;
  /** What is open covers the text, and comes from the lower edge. */
  readonly narrow: boolean;
  readonly touch: boolean;
  readonly onCommands: (commands: readonly Command[]) => void;
};

/** Suggested changes over the open article, fetched once the text is there. */
export function SuggestPart(props: SuggestProps) {
  const { stage } = props;
  const { session } = stage;
  const now = useRef(stage);
  useEffect(() => {
    now.current = stage;
  });
  const [opened, setOpened] = useState<OpenSuggesting | null>(null);
  useEffect(() => {
    const made = openSuggesting(session, () => now.current);
    // oxlint-disable-next-line react/set-state-in-effect -- it holds sockets and storage, which an effect must close
    setOpened(made);
    return () => {
      setOpened(null);
      made.close();
    };
  }, [session]);
  return opened && <Opened opened={opened} {...props} />;
}

function Opened({ opened, stage, narrow, touch, onCommands }: SuggestProps & { opened: OpenSuggesting }) {
  const { desk, deciding } = opened;
  const { session, editor, mode } = stage;
  const { pending, activeId, listed, rows } = useReadable(desk.state);
  const hints = useKeyHints();

  const focusText = useCallback(() => editor()?.focus(), [editor]);
  const leaveCard = useCallback(() => {
    desk.choose(null);
    editor()?.focus();
  }, [desk, editor]);
  const selected = stage.selection !== null;
  const writing = pending !== null;
  const commands = useMemo(
    () =>
      suggestCommands({
        desk,
        deciding,
        leaveCard,
        focusText,
        selected,
        writing,
        listed,
      }),
    [desk, deciding, leaveCard, focusText, selected, writing, listed],
  );
  useEffect(() => onCommands(commands), [commands, onCommands]);
  useEffect(() => () => onCommands([]), [onCommands]);

  // What was typed is sent when one goes on to do something else.
  useEffect(() => {
    if (mode !== "suggest") return undefined;
    return () => void desk.input({ kind: "leave" });
  }, [desk, mode]);

  const active = rows.find(({ suggestion }) => suggestion.id === activeId) ?? null;
  const card = active?.suggestion.status === "open" ? active : null;
  const subject = pending?.form === true ? pending.place : (card?.suggestion.place ?? null);
  const place = useCallback(() => {
    const standing = subject && standingNow(session, subject);
    const box = standing && "from" in standing ? editor()?.boxOf(standing) : null;
    return box ? new DOMRect(box.left, box.top, box.right - box.left, box.bottom - box.top) : null;
  }, [session, editor, subject]);
  const text = editor()?.element() ?? null;

  // What was before me is decided: the keyboard goes back to the text.
  const decided = active !== null && card === null;
  useEffect(() => {
    if (decided) leaveCard();
  }, [decided, leaveCard]);

  // The field stands where the tags would.
  const { dismiss } = stage.bar;
  const inForm = pending?.form === true;
  useEffect(() => {
    if (inForm) dismiss();
  }, [inForm, dismiss]);

  const docked = narrow || touch;
  const key = hints("suggest-here") ?? "Ctrl+Alt+S";
  return (
    <>
      {listed && (
        <SuggestionPanel
          desk={desk}
          deciding={deciding}
          howTo={`Select words and press ${key}, or choose Suggest and type. Nothing changes before somebody accepts it.`}
          onShow={(id) => {
            if (narrow) desk.list(false);
            desk.choose(id);
          }}
        />
      )}
      {card && !listed && (
        <SuggestionCard
          desk={desk}
          deciding={deciding}
          row={card}
          text={text}
          place={place}
          docked={docked}
          onLeave={leaveCard}
        />
      )}
      {pending && inForm && (
        <SuggestForm
          key={pending.id}
          desk={desk}
          pending={pending}
          text={text}
          place={place}
          docked={docked}
          onDone={focusText}
        />
      )}
      {mode === "suggest" && !card && !inForm && !listed && (
        <SuggestBar
          touch={touch}
          open={desk.open().length}
          onForm={() => desk.openForm()}
          onList={() => desk.list(true)}
        />
      )}
    </>
  );
}
