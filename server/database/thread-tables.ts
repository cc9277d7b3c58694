/** The tables of discussions and of what people are told. Times are milliseconds since 1970. */

export type ThreadRow = {
  id: string;
  article_id: string;
  /** JSON: where it stands, see `Anchor` in shared/model/thread.ts. */
  anchor: string;
  /** The mark it stands at; null for a plain range. */
  mark_author: string | null;
  mark_id: string | null;
  created_by: string;
  created_at: number;
  /** How many messages were ever written: the number of the last one. */
  messages: number;
  resolved_at: number | null;
  resolved_by: string | null;
  /** Goes up with every change of the thread or of a message in it. */
  version: number;
  /** The version at which it was last resolved, reopened or made. */
  head_version: number;
  /** The version that stands in the review room. */
  shown: number;
};

export type MessageRow = {
  thread_id: string;
  id: string;
  /** Its number in the thread, from 1. */
  nth: number;
  author: string;
  body: string;
  /** JSON: who is mentioned where, see `Mention` in shared/model/thread.ts. */
  mentions: string;
  created_at: number;
  edited_at: number | null;
  deleted_at: number | null;
  deleted_by: string | null;
  /** The thread's version at which it last changed. */
  version: number;
};

/** How a discussion ended; never changed. */
export type RulingRow = {
  id: string;
  article_id: string;
  thread_id: string;
  /** Its number in the thread, from 1. */
  nth: number;
  /** The number of the message that it was made after. */
  after: number;
  tag: string;
  /** `yes` or `no`. */
  answer: string;
  quote: string;
  why: string;
  rule: string;
  made_by: string;
  made_at: number;
};

/** What became of a ruling: each thing once. */
export type RulingActRow = {
  ruling_id: string;
  /** `drafted` or `taken-back`. */
  act: string;
  actor: string;
  at: number;
};

/** How far a person has read a thread. */
export type ThreadReadRow = {
  user_id: string;
  thread_id: string;
  article_id: string;
  up_to: number;
};

export type NotificationRow = {
  id: string;
  user_id: string;
  kind: string;
  /** With the person unique: nobody is told the same thing twice. */
  about: string;
  article_id: string;
  thread_id: string | null;
  message_id: string | null;
  mark_author: string | null;
  mark_id: string | null;
  detail: string;
  actor_id: string;
  created_at: number;
  read_at: number | null;
  /** When it went out by e-mail, or when that was given up. */
  mailed_at: number | null;
};

/** How a person wants e-mail, and how the last tries went. */
export type MailChoiceRow = {
  user_id: string;
  digest: string;
  failures: number;
  not_before: number;
};

export type ThreadTables = {
  thread: ThreadRow;
  message: MessageRow;
  ruling: RulingRow;
  ruling_act: RulingActRow;
  thread_read: ThreadReadRow;
  notification: NotificationRow;
  mail_choice: MailChoiceRow;
};
