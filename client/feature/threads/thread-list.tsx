import { IconCheck } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import type { Codebook } from "#shared/model/codebook.ts";
import { quoteOf, speakersOf } from "#shared/model/thread.ts";
import { shows, THREAD_FILTERS, type ThreadFilter } from "#shared/thread/filter.ts";
import { unreadIn } from "#shared/thread/unread.ts";
import type { Discussions, PlacedThread } from "../../session/thread-store.ts";
import { count } from "../../ui/count.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterPills } from "../../ui/filter-pills.tsx";
import { PeopleStack } from "../../ui/person-avatar.tsx";
import { When } from "../../ui/when.tsx";
import css from "./thread-list.module.css";
import { ThreadQuote } from "./thread-quote.tsx";

const NAMES: Readonly<Record<ThreadFilter, string>> = {
  open: "Open",
  resolved: "Resolved",
  mine: "Mine",
  mentioning: "Mentioning me",
  unread: "Unread",
};

/** All discussions of the article in text order, as one filter shows them. */
export function ThreadList({
  codebook,
  discussions: { threads: all, unreadable },
  me,
  reads,
  filter,
  onFilter,
  atMark,
  onOpen,
}: {
  codebook: Codebook;
  discussions: Discussions;
  me: string;
  reads: ReadonlyMap<string, number>;
  filter: ThreadFilter;
  onFilter: (filter: ThreadFilter) => void;
  /** Only those at one mark: its key, how to see all, and how to begin another one. */
  atMark: { readonly key: string; readonly onAll: () => void; readonly onNew: (() => void) | null } | null;
  onOpen: (id: string) => void;
}) {
  const passes = (one: ThreadFilter, thread: PlacedThread): boolean =>
    shows(one, thread, { me, upTo: reads.get(thread.id) ?? 0 });
  const threads = atMark ? all.filter(({ markKey }) => markKey === atMark.key) : all;
  const shown = atMark ? threads : threads.filter((thread) => passes(filter, thread));
  return (
    <>
      {atMark ? (
        <div className={css.acts}>
          <Button variant="subtle" size="compact-sm" onClick={atMark.onAll}>
            All discussions
          </Button>
          {atMark.onNew && (
            <Button variant="default" size="compact-sm" onClick={atMark.onNew}>
              New discussion
            </Button>
          )}
        </div>
      ) : (
        <FilterPills
          legend="Which discussions"
          pills={THREAD_FILTERS.map((value) => ({
            value,
            label: NAMES[value],
            count: threads.filter((thread) => passes(value, thread)).length,
          }))}
          chosen={filter}
          onChoose={onFilter}
        />
      )}
      {shown.length === 0 ? (
        <EmptyState title={threads.length === 0 ? "Nothing is discussed yet" : "None of these"}>
          {threads.length === 0
            ? "Open a mark and press Discuss, or select words and press Ctrl+Alt+M."
            : "Another filter shows the others."}
        </EmptyState>
      ) : (
        <ol
          className={css.list}
          aria-label={atMark ? "Discussions at this mark" : `${NAMES[filter]} discussions`}
        >
          {shown.map((thread) => (
            <li key={thread.id}>
              <ThreadRow
                codebook={codebook}
                thread={thread}
                unread={unreadIn(thread, me, reads.get(thread.id) ?? 0)}
                onOpen={() => onOpen(thread.id)}
              />
            </li>
          ))}
        </ol>
      )}
      {unreadable > 0 && (
        <p className={css.unreadable}>
          {count(unreadable, "record")} could not be read. They are kept, and not shown.
        </p>
      )}
    </>
  );
}

function ThreadRow({
  codebook,
  thread,
  unread,
  onOpen,
}: {
  codebook: Codebook;
  thread: PlacedThread;
  unread: number;
  onOpen: () => void;
}) {
  const standing = thread.messages.filter(({ deleted }) => !deleted);
  const first = standing[0];
  const last = thread.messages.at(-1);
  const answers = standing.length - 1;
  return (
    <button type="button" className={css.row} data-unread={unread > 0 || undefined} onClick={onOpen}>
      <ThreadQuote codebook={codebook} thread={thread} quote={quoteOf(thread.anchor)} clamp />
      <span className={css.said}>
        {first ? (
          <>
            <strong>{first.author.name}:</strong> {first.text}
          </>
        ) : (
          "All messages are deleted."
        )}
      </span>
      <span className={css.facts}>
        <PeopleStack people={speakersOf(thread)} most={4} />
        <span>
          {answers > 0 && `${count(answers, "answer")}, `}
          {last && <When at={last.createdAt} />}
        </span>
        {thread.resolved && (
          <span className={css.resolved}>
            <IconCheck size={14} aria-hidden /> Resolved
          </span>
        )}
        {unread > 0 && <span className={css.unread}>{unread} new</span>}
      </span>
    </button>
  );
}
