import type { Draft } from "./drafts.ts";
import { startThread, type ThreadTarget } from "../../api/threads.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { placeRanges, plainTextOf } from "../../session/thread-store.ts";
import type { NewPlace } from "./place.ts";

/** How often words are looked up again when somebody typed before them meanwhile. */
const TRIES = 4;
const PAUSE = 400;

const GONE = "The words of this discussion are gone from the text. Choose other words.";

/** Begins a discussion; `id` names it, the same when it is tried again. Throws ApiProblem. */
export async function begin(
  session: ArticleSession,
  at: NewPlace,
  { id, draft }: { readonly id: string; readonly draft: Draft },
): Promise<void> {
  const message = { id: draft.id, text: draft.text, mentions: [...draft.mentions] };
  for (let tried = 1; ; tried += 1) {
    try {
      await startThread(session.articleId, { id, target: targetOf(session, at), message });
      return;
    } catch (problem) {
      const moved = problem instanceof ApiProblem && problem.code === "quote-mismatch";
      if (!moved || at.kind === "mark" || tried === TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tried));
    }
  }
}

function targetOf(session: ArticleSession, at: NewPlace): ThreadTarget {
  if (at.kind === "mark") return { kind: "mark", author: at.author, mark: at.mark };
  const text = plainTextOf(session) ?? "";
  const { pieces } = placeRanges(session, at.ranges);
  if (pieces.length === 0) throw new ApiProblem({ code: "not-found", status: 404, detail: GONE });
  const ranges = pieces.map(({ start, end }) => ({ start, end, exact: text.slice(start, end) }));
  return { kind: "text", ranges };
}
