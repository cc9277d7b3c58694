import type { FinishedReview } from "#shared/model/verdict.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { When } from "../../ui/when.tsx";
import css from "./finished-reviews.module.css";
import { nameOf, personOf } from "./people.ts";
import type { ReviewStore } from "./store.ts";

/** So many of the latest are shown. */
const MOST = 3;

/** What reviewers said at the end of a review of my markup, or of everybody's. */
export function FinishedReviews({
  store,
  finished,
}: {
  store: ReviewStore;
  finished: ReadonlyMap<string, FinishedReview>;
}) {
  const me = store.session.me.id;
  const mine = [...finished.values()]
    .filter(({ of, by }) => by !== me && (of === null || of === me))
    .toSorted((one, other) => other.at - one.at)
    .slice(0, MOST);
  if (mine.length === 0) return null;
  return (
    <ul className={css.list} aria-label="Finished reviews">
      {mine.map(({ id, by, outcome, summary, at }) => (
        <li key={id} className={css.review} data-outcome={outcome}>
          <p className={css.head}>
            <PersonAvatar person={personOf(store, by)} size={20} silent />
            <span>
              <strong>{nameOf(store, by)}</strong> {outcome === "approve" ? "approves" : "requests changes"}
            </span>
            <span className={css.when}>
              <When at={at} />
            </span>
          </p>
          {summary !== "" && <p className={css.summary}>{summary}</p>}
        </li>
      ))}
    </ul>
  );
}
