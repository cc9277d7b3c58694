import { ActionIcon, Kbd, Switch } from "@mantine/core";
import { IconArrowBarLeft, IconArrowBarRight, IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";
import { activeTags, attributesFor } from "#shared/model/codebook.ts";
import { tagColours, TagChip } from "../../ui/tag-chip.tsx";
import { TextChange } from "./change-view.tsx";
import type { ReviewDesk, Task } from "./desk.ts";
import { FieldInput } from "./field-input.tsx";
import { changedFields } from "./suggestion.ts";
import chips from "./suggest-form.module.css";
import { TaskForm } from "./task-form.tsx";
import css from "./task-form.module.css";
import type { EdgeStep, SubmitRef, Tools } from "./tools.ts";

type Props = {
  readonly desk: ReviewDesk;
  readonly task: Extract<Task, { kind: "suggest" | "missing" }>;
  readonly tools: Tools;
  readonly submitRef: SubmitRef;
};

/** How it should be instead: tags, words, fields. Or which mark is missing. */
export function SuggestForm({ desk, task, tools, submitRef }: Props) {
  const missing = task.kind === "missing";
  return (
    <TaskForm
      title={missing ? "A mark is missing here" : "Suggest a change"}
      label={missing ? "What is missing?" : "Why?"}
      send={missing ? "Say so" : "Suggest"}
      optional={!missing || task.draft.ranges !== null}
      focusWords={false}
      submitRef={submitRef}
      onSend={(words) => (missing ? desk.missing(words) : desk.suggest(words))}
      onCancel={() => desk.cancel()}
    >
      <Tags desk={desk} task={task} />
      <Words desk={desk} task={task} tools={tools} submitRef={submitRef} />
      {!missing && <Fields desk={desk} task={task} />}
    </TaskForm>
  );
}

function Tags({ desk, task: { draft } }: Pick<Props, "desk" | "task">) {
  const { codebook } = desk.store.session;
  const [several, setSeveral] = useState(draft.tags.length > 1);
  const canSeveral = codebook.tagMode.default !== "exclusive";
  return (
    <>
      <fieldset className={chips.tags}>
        <legend className={css.legend}>
          Tag
          <span className={css.keys}>
            , by its key{canSeveral && ". With Shift it is added to the others."}
          </span>
        </legend>
        {activeTags(codebook).map((tag) => (
          <button
            key={tag.id}
            type="button"
            className={chips.tag}
            style={tagColours(tag)}
            aria-pressed={draft.tags.includes(tag.id)}
            onClick={(event) => desk.pressTag(tag.id, several || event.shiftKey)}
          >
            <TagChip codebook={codebook} id={tag.id} />
            <Kbd size="xs">{tag.key.toUpperCase()}</Kbd>
          </button>
        ))}
      </fieldset>
      {canSeveral && (
        <Switch
          size="xs"
          label="Several tags"
          checked={several}
          onChange={(event) => setSeveral(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function Words({ desk, task, tools }: Props) {
  const { draft, kind } = task;
  const was = desk.entry?.mark.text ?? "";
  const ranges = desk.suggestedRanges();
  const move = (step: EdgeStep) => () => {
    const moved = tools.moveEdge(ranges, step);
    if (moved) desk.redraft((before) => ({ ...before, ranges: moved }));
  };
  if (kind === "missing" && draft.ranges === null) {
    return (
      <p className={css.hint}>Select the words in the text and choose a tag, or only say what is missing.</p>
    );
  }
  const words = tools.textOf(ranges);
  return (
    <div>
      <div className={css.row}>
        <span className={css.legend}>Words</span>
        <Move label="Start one word back" onClick={move({ edge: "start", forward: false })}>
          <IconArrowBarLeft size={16} aria-hidden />
        </Move>
        <Move label="Start one word on" onClick={move({ edge: "start", forward: true })}>
          <IconArrowRight size={16} aria-hidden />
        </Move>
        <Move label="End one word back" onClick={move({ edge: "end", forward: false })}>
          <IconArrowLeft size={16} aria-hidden />
        </Move>
        <Move label="End one word on" onClick={move({ edge: "end", forward: true })}>
          <IconArrowBarRight size={16} aria-hidden />
        </Move>
      </div>
      <p className={css.words}>
        {kind === "suggest" && draft.ranges !== null ? <TextChange was={was} is={words} /> : words}
      </p>
      <p className={css.hint}>
        Select other words in the text, or move an end by a word
        <span className={css.keys}>
          : <Kbd size="xs">Alt</Kbd> with <Kbd size="xs">←</Kbd> <Kbd size="xs">→</Kbd> the end, with Shift
          too the start
        </span>
        .
      </p>
    </div>
  );
}

function Move({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon size={28} variant="default" aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

function Fields({ desk, task: { draft } }: Pick<Props, "desk" | "task">) {
  const { codebook } = desk.store.session;
  const changed = Object.keys(changedFields(desk.entry?.mark.fields ?? {}, draft.fields) ?? {}).length;
  return (
    <details>
      <summary className={css.summary}>Fields{changed > 0 && ` · ${changed} changed`}</summary>
      <div className={css.fields}>
        {attributesFor(codebook, draft.tags).map((attribute) => (
          <FieldInput
            key={attribute.id}
            attribute={attribute}
            value={draft.fields[attribute.id]}
            onChange={(value) =>
              desk.redraft((before) => ({ ...before, fields: { ...before.fields, [attribute.id]: value } }))
            }
          />
        ))}
      </div>
    </details>
  );
}
