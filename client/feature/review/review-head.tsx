import { ActionIcon, Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useReadable } from "../../session/use-readable.ts";
import type { ReviewStore, ReviewView } from "./store.ts";
import { OutboxNote } from "./outbox-note.tsx";
import css from "./review-head.module.css";

const EVERYBODY = "*";

/** Whose markup, how far I am, when others see what I say, and the way out. */
export function ReviewHead({
  store,
  view,
  onScope,
  onFinish,
  onLeave,
}: {
  store: ReviewStore;
  view: ReviewView;
  /** Null: everybody's. */
  onScope: (author: string | null) => void;
  onFinish: () => void;
  onLeave: () => void;
}) {
  const writes = useReadable(store.outbox.state);
  return (
    <div className={css.head}>
      <div className={css.line}>
        <h2 className={css.title} tabIndex={-1} data-review-title>
          Review
        </h2>
        <OutboxNote state={writes} onRetry={() => store.outbox.retry()} />
        <ActionIcon aria-label="Leave review" title="Leave review" onClick={onLeave}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      <div className={css.line}>
        <NativeSelect
          size="xs"
          className={css.who}
          aria-label="Whose markup"
          value={store.scope?.author ?? EVERYBODY}
          onChange={({ currentTarget: { value } }) => onScope(value === EVERYBODY ? null : value)}
          data={[{ value: EVERYBODY, label: "Everybody’s markup" }, ...authors(store, view)]}
        />
        <Progress view={view} />
      </div>
      {store.mayJudge && (
        <div className={css.line} data-wrap>
          <span className={css.seen} id="review-publish">
            Others see my verdicts
          </span>
          <SegmentedControl
            size="xs"
            aria-labelledby="review-publish"
            value={view.publish}
            onChange={(value) => void store.setPublish(value === "on-finish" ? "on-finish" : "at-once")}
            data={[
              { value: "at-once", label: "At once" },
              { value: "on-finish", label: "When I finish" },
            ]}
          />
          <Button size="compact-sm" variant={view.drafts.size > 0 ? "filled" : "default"} onClick={onFinish}>
            Finish{view.drafts.size > 0 ? ` · ${view.drafts.size}` : ""}
          </Button>
        </div>
      )}
    </div>
  );
}

/** "14 of 52" and a bar. */
function Progress({ view: { progress } }: { view: ReviewView }) {
  const { done, total } = progress;
  return (
    <div className={css.progress}>
      <span className={css.numbers}>
        {done} of {total}
      </span>
      <progress
        className={css.bar}
        aria-label="Marks judged"
        max={Math.max(1, total)}
        value={done}
        aria-valuetext={`${done} of ${total}`}
      />
    </div>
  );
}

/** Those whose markup I may review, by name. */
function authors(store: ReviewStore, { entries, settings }: ReviewView) {
  const byAuthor = Map.groupBy(entries, ({ placed }) => placed.author.id);
  const mine = store.session.me.id;
  const chosen = store.scope?.author;
  return [...byAuthor]
    .filter(([id]) => id !== mine || settings.ownMarks || id === chosen)
    .map(([id, list]) => ({
      value: id,
      label: `${list[0]?.placed.author.name ?? id} · ${list.length}`,
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
