import type { Codebook } from "#shared/model/codebook.ts";
import type { PlacedThread } from "../../session/thread-store.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./thread-quote.module.css";

/** What a discussion is about: the mark's tags and author, the words, and what became of them. */
export function ThreadQuote({
  codebook,
  thread,
  quote,
  clamp = false,
}: {
  codebook: Codebook;
  thread: Pick<PlacedThread, "mark" | "markKey" | "state">;
  quote: string;
  /** Two lines at most. */
  clamp?: boolean;
}) {
  const { mark } = thread;
  const fate = fateOf(thread);
  return (
    <span className={css.about}>
      {mark && (
        <span className={css.mark}>
          {mark.annotation.tags.map((tag) => (
            <TagChip key={tag} codebook={codebook} id={tag} />
          ))}
          <span className={css.author}>{mark.author.name}</span>
        </span>
      )}
      {quote !== "" && (
        <q className={css.quote} data-clamp={clamp || undefined} data-gone={fate !== null || undefined}>
          {quote}
        </q>
      )}
      {quote === "" && mark !== null && <span className={css.author}>The whole article</span>}
      {fate !== null && <span className={css.fate}>{fate}</span>}
    </span>
  );
}

/** A sentence about words that are not there (any more); null when they are. */
export function fateOf({
  mark,
  markKey,
  state,
}: Pick<PlacedThread, "mark" | "markKey" | "state">): string | null {
  if (markKey !== null && mark === null) return "Detached: the mark is gone.";
  return state === "detached" ? "Detached: these words are gone from the text." : null;
}
