/** Names of what is kept in the query cache; everything below a prefix is made stale with it. */
export const keys = {
  me: ["me"],
  setup: (token: string) => ["setup", token],
  join: (code: string) => ["join", code],
  allArticles: ["articles"],
  articles: (archived: boolean) => ["articles", "list", archived],
  article: (id: string) => ["articles", "one", id],
  samples: ["samples"],
  codebook: ["codebook"],
  members: ["members"],
  invites: ["invites"],
  tokens: ["tokens"],
} as const;
