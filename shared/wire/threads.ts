import * as z from "zod/mini";
import { AnnotationId } from "../model/annotation.ts";
import { Digest, NotificationKind } from "../model/notification.ts";
import { isVisible } from "../model/one-line.ts";
import { Message, MOST_MENTIONS, MOST_TEXT, ThreadHead, ThreadId } from "../model/thread.ts";
import { Id, Person } from "./shapes.ts";

/** The part of the API for discussions and for what people are told. */

const nothing = z.null();
const ofArticle = z.object({ id: Id });
const ofThread = z.object({ id: Id, thread: ThreadId });
const ofMessage = z.object({ id: Id, thread: ThreadId, message: ThreadId });

const Text = z
  .string()
  .check(
    z.maxLength(MOST_TEXT, `At most ${MOST_TEXT.toLocaleString("en")} characters.`),
    z.refine(isVisible, "Write something."),
  );

const Said = {
  text: Text,
  /** Ids of the people meant by an `@Name` that several have. */
  mentions: z._default(z.array(Id).check(z.maxLength(MOST_MENTIONS)), []),
};

const NewMessage = z.object({ id: ThreadId, ...Said });

/** Offsets are UTF-16 code units into the article's plain text; `exact` is what the caller read there. */
const Range = z.object({
  start: z.int().check(z.minimum(0)),
  end: z.int().check(z.minimum(1)),
  exact: z.string(),
});

const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("mark"), author: Id, mark: AnnotationId }),
  z.object({ kind: z.literal("text"), ranges: z.array(Range).check(z.minLength(1), z.maxLength(50)) }),
]);
export type ThreadTarget = z.infer<typeof Target>;

export const ThreadShape = z.extend(z.omit(ThreadHead, { version: true }), {
  messages: z.array(z.omit(Message, { version: true })),
});

export const NotificationShape = z.object({
  id: z.string(),
  kind: NotificationKind,
  article: z.object({ id: z.string(), title: z.string() }),
  actor: Person,
  thread: z.nullable(z.string()),
  message: z.nullable(z.string()),
  mark: z.nullable(z.object({ author: z.string(), id: z.string() })),
  /** Of a message its beginning as it stands there now, else what happened; plain text. */
  detail: z.string(),
  createdAt: z.number(),
  readAt: z.nullable(z.number()),
});
export type NotificationShape = z.infer<typeof NotificationShape>;

const MailChoice = z.object({
  digest: Digest,
  /** False when this server sends no mail, or there is no address to send it to. */
  possible: z.boolean(),
});

export const THREAD_API = {
  listThreads: {
    method: "GET",
    path: "/articles/:id/threads",
    summary: "Discussions of an article, in the order they were started",
    verb: "review.read",
    params: ofArticle,
    status: 200,
    result: z.object({ items: z.array(ThreadShape) }),
  },
  /** The same request again changes nothing. */
  startThread: {
    method: "POST",
    path: "/articles/:id/threads",
    summary: "Start a discussion at a mark or at words",
    verb: "comment.write",
    params: ofArticle,
    body: z.object({ id: ThreadId, target: Target, message: NewMessage }),
    status: 201,
    result: ThreadShape,
  },
  resolveThread: {
    method: "PATCH",
    path: "/articles/:id/threads/:thread",
    summary: "Resolve or reopen a discussion",
    verb: "comment.write",
    params: ofThread,
    body: z.object({ resolved: z.boolean() }),
    status: 200,
    result: ThreadShape,
  },
  /** The same request again changes nothing. A resolved discussion is open again. */
  addMessage: {
    method: "POST",
    path: "/articles/:id/threads/:thread/messages",
    summary: "Answer in a discussion",
    verb: "comment.write",
    params: ofThread,
    body: NewMessage,
    status: 201,
    result: ThreadShape,
  },
  editMessage: {
    method: "PATCH",
    path: "/articles/:id/threads/:thread/messages/:message",
    summary: "Change a message of mine; that and when it was changed is shown",
    verb: "comment.write",
    params: ofMessage,
    body: z.object(Said),
    status: 200,
    result: ThreadShape,
  },
  deleteMessage: {
    method: "DELETE",
    path: "/articles/:id/threads/:thread/messages/:message",
    summary: "Delete a message; who did it and when is shown in its place",
    verb: "comment.write",
    params: ofMessage,
    status: 200,
    result: ThreadShape,
  },
  listThreadReads: {
    method: "GET",
    path: "/articles/:id/thread-reads",
    summary: "How far I have read each discussion",
    verb: "review.read",
    params: ofArticle,
    status: 200,
    result: z.object({ items: z.array(z.object({ thread: z.string(), upTo: z.number() })) }),
  },
  readThread: {
    method: "POST",
    path: "/articles/:id/threads/:thread/read",
    summary: "I have read a discussion up to this message",
    verb: "review.read",
    params: ofThread,
    body: z.object({ upTo: z.int().check(z.minimum(0)) }),
    status: 204,
    result: nothing,
  },
  listNotifications: {
    method: "GET",
    path: "/notifications",
    summary: "What I was told, the newest first",
    verb: "signed-in",
    query: z.object({
      cursor: z.optional(z.string()),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 30),
    }),
    status: 200,
    result: z.object({ items: z.array(NotificationShape), unread: z.number(), next: z.nullable(z.string()) }),
  },
  readNotifications: {
    method: "POST",
    path: "/notifications/read",
    summary: "I have seen these, or all of them",
    verb: "signed-in",
    body: z.object({
      ids: z.union([z.literal("all"), z.array(z.string().check(z.maxLength(64))).check(z.maxLength(1_000))]),
    }),
    status: 200,
    result: z.object({ unread: z.number() }),
  },
  getMailChoice: {
    method: "GET",
    path: "/me/mail",
    summary: "How often I get e-mail",
    verb: "signed-in",
    status: 200,
    result: MailChoice,
  },
  putMailChoice: {
    method: "PATCH",
    path: "/me/mail",
    summary: "Choose how often I get e-mail",
    verb: "signed-in",
    body: z.object({ digest: Digest }),
    status: 200,
    result: MailChoice,
  },
  /** What the link in every e-mail leads to; mail programs may ask it too (RFC 8058). */
  stopMail: {
    method: "POST",
    path: "/mail/stop",
    summary: "No more e-mail, with the link from one",
    verb: null,
    query: z.object({ person: Id, code: z.string().check(z.maxLength(100)) }),
    status: 200,
    result: z.object({ stopped: z.literal(true) }),
  },
} as const;
