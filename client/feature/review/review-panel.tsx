import { Button } from "@mantine/core";
import { IconArchive, IconLock } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { can } from "#shared/model/role.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LoadingNote } from "../../ui/loading-note.tsx";
import { Note, ProblemNote } from "../../ui/note.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import { ActBar } from "./act-bar.tsx";
import type { ReviewDesk } from "./desk.ts";
import { FinishDialog } from "./finish-dialog.tsx";
import { FocusCard } from "./focus-card.tsx";
import { RefusedNote } from "./outbox-note.tsx";
import { REVIEW_PANEL_ID } from "./panel-id.ts";
import { ParagraphLine } from "./paragraph-line.tsx";
import { QueueList } from "./queue-list.tsx";
import { RejectForm } from "./reject-form.tsx";
import { ReviewHead } from "./review-head.tsx";
import css from "./review-panel.module.css";
import type { ReviewStore, ReviewView } from "./store.ts";
import { SuggestForm } from "./suggest-form.tsx";
import { TaskForm } from "./task-form.tsx";
import type { SubmitRef, Tools } from "./tools.ts";

export type ReviewPanelProps = {
  readonly desk: ReviewDesk;
  readonly tools: Tools;
  readonly submitRef: SubmitRef;
  /** The queue stands elsewhere on the page. */
  readonly queueBeside: boolean;
};

/** The reviewer's desk beside the text: the mark before me, and what I can do with it. */
export function ReviewPanel({ desk, tools, submitRef, queueBeside }: ReviewPanelProps) {
  const { store } = desk;
  const view = useReadable(store.view);
  const state = useReadable(desk.state);
  const writes = useReadable(store.outbox.state);
  const [finishing, setFinishing] = useState(false);
  useEffect(() => {
    document.querySelector<HTMLElement>("[data-review-title]")?.focus({ preventScroll: true });
  }, []);

  return (
    <section id={REVIEW_PANEL_ID} className={css.panel} aria-label="Review" data-region="review">
      <ReviewHead
        store={store}
        view={view}
        onScope={tools.review}
        onFinish={() => setFinishing(true)}
        onLeave={tools.leave}
      />
      <RefusedNote state={writes} onDismiss={() => store.outbox.dismiss()} />
      <div className={css.body}>
        <Standing store={store} view={view} />
        <Content desk={desk} view={view} tools={tools} onFinish={() => setFinishing(true)} />
        {!queueBeside && view.queue.length > 0 && (
          <details className={css.queue}>
            <summary className={css.summary}>Queue · {view.queue.length}</summary>
            <div className={css.list}>
              <QueueList desk={desk} />
            </div>
          </details>
        )}
      </div>
      {store.mayJudge && (
        <div className={css.foot}>
          {state.refused && <ProblemNote>{state.refused.sentence}</ProblemNote>}
          <Foot desk={desk} tools={tools} submitRef={submitRef} />
        </div>
      )}
      {finishing && <FinishDialog store={store} onClose={() => setFinishing(false)} />}
    </section>
  );
}

/** Why nothing can be judged here, if so. */
function Standing({ store, view }: { store: ReviewStore; view: ReviewView }) {
  if (!can(store.who, "verdict.write")) {
    return (
      <Note icon={<IconLock size={18} aria-hidden />}>
        You can read what reviewers say. To judge marks you need the role of a reviewer: ask an owner of this
        workspace.
      </Note>
    );
  }
  if (store.archived) {
    return (
      <Note icon={<IconArchive size={18} aria-hidden />}>
        This article is archived, and so is its review. Restore it to go on.
      </Note>
    );
  }
  if (view.problem !== null && view.loaded) return <ProblemNote>{view.problem}</ProblemNote>;
  return null;
}

type ContentProps = {
  readonly desk: ReviewDesk;
  readonly view: ReviewView;
  readonly tools: Tools;
  readonly onFinish: () => void;
};

function Content({ desk, view, tools, onFinish }: ContentProps) {
  const { store, entry } = desk;
  if (!view.loaded) {
    if (view.problem === null) return <LoadingNote>Fetching your review</LoadingNote>;
    return <RetryNote problem={new Error(view.problem)} retry={() => void store.load()} />;
  }
  if (entry) {
    return (
      <>
        <FocusCard store={store} entry={entry} />
        <ParagraphLine desk={desk} />
      </>
    );
  }
  return <Done desk={desk} view={view} tools={tools} onFinish={onFinish} />;
}

/** The queue is empty: there was nothing in it, or all is done. */
function Done({ desk, view, tools, onFinish }: ContentProps) {
  const { store } = desk;
  const { total, deferred } = view.progress;
  const { scope } = store;
  if (total === 0) {
    const onlyMine = view.entries.length > 0 && scope?.author === null;
    return (
      <EmptyState title="Nothing to review">
        {onlyMine
          ? "Only you have marked here. Somebody else must judge your markup."
          : "Nobody has marked anything here yet. New marks come into the queue by themselves."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="All done"
      actions={
        <>
          {deferred > 0 && scope && (
            <Button variant="default" onClick={() => desk.start({ ...scope, deferred: true })}>
              Take up {count(deferred, "mark")} put off
            </Button>
          )}
          {scope?.author !== null && (
            <Button variant="default" onClick={() => tools.review(null)}>
              Review everybody’s
            </Button>
          )}
          {view.drafts.size > 0 && <Button onClick={onFinish}>Finish review</Button>}
        </>
      }
    >
      You have judged {count(total - deferred, "mark")}
      {deferred > 0 && ` and put off ${deferred}`}. A mark that changes comes back by itself.
    </EmptyState>
  );
}

function Foot({ desk, tools, submitRef }: { desk: ReviewDesk; tools: Tools; submitRef: SubmitRef }) {
  const { task, log } = useReadable(desk.state);
  switch (task.kind) {
    case "judge":
      return <ActBar desk={desk} log={log} />;
    case "reject":
      return <RejectForm desk={desk} task={task} submitRef={submitRef} />;
    case "discuss":
      return (
        <TaskForm
          title="Discuss it"
          label="What is there to talk about?"
          send="Discuss"
          optional={false}
          focusWords
          submitRef={submitRef}
          onSend={(words) => desk.discuss(words)}
          onCancel={() => desk.cancel()}
        />
      );
    case "suggest":
    case "missing":
      return <SuggestForm desk={desk} task={task} tools={tools} submitRef={submitRef} />;
  }
}
