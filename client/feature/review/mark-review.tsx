import { changedSince } from "#shared/review/judged.ts";
import { useReadable } from "../../session/use-readable.ts";
import { ReviewSign, signWords } from "../../ui/review-sign.tsx";
import { ChangeView } from "./change-view.tsx";
import css from "./mark-review.module.css";
import type { ReviewStore } from "./store.ts";
import { VerdictLine } from "./verdict-line.tsx";
import { partsChanged } from "./words.ts";

/** What review says of a mark, on its open card: the state, who said what, and what changed since. */
export function MarkReview({ store, keys }: { store: ReviewStore; keys: readonly string[] }) {
  const { byKey } = useReadable(store.view);
  const entries = keys.flatMap((key) => byKey.get(key) ?? []).filter(({ verdicts }) => verdicts.length > 0);
  if (entries.length === 0) return null;
  return entries.map(({ key, mark, placed, verdicts, standing, sign }) => {
    const outdated = new Map(standing.outdated.map(({ verdict, change }) => [verdict.id, change]));
    const [change] = outdated.values();
    const accepted = verdicts.some(({ verdict, id }) => verdict === "accepted" && outdated.has(id));
    return (
      <section key={key} className={css.review} aria-label="Review">
        <h3 className={css.state}>
          <ReviewSign sign={sign} silent />{" "}
          {accepted && sign === "changed" ? "Changed since accepted" : signWords(sign)}
          {keys.length > 1 && <span className={css.whose}> · {placed.author.name}’s</span>}
        </h3>
        {verdicts.map((verdict) => (
          <VerdictLine
            key={verdict.id}
            store={store}
            verdict={verdict}
            outdated={changedSince(verdict, mark) !== null}
          />
        ))}
        {change && (
          <div>
            <p className={css.changed}>Changed since: {partsChanged(change.parts)}</p>
            <ChangeView codebook={store.session.codebook} change={change} />
          </div>
        )}
      </section>
    );
  });
}
