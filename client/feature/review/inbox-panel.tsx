import { ActionIcon, Button, Kbd } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconMessageReply, IconTrash, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { InboxItem } from "#shared/review/inbox.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LoadingNote } from "../../ui/loading-note.tsx";
import { ProblemNote } from "../../ui/note.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import { TagChip } from "../../ui/tag-chip.tsx";
import { FinishedReviews } from "./finished-reviews.tsx";
import type { InboxDesk } from "./inbox-desk.ts";
import css from "./inbox-panel.module.css";
import { OutboxNote, RefusedNote } from "./outbox-note.tsx";
import { REVIEW_PANEL_ID } from "./panel-id.ts";
import panel from "./review-panel.module.css";
import head from "./review-head.module.css";
import { TaskForm } from "./task-form.tsx";
import type { SubmitRef, Tools } from "./tools.ts";
import { VerdictLine } from "./verdict-line.tsx";

/** What reviewers said about my marks, and what I can do about it. */
export function InboxPanel({
  desk,
  tools,
  submitRef,
}: {
  desk: InboxDesk;
  tools: Tools;
  submitRef: SubmitRef;
}) {
  const { store } = desk;
  const view = useReadable(store.view);
  const { items, accepted } = useReadable(desk.mail);
  const { at, refused, last } = useReadable(desk.state);
  const writes = useReadable(store.outbox.state);
  useEffect(() => {
    document.querySelector<HTMLElement>("[data-review-title]")?.focus({ preventScroll: true });
  }, []);
  return (
    <section id={REVIEW_PANEL_ID} className={panel.panel} aria-label="Inbox" data-region="review">
      <div className={head.head}>
        <div className={head.line}>
          <h2 className={head.title} tabIndex={-1} data-review-title>
            Inbox {items.length > 0 && <span className={css.number}>{items.length}</span>}
          </h2>
          <OutboxNote
            state={{ ...writes, waiting: writes.trouble === null ? [] : writes.waiting }}
            onRetry={() => store.outbox.retry()}
          />
          <ActionIcon aria-label="Close the inbox" title="Close the inbox" onClick={tools.leave}>
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </div>
        {accepted > 0 && <p className={css.accepted}>{count(accepted, "mark")} of yours accepted.</p>}
      </div>
      <RefusedNote state={writes} onDismiss={() => store.outbox.dismiss()} />
      <div className={panel.body}>
        <FinishedReviews store={store} finished={view.finished} />
        {!view.loaded && view.problem === null && <LoadingNote>Fetching what reviewers said</LoadingNote>}
        {!view.loaded && view.problem !== null && (
          <RetryNote problem={new Error(view.problem)} retry={() => void store.load()} />
        )}
        {view.loaded && items.length === 0 && (
          <EmptyState title="Nothing waits for you">
            What reviewers suggest, reject or want to discuss about your marks comes here.
          </EmptyState>
        )}
        {items.length > 0 && (
          <ol className={css.list}>
            {items.map((item) => (
              <Item
                key={item.verdict.id}
                desk={desk}
                tools={tools}
                item={item}
                current={item.verdict.id === at}
                submitRef={submitRef}
              />
            ))}
          </ol>
        )}
      </div>
      {(last || refused) && (
        <div className={panel.foot}>
          {refused && <ProblemNote>{refused.sentence}</ProblemNote>}
          {last && (
            <div className={css.last}>
              <span>{last.word}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconArrowBackUp size={15} aria-hidden />}
                rightSection={<Kbd size="xs">U</Kbd>}
                onClick={() => desk.undo()}
              >
                Undo
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function Item({
  desk,
  tools,
  item,
  current,
  submitRef,
}: {
  desk: InboxDesk;
  tools: Tools;
  item: InboxItem;
  current: boolean;
  submitRef: SubmitRef;
}) {
  const { store } = desk;
  const { verdict, mark } = item;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const text = mark?.text ?? verdict.judged.text;
  return (
    <li ref={row} className={css.item} aria-current={current || undefined}>
      <button type="button" className={css.open} onClick={() => desk.open(verdict.id)}>
        <span className={css.tags}>
          {(mark?.tags ?? verdict.suggestion?.tags ?? []).map((tag) => (
            <TagChip key={tag} codebook={store.session.codebook} id={tag} />
          ))}
          {!mark && <span className={css.missing}>A mark is missing</span>}
        </span>
        <span className={css.quote}>{text === "" ? "Words gone" : text}</span>
      </button>
      <VerdictLine store={store} verdict={verdict}>
        {current && <Acts desk={desk} item={item} tools={tools} submitRef={submitRef} />}
      </VerdictLine>
    </li>
  );
}

function Acts({
  desk,
  tools,
  item: { verdict, mark },
  submitRef,
}: {
  desk: InboxDesk;
  tools: Tools;
  item: InboxItem;
  submitRef: SubmitRef;
}) {
  const { thread } = verdict;
  const { answering } = useReadable(desk.state);
  const { suggestion } = verdict;
  const canApply =
    suggestion !== null && (mark !== null || (suggestion.tags !== null && suggestion.ranges !== null));
  if (answering) {
    return (
      <div className={css.answer}>
        <TaskForm
          title="Answer"
          label="What do you say to it?"
          send="Answer"
          optional={false}
          focusWords
          submitRef={submitRef}
          onSend={(words) => desk.answer(words)}
          onCancel={() => desk.cancel()}
        />
      </div>
    );
  }
  return (
    <div className={css.acts}>
      {canApply && (
        <Button
          size="compact-sm"
          leftSection={<IconCheck size={15} aria-hidden />}
          rightSection={<Kbd size="xs">A</Kbd>}
          onClick={() => desk.apply()}
        >
          Apply
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconMessageReply size={15} aria-hidden />}
        rightSection={<Kbd size="xs">R</Kbd>}
        onClick={() => desk.beginAnswer()}
      >
        Answer
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        rightSection={<Kbd size="xs">X</Kbd>}
        onClick={() => desk.keep()}
      >
        Keep as it is
      </Button>
      {thread !== null && (
        <Button variant="default" size="compact-sm" onClick={() => tools.openThread(thread)}>
          Open the discussion
        </Button>
      )}
      {mark && verdict.verdict === "rejected" && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconTrash size={15} aria-hidden />}
          rightSection={<Kbd size="xs">Del</Kbd>}
          onClick={() => desk.remove()}
        >
          Delete
        </Button>
      )}
    </div>
  );
}
