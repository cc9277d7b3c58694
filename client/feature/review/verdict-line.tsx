import type { ReactNode } from "react";
import type { Suggestion, Verdict } from "#shared/model/verdict.ts";
import { stateOf } from "#shared/review/machine.ts";
import { withFields } from "#shared/review/content.ts";
import type { Sign } from "#shared/model/review-sign.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { ReviewSign } from "../../ui/review-sign.tsx";
import { When } from "../../ui/when.tsx";
import { Swap, TagChange, TextChange } from "./change-view.tsx";
import change from "./change-view.module.css";
import { fieldName, valueWords } from "./field-words.ts";
import { nameOf, personOf } from "./people.ts";
import type { ReviewStore } from "./store.ts";
import css from "./verdict-line.module.css";
import { ANSWER_WORDS, verdictWords } from "./words.ts";

/** One verdict: who said what, why, and what the author answered. */
export function VerdictLine({
  store,
  verdict,
  draft = false,
  outdated = false,
  children,
}: {
  store: ReviewStore;
  verdict: Verdict;
  draft?: boolean;
  /** The mark has changed since. */
  outdated?: boolean;
  children?: ReactNode;
}) {
  const { answer } = verdict;
  const name = nameOf(store, verdict.by);
  return (
    <article className={css.verdict} data-outdated={outdated || undefined}>
      <p className={css.head}>
        <PersonAvatar person={personOf(store, verdict.by)} size={20} silent />
        <span>
          <strong>{name}</strong> {name === "You" ? youDid(verdictWords(verdict)) : verdictWords(verdict)}
        </span>
        <ReviewSign sign={signOfState(verdict)} silent />
        <span className={css.when}>
          <When at={verdict.at} />
          {draft && " · only you see it"}
          {outdated && " · before it changed"}
        </span>
      </p>
      {verdict.words !== "" && <p className={css.words}>{verdict.words}</p>}
      {verdict.suggestion && (
        <SuggestionView store={store} verdict={verdict} suggestion={verdict.suggestion} />
      )}
      {answer && (
        <p className={css.answer}>
          {verdict.on.layer === null ? "The author" : nameOf(store, verdict.on.layer)}{" "}
          {ANSWER_WORDS[answer.act]}
          {answer.words !== "" && `: ${answer.words}`}
        </p>
      )}
      {children}
    </article>
  );
}

/** What is suggested, beside what was judged. */
export function SuggestionView({
  store,
  verdict: { judged },
  suggestion: { tags, ranges, fields },
}: {
  store: ReviewStore;
  verdict: Verdict;
  suggestion: Suggestion;
}) {
  const { codebook } = store.session;
  const after = withFields(judged.fields, fields);
  return (
    <dl className={change.change}>
      {tags && (
        <div className={change.row}>
          <dt>Tags</dt>
          <dd>
            <TagChange codebook={codebook} was={judged.tags} is={tags} />
          </dd>
        </div>
      )}
      {ranges && (
        <div className={change.row}>
          <dt>Words</dt>
          <dd>
            <TextChange was={judged.text} is={ranges.map(({ quote }) => quote.exact).join(" … ")} />
          </dd>
        </div>
      )}
      {Object.keys(fields ?? {}).map((name) => (
        <div key={name} className={change.row}>
          <dt>{fieldName(codebook, name)}</dt>
          <dd>
            <Swap
              was={valueWords(codebook, name, judged.fields[name])}
              is={valueWords(codebook, name, after[name])}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The sign for what a verdict is by itself. */
function signOfState(verdict: Verdict): Sign {
  const state = stateOf(verdict);
  if (state === "applied" || state === "read") return "accepted";
  return state === "superseded" ? "open" : state;
}

/** "suggests a change" said of oneself: "suggest a change". */
function youDid(words: string): string {
  return words.replace(/^(suggest|want|take|misse?)s\b/, (_all, stem: string) =>
    stem === "misse" ? "miss" : stem,
  );
}
