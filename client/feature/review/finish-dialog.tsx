import { Button, Radio, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { WORDS_LENGTH, type Verdict } from "#shared/model/verdict.ts";
import { stateOf } from "#shared/review/machine.ts";
import { count } from "../../ui/count.ts";
import { Dialog } from "../../ui/dialog.tsx";
import css from "./finish-dialog.module.css";
import { nameOf } from "./people.ts";
import type { ReviewStore } from "./store.ts";
import { DONE_WORDS } from "./words.ts";

type Outcome = "approve" | "request-changes";

/** Ends a review: the drafts come out together, with an outcome and a summary. */
export function FinishDialog({ store, onClose }: { store: ReviewStore; onClose: () => void }) {
  const { drafts, entries, progress } = store.view.get();
  const of = store.scope?.author ?? null;
  const mine = [...drafts.values()].filter(({ on }) => of === null || on.layer === of);
  const said = entries.flatMap(({ mine: last, placed }) =>
    last && (of === null || placed.author.id === of) ? [last] : [],
  );
  const [outcome, setOutcome] = useState<Outcome>(
    [...mine, ...said].some(isObjection) ? "request-changes" : "approve",
  );
  const [summary, setSummary] = useState("");
  const left = progress.total - progress.done;

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    store.write({ kind: "finish", id: crypto.randomUUID(), of, outcome, summary: summary.trim() });
    onClose();
  };
  return (
    <Dialog title="Finish review" onClose={onClose}>
      <form className={css.form} onSubmit={onSubmit}>
        <p className={css.text}>
          {of === null ? "Everybody’s markup" : `${nameOf(store, of)}’s markup`}.{" "}
          {mine.length === 0
            ? "Others see all your verdicts already."
            : `${count(mine.length, "verdict")} come out now: ${tally(mine)}.`}
          {left > 0 && ` ${count(left, "mark")} not judged yet.`}
        </p>
        <Radio.Group
          label="Outcome"
          value={outcome}
          onChange={(value) => setOutcome(value === "approve" ? "approve" : "request-changes")}
        >
          <div className={css.choices}>
            <Radio value="approve" label="Approve" description="The markup is good as it is." />
            <Radio
              value="request-changes"
              label="Request changes"
              description="The author should look at what you said."
            />
          </div>
        </Radio.Group>
        <Textarea
          label="Summary (optional)"
          autosize
          minRows={3}
          maxRows={8}
          maxLength={WORDS_LENGTH}
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
          data-autofocus
        />
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Finish review</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The author is asked to do something about it. */
function isObjection(verdict: Verdict): boolean {
  const state = stateOf(verdict);
  return state === "rejected" || state === "suggested" || state === "discussed";
}

/** "9 accepted, 2 rejected". */
function tally(verdicts: readonly Verdict[]): string {
  const groups = Map.groupBy(verdicts, ({ verdict }) => DONE_WORDS[verdict].toLowerCase());
  return [...groups].map(([word, list]) => `${list.length} ${word}`).join(", ");
}
