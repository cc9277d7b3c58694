import type { CodebookTables } from "./codebook-tables.ts";
import type { ReviewTables } from "./review-tables.ts";
import type { SuggestionTables } from "./suggestion-tables.ts";
import type { ThreadTables } from "./thread-tables.ts";

/**
 * The tables beside the update log: who is here, what articles there are, what was handed out.
 * Times of our own are milliseconds since 1970. The columns of the sign-in library (person, session,
 * account, verification) keep its form: ISO 8601 text and 0 or 1.
 */

type Stamped = { readonly created_at: string; readonly updated_at: string };

export type PersonRow = Stamped & {
  id: string;
  name: string;
  /** Unique. Guests and removed people have a placeholder that is no address. */
  email: string;
  email_verified: number;
  image: string | null;
  role: string;
  color: string;
  last_seen_at: number | null;
  /** Set when removed: the row stays, because what they made keeps their name. */
  removed_at: number | null;
};

export type SessionRow = Stamped & {
  id: string;
  user_id: string;
  token: string;
  expires_at: string;
  ip_address: string | null;
  user_agent: string | null;
};

/** A way to prove who one is; `password` is a salted hash. */
export type AccountRow = Stamped & {
  id: string;
  user_id: string;
  provider_id: string;
  account_id: string;
  password: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: string | null;
  refresh_token_expires_at: string | null;
  scope: string | null;
};

export type VerificationRow = Stamped & {
  id: string;
  identifier: string;
  value: string;
  expires_at: string;
};

export type ArticleRow = {
  id: string;
  title: string;
  source: string;
  publisher: string;
  published: string;
  url: string;
  words: number;
  marks: number;
  epoch: number;
  /** Null for what the server brought itself. */
  created_by: string | null;
  created_at: number;
  updated_at: number;
  archived_at: number | null;
  /** 1 while annotators do not see each other's layers. */
  blind: number;
};

/** Everybody who has a layer in an article, and how many marks are in it. */
export type AuthorRow = {
  article_id: string;
  user_id: string;
  marks: number;
  since: number;
};

export type InviteRow = {
  id: string;
  code: string;
  role: string;
  article_id: string | null;
  expires_at: number | null;
  max_uses: number | null;
  uses: number;
  created_by: string;
  created_at: number;
  revoked_at: number | null;
};

/** An API token; only its SHA-256 is kept. */
export type TokenRow = {
  id: string;
  user_id: string;
  name: string;
  hash: string;
  created_at: number;
  last_used_at: number | null;
};

/** One published version of a codebook, as JSON; never changed. */
export type CodebookRow = {
  id: string;
  version: string;
  body: string;
  created_at: number;
};

/** Settings of the workspace, each a JSON value. */
export type SettingRow = { key: string; value: string };

export type Tables = CodebookTables &
  ReviewTables &
  SuggestionTables &
  ThreadTables & {
    person: PersonRow;
    session: SessionRow;
    account: AccountRow;
    verification: VerificationRow;
    article: ArticleRow;
    author: AuthorRow;
    invite: InviteRow;
    token: TokenRow;
    codebook: CodebookRow;
    setting: SettingRow;
  };
