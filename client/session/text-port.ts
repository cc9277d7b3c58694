import type { ArticleSession, Readable } from "./contract.ts";
import type { History } from "./history.ts";
import type { Presence } from "./presence.ts";
import type { TextBinding } from "./text-binding.ts";

/** The side of a session that only the editor sees: the live text document. */
export type TextPort = {
  /** Null until the text has arrived; another one when rights change or a refused document is replaced. */
  readonly binding: Readable<TextBinding | null>;
  readonly history: History;
  readonly presence: Presence;
};

const ports = new WeakMap<ArticleSession, TextPort>();

export function setTextPort(session: ArticleSession, port: TextPort): void {
  ports.set(session, port);
}

/** Throws for a session that was not made by `openArticle`. */
export function textPort(session: ArticleSession): TextPort {
  const port = ports.get(session);
  if (!port) throw new Error("This session has no text to edit.");
  return port;
}
