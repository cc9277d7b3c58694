import { Button } from "@mantine/core";
import { IconArrowRight, IconCheck, IconGavel, IconRotate } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Codebook } from "#shared/model/codebook.ts";
import { can, type Role } from "#shared/model/role.ts";
import { MOST_RULINGS, rulingOf } from "#shared/model/ruling.ts";
import { MOST_MESSAGES, quoteOf } from "#shared/model/thread.ts";
import { canDelete, canEdit } from "#shared/thread/rights.ts";
import { mayRule } from "#shared/thread/ruling.ts";
import { lastOf } from "#shared/thread/unread.ts";
import { addMessage, useReadThread, useResolveThread } from "../../api/threads.ts";
import type { PlacedThread } from "../../session/thread-store.ts";
import { Note } from "../../ui/note.tsx";
import { notify } from "../../ui/notify.ts";
import { When } from "../../ui/when.tsx";
import { Composer, type Somebody } from "./composer.tsx";
import { MessageItem } from "./message-item.tsx";
import { RulingForm } from "./ruling-form.tsx";
import { RulingItem } from "./ruling-item.tsx";
import css from "./thread-view.module.css";
import { ThreadQuote } from "./thread-quote.tsx";

/** One discussion, whole. Seeing it counts as having read it. */
export function ThreadView({
  article,
  codebook,
  thread,
  upTo,
  me,
  archived,
  people,
  nameOf,
  onGoTo,
  onLeave,
}: {
  article: string;
  codebook: Codebook;
  thread: PlacedThread;
  /** How far I had read when it was opened. */
  upTo: number;
  me: { readonly id: string; readonly role: Role };
  archived: boolean;
  people: readonly Somebody[];
  nameOf: (person: Somebody) => string;
  onGoTo: (thread: PlacedThread) => void;
  /** Called when something is followed to another place. */
  onLeave: () => void;
}) {
  const resolve = useResolveThread(article);
  const { mutate: read } = useReadThread(article);
  // What was new when it was opened stays marked as such while it is looked at.
  const [before] = useState(upTo);
  const end = useRef<HTMLDivElement>(null);
  const last = lastOf(thread);
  const visible = useVisible();
  const writes = can(me, "comment.write", { archived });
  const { resolved } = thread;
  const rulings = thread.rulings ?? [];
  const ruling = rulingOf(thread);
  const [ruled, setRuled] = useState<{ readonly form: boolean; readonly id: string | null }>({
    form: false,
    id: null,
  });

  useEffect(() => {
    if (visible && last > upTo) read({ thread: thread.id, upTo: last });
  }, [visible, last, upTo, read, thread.id]);

  // What told of a ruling has been read once the ruling is seen.
  const latest = rulings.at(-1)?.id;
  useEffect(() => {
    if (visible && latest !== undefined) read({ thread: thread.id, upTo: last });
    // oxlint-disable-next-line react/exhaustive-deps -- new messages are noted above
  }, [visible, latest, read, thread.id]);

  useEffect(() => {
    if (last > before) end.current?.scrollIntoView({ block: "nearest" });
  }, [last, before]);

  const setResolved = (to: boolean): void => {
    resolve.mutate(
      { thread: thread.id, resolved: to },
      {
        onSuccess: () =>
          notify({
            message: to ? "Resolved" : "Open again",
            action: { label: "Undo", run: () => resolve.mutate({ thread: thread.id, resolved: !to }) },
          }),
      },
    );
  };

  return (
    <>
      <ThreadQuote codebook={codebook} thread={thread} quote={quoteOf(thread.anchor)} />
      <div className={css.acts}>
        {thread.pieces.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            rightSection={<IconArrowRight size={15} aria-hidden />}
            onClick={() => onGoTo(thread)}
          >
            Go to the words
          </Button>
        )}
        {mayRule(me, archived) && !ruling && rulings.length < MOST_RULINGS && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconGavel size={15} aria-hidden />}
            onClick={() => setRuled({ form: true, id: null })}
          >
            Rule …
          </Button>
        )}
        {writes && !(resolved && ruling) && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={
              resolved ? <IconRotate size={15} aria-hidden /> : <IconCheck size={15} aria-hidden />
            }
            // A button that is switched off meanwhile would lose the focus.
            onClick={() => !resolve.isPending && setResolved(resolved === null)}
          >
            {resolved ? "Reopen" : "Resolve"}
          </Button>
        )}
      </div>
      <ol className={css.messages} aria-label="Messages">
        {thread.messages.map((message) => (
          <li key={message.id}>
            <MessageItem
              article={article}
              thread={thread.id}
              message={message}
              me={me.id}
              people={people}
              unread={message.nth > before && message.author.id !== me.id}
              mayEdit={canEdit(me, { message, archived })}
              mayDelete={canDelete(me, { message, archived })}
              nameOf={nameOf}
            />
            {rulings.map(
              (one) =>
                one.after === message.nth && (
                  <RulingItem
                    key={one.id}
                    article={article}
                    thread={thread.id}
                    codebook={codebook}
                    ruling={one}
                    me={me}
                    archived={archived}
                    focused={one.id === ruled.id}
                    nameOf={nameOf}
                    onLeave={onLeave}
                  />
                ),
            )}
          </li>
        ))}
      </ol>
      <div ref={end} />
      {resolved && (
        <Note icon={<IconCheck size={18} aria-hidden />}>
          Resolved by {nameOf(resolved.by)}, <When at={resolved.at} />. An answer opens it again
          {ruling ? "; the ruling holds until it is taken back." : "."}
        </Note>
      )}
      {ruled.form && (
        <RulingForm
          article={article}
          thread={thread}
          codebook={codebook}
          drafts={can(me, "codebook.write")}
          onDone={(id) => setRuled({ form: false, id })}
        />
      )}
      {writes && last < MOST_MESSAGES && (
        <Composer
          draftKey={`${article}/${thread.id}`}
          people={people}
          label="Answer"
          action="Answer"
          onSend={async ({ id, text, mentions }) => {
            await addMessage(article, thread.id, { id, text, mentions: [...mentions] });
          }}
        />
      )}
      {writes && last >= MOST_MESSAGES && (
        <Note>This discussion has {MOST_MESSAGES} messages, as many as one takes. Start another one.</Note>
      )}
    </>
  );
}

/** Whether somebody may be looking: a page in the background is not read. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
