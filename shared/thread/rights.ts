import { can, type Actor } from "../model/role.ts";
import type { Message } from "../model/thread.ts";

/** What a person may do to a message. `archived`: the article is put away. */
type Case = { readonly message: Pick<Message, "author" | "deleted">; readonly archived: boolean };

/** Only what one has written oneself can be changed. */
export function canEdit(who: Actor, { message, archived }: Case): boolean {
  const { author, deleted } = message;
  return deleted === null && author.id === who?.id && can(who, "comment.write", { archived });
}

/** One's own, and others' for whoever keeps order; either leaves a trace. */
export function canDelete(who: Actor, { message, archived }: Case): boolean {
  const { author, deleted } = message;
  if (deleted !== null) return false;
  return can(who, author.id === who?.id ? "comment.write" : "comment.moderate", { archived });
}
