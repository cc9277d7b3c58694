import { ActionIcon } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Message } from "#shared/model/thread.ts";
import { deleteMessage, editMessage } from "../../api/threads.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notifyProblem } from "../../ui/notify.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { When } from "../../ui/when.tsx";
import { Composer, type Somebody } from "./composer.tsx";
import css from "./message.module.css";
import { MessageText } from "./message-text.tsx";

/** One message, or what is left of it, with what I may do to it. */
export function MessageItem({
  article,
  thread,
  message,
  me,
  people,
  unread,
  mayEdit,
  mayDelete,
  nameOf,
}: {
  article: string;
  thread: string;
  message: Message;
  me: string;
  people: readonly Somebody[];
  unread: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  /** The name of today. */
  nameOf: (person: Somebody) => string;
}) {
  const [doing, setDoing] = useState<"nothing" | "edit" | "delete" | "deleting">("nothing");
  const { author, deleted } = message;
  const where = { article, thread, message: message.id };
  const rest = (): void => setDoing("nothing");

  if (deleted) {
    return (
      <p className={css.gone}>
        {nameOf(author)}: message deleted by {deleted.by.id === author.id ? "its author" : nameOf(deleted.by)}
        , <When at={deleted.at} />
      </p>
    );
  }
  const remove = async (): Promise<void> => {
    setDoing("deleting");
    try {
      await deleteMessage(where);
    } catch (problem) {
      if (!(problem instanceof Error)) throw problem;
      notifyProblem(problem);
    }
    rest();
  };
  return (
    <article className={css.message} data-unread={unread || undefined} aria-label={`${nameOf(author)} wrote`}>
      <div className={css.head}>
        <PersonAvatar person={author} size={24} silent />
        <span className={css.who}>
          <strong>{nameOf(author)}</strong> <When at={message.createdAt} />
          {message.editedAt !== null && (
            <>
              {" · edited "}
              <When at={message.editedAt} />
            </>
          )}
          {unread && <span className={css.new}>New</span>}
        </span>
        {mayEdit && doing !== "edit" && (
          <ActionIcon size="md" aria-label="Change this message" onClick={() => setDoing("edit")}>
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
        )}
        {mayDelete && doing !== "edit" && (
          <ActionIcon size="md" aria-label="Delete this message" onClick={() => setDoing("delete")}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {doing === "edit" ? (
        <Composer
          draftKey={`${article}/${thread}/${message.id}`}
          before={{ text: message.text, mentions: message.mentions.map(({ user }) => user) }}
          people={people}
          label="Change the message"
          action="Save"
          focused
          onCancel={rest}
          onSend={async ({ text, mentions }) => {
            await editMessage(where, { text, mentions: [...mentions] });
            rest();
          }}
        />
      ) : (
        <MessageText message={message} me={me} />
      )}
      {(doing === "delete" || doing === "deleting") && (
        <ConfirmDialog
          title="Delete this message?"
          action="Delete"
          busy={doing === "deleting"}
          onConfirm={() => void remove()}
          onClose={rest}
        >
          Its words go for everybody. That there was a message, and who deleted it, stays.
        </ConfirmDialog>
      )}
    </article>
  );
}
