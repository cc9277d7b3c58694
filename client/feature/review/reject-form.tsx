import { Kbd } from "@mantine/core";
import { REASONS } from "#shared/model/verdict.ts";
import type { ReviewDesk, Task } from "./desk.ts";
import { TaskForm } from "./task-form.tsx";
import css from "./task-form.module.css";
import type { SubmitRef } from "./tools.ts";

/** Why a mark is rejected: by a digit at once, or chosen and explained. */
export function RejectForm({
  desk,
  task,
  submitRef,
}: {
  desk: ReviewDesk;
  task: Extract<Task, { kind: "reject" }>;
  submitRef: SubmitRef;
}) {
  return (
    <TaskForm
      title="Reject: why?"
      label="In your own words"
      send="Reject"
      optional={task.reason !== "other"}
      focusWords={task.reason !== null}
      submitRef={submitRef}
      onSend={(words) => desk.reject(task.reason ?? (words.trim() === "" ? null : "other"), words)}
      onCancel={() => desk.cancel()}
    >
      <fieldset className={css.choices}>
        <legend className={css.legend}>
          Reason
          <span className={css.keys}>: a digit rejects at once; with Shift you can add words</span>
        </legend>
        {REASONS.map(({ id, key, label, help }) => (
          <label key={id} className={css.choice} title={help}>
            <input
              type="radio"
              name="reason"
              className={css.input}
              checked={task.reason === id}
              onChange={() => desk.chooseReason(id)}
            />
            <span className={css.name}>{label}</span>
            <Kbd size="xs">{key}</Kbd>
          </label>
        ))}
      </fieldset>
    </TaskForm>
  );
}
