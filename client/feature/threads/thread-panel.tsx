import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { can, type Role } from "#shared/model/role.ts";
import type { ThreadFilter } from "#shared/thread/filter.ts";
import { useMembers } from "../../api/members.ts";
import { useThreadReads } from "../../api/threads.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import type { Discussions, PlacedThread } from "../../session/thread-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Composer, type Somebody } from "./composer.tsx";
import { placeAt, type NewPlace, type ThreadPlace } from "./place.ts";
import { begin } from "./send.ts";
import { ThreadList } from "./thread-list.tsx";
import { ThreadQuote } from "./thread-quote.tsx";
import { ThreadView } from "./thread-view.tsx";

const TITLES: Readonly<Record<ThreadPlace["kind"], string>> = {
  list: "Discussions",
  new: "New discussion",
  thread: "Discussion",
};

const NOT_READ: ReadonlyMap<string, number> = new Map();

/** The discussions of the article beside the text, which stays free to be read and marked meanwhile. */
export function ThreadPanel({
  session,
  discussions,
  place,
  onPlace,
  onGoTo,
  onLeave,
}: {
  session: ArticleSession;
  discussions: Readable<Discussions>;
  place: ThreadPlace;
  /** Null: close it. */
  onPlace: (place: ThreadPlace | null) => void;
  /** Shows where a discussion stands in the text. */
  onGoTo: (thread: PlacedThread) => void;
  /** Something was followed to another place. */
  onLeave: () => void;
}) {
  const panel = useRef<HTMLElement>(null);
  const all = useReadable(discussions);
  const { archived } = useReadable(session.meta);
  const members = useMembers();
  const reads = useThreadReads(session.articleId);
  const [filter, setFilter] = useState<ThreadFilter>("open");
  const { me } = session;
  const people = useMemo(
    () => (members.data?.items ?? []).filter(({ id }) => id !== me.id),
    [members.data, me.id],
  );
  const names = useMemo(
    () => new Map((members.data?.items ?? []).map(({ id, name }) => [id, name])),
    [members.data],
  );
  const nameOf = (person: Somebody): string => names.get(person.id) ?? person.name;
  const toList = (): void => onPlace({ kind: "list", mark: null });

  // What was pressed goes with what it stood on; where something is to be written the field takes the focus.
  const { kind } = place;
  const opened = kind === "thread" ? place.id : null;
  useEffect(() => {
    if (kind !== "new") panel.current?.focus();
  }, [kind, opened]);

  return (
    <SidePanel
      panel={panel}
      label="Discussions"
      region="discussions"
      title={TITLES[kind]}
      before={
        kind !== "list" && (
          <ActionIcon aria-label="All discussions" onClick={toList}>
            <IconArrowLeft size={20} aria-hidden />
          </ActionIcon>
        )
      }
      closeLabel="Close the discussions"
      onClose={() => onPlace(null)}
      onEscape={() => (kind === "list" ? onPlace(null) : toList())}
      takesFocus={false}
    >
      <Body
        session={session}
        discussions={all}
        place={place}
        me={me}
        archived={archived}
        people={people}
        nameOf={nameOf}
        reads={reads.data ?? NOT_READ}
        readsKnown={reads.data !== undefined}
        filter={filter}
        onFilter={setFilter}
        onPlace={onPlace}
        onGoTo={onGoTo}
        onLeave={onLeave}
      />
    </SidePanel>
  );
}

type BodyProps = {
  session: ArticleSession;
  discussions: Discussions;
  place: ThreadPlace;
  me: Somebody & { readonly role: Role };
  archived: boolean;
  people: readonly Somebody[];
  nameOf: (person: Somebody) => string;
  reads: ReadonlyMap<string, number>;
  readsKnown: boolean;
  filter: ThreadFilter;
  onFilter: (filter: ThreadFilter) => void;
  onPlace: (place: ThreadPlace | null) => void;
  onGoTo: (thread: PlacedThread) => void;
  onLeave: () => void;
};

function Body(props: BodyProps) {
  const { session, discussions, place, me, archived, people, nameOf, reads, onPlace, onGoTo } = props;
  const { codebook, articleId } = session;
  if (place.kind === "new") {
    return <NewThread session={session} at={place.at} people={people} onPlace={onPlace} />;
  }
  if (place.kind === "thread") {
    const thread = discussions.threads.find(({ id }) => id === place.id);
    if (!thread) {
      return (
        <EmptyState title="Looking for this discussion">
          It has not arrived, or it is not in this article.
        </EmptyState>
      );
    }
    if (!props.readsKnown) return null;
    return (
      <ThreadView
        key={thread.id}
        article={articleId}
        codebook={codebook}
        thread={thread}
        upTo={reads.get(thread.id) ?? 0}
        me={me}
        archived={archived}
        people={people}
        nameOf={nameOf}
        onGoTo={onGoTo}
        onLeave={props.onLeave}
      />
    );
  }
  return (
    <ThreadList
      codebook={codebook}
      discussions={discussions}
      me={me.id}
      reads={reads}
      filter={props.filter}
      onFilter={props.onFilter}
      atMark={place.mark === null ? null : atMark(place.mark, props)}
      onOpen={(id) => onPlace({ kind: "thread", id })}
    />
  );
}

function atMark(key: string, { session, me, archived, onPlace }: BodyProps) {
  const mark = session.markup.get().byKey.get(key);
  const writes = mark !== undefined && can(me, "comment.write", { archived });
  return {
    key,
    onAll: () => onPlace({ kind: "list", mark: null }),
    onNew: writes ? () => onPlace({ kind: "new", at: placeAt(mark) }) : null,
  };
}

function NewThread({
  session,
  at,
  people,
  onPlace,
}: {
  session: ArticleSession;
  at: NewPlace;
  people: readonly Somebody[];
  onPlace: (place: ThreadPlace) => void;
}) {
  const [id] = useState(() => crypto.randomUUID());
  const { articleId, codebook } = session;
  const { byKey } = useReadable(session.markup);
  const { archived } = useReadable(session.meta);
  const markKey = at.kind === "mark" ? `${at.author}/${at.mark}` : null;
  const mark = markKey === null ? null : (byKey.get(markKey) ?? null);
  if (!can(session.me, "comment.write", { archived })) {
    return <EmptyState title="Your role reads discussions">Ask an owner to be able to write.</EmptyState>;
  }
  const state = mark?.placement.state ?? "whole";
  const place = markKey ?? (at.kind === "words" ? JSON.stringify(at.ranges[0]?.runs[0]) : "");
  return (
    <>
      <ThreadQuote codebook={codebook} thread={{ mark, markKey, state }} quote={at.quote} />
      <Composer
        key={place}
        draftKey={`${articleId}/new/${place}`}
        people={people}
        label="First message"
        action="Start"
        focused
        onSend={async (draft) => {
          await begin(session, at, { id, draft });
          onPlace({ kind: "thread", id });
        }}
      />
    </>
  );
}
