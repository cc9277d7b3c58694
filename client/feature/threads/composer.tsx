import { Button } from "@mantine/core";
import { useEffect, useState, type KeyboardEvent } from "react";
import { MOST_TEXT } from "#shared/model/thread.ts";
import { ApiProblem } from "../../api/problem.ts";
import { announce } from "../../ui/announcer.tsx";
import { count } from "../../ui/count.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import css from "./composer.module.css";
import { useDraft, type Draft } from "./drafts.ts";
import { useCompletion } from "./use-completion.ts";

export type Somebody = { readonly id: string; readonly name: string; readonly color: string };

const LISTBOX = { role: "listbox" } as const;
const OPTION = { role: "option" } as const;

/** How many characters before the limit the rest is counted. */
const COUNTED = 200;

/** Where a message is written. What is written stays until it was sent, also when the panel is closed. */
export function Composer({
  draftKey,
  before,
  people,
  label,
  action,
  focused = false,
  onSend,
  onCancel,
}: {
  draftKey: string;
  /** What it begins with. */
  before?: Pick<Draft, "text" | "mentions">;
  /** Who can be mentioned. */
  people: readonly Somebody[];
  label: string;
  action: string;
  focused?: boolean;
  /** Rejects with a sentence for people; the text stays then. */
  onSend: (draft: Draft) => Promise<void>;
  onCancel?: () => void;
}) {
  const { draft, write, clear } = useDraft(draftKey, before);
  const [state, setState] = useState<{ readonly sending: boolean; readonly problem: string | null }>({
    sending: false,
    problem: null,
  });
  const completion = useCompletion(people, (person, text) =>
    write({ text, mentions: [...new Set([...draft.mentions, person.id])] }),
  );
  const { field, offered, chosen } = completion;
  const left = MOST_TEXT - draft.text.length;
  const ready = draft.text.trim() !== "" && left >= 0 && !state.sending;

  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused, field]);

  const names = offered.map(({ name }) => name).join(", ");
  useEffect(() => {
    if (names !== "") announce(`${count(names.split(", ").length, "name")}: ${names}`);
  }, [names]);

  const send = async (): Promise<void> => {
    if (!ready) return;
    setState({ sending: true, problem: null });
    try {
      await onSend(draft);
      clear();
      setState({ sending: false, problem: null });
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      const [first] = problem.fields;
      setState({ sending: false, problem: first?.message ?? problem.message });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!sends && completion.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (sends) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };

  return (
    <form
      className={css.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className={css.field}>
        <textarea
          ref={field}
          className={css.text}
          aria-label={label}
          placeholder={`${label}. @ mentions somebody.`}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? completion.listId : undefined}
          aria-activedescendant={chosen ? completion.optionId(chosen) : undefined}
          rows={3}
          value={draft.text}
          onChange={(event) => {
            write({ text: event.currentTarget.value });
            completion.look();
          }}
          onSelect={completion.look}
          onBlur={completion.dismiss}
          onKeyDown={onKeyDown}
        />
        {offered.length > 0 && (
          <div {...LISTBOX} id={completion.listId} aria-label="People" className={css.names}>
            {offered.map((person) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the field takes the keys
              <div
                {...OPTION}
                key={person.id}
                id={completion.optionId(person)}
                aria-selected={person === chosen}
                className={css.name}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => completion.take(person)}
              >
                <PersonAvatar person={person} size={22} silent />
                {person.name}
              </div>
            ))}
          </div>
        )}
      </div>
      {state.problem !== null && <ProblemNote>{state.problem}</ProblemNote>}
      <div className={css.foot}>
        <span className={css.hint} data-over={left < 0 || undefined}>
          {left < COUNTED ? count(left, "character") + " left" : "Ctrl+Enter sends"}
        </span>
        {onCancel && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" size="compact-sm" disabled={!ready} loading={state.sending}>
          {action}
        </Button>
      </div>
    </form>
  );
}
