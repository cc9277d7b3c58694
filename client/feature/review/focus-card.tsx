import { attributesFor } from "#shared/model/codebook.ts";
import { changedSince } from "#shared/review/judged.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { ReviewSign, signWords } from "../../ui/review-sign.tsx";
import { TagChip } from "../../ui/tag-chip.tsx";
import { When } from "../../ui/when.tsx";
import type { Entry } from "./book.ts";
import { ChangeView } from "./change-view.tsx";
import { contextOf } from "./context.ts";
import css from "./focus-card.module.css";
import { fieldName, valueWords } from "./field-words.ts";
import { Rule } from "./rule.tsx";
import type { ReviewStore } from "./store.ts";
import { VerdictLine } from "./verdict-line.tsx";
import { partsChanged, whyWords } from "./words.ts";

/** The mark before me: what it says, what stands around it, the codebook's rule, what was said of it. */
export function FocusCard({ store, entry }: { store: ReviewStore; entry: Entry }) {
  const { codebook } = store.session;
  const { mark, placed, standing, sign } = entry;
  const why = whyWords(entry);
  return (
    <div className={css.card}>
      <div className={css.head}>
        <span className={css.tags}>
          {mark.tags.map((tag) => (
            <TagChip key={tag} codebook={codebook} id={tag} />
          ))}
        </span>
        <span className={css.author}>
          <PersonAvatar person={placed.author} size={20} silent />
          {placed.author.name} · <When at={placed.annotation.updatedAt} />
        </span>
      </div>
      {why === null ? (
        sign !== "open" && (
          <p className={css.state}>
            <ReviewSign sign={sign} silent /> {signWords(sign)}
            {standing.needed > 1 && ` · ${standing.approvals.length} of ${standing.needed}`}
          </p>
        )
      ) : (
        <p className={css.why}>{why}</p>
      )}
      <Quote store={store} entry={entry} />
      <Change store={store} entry={entry} />
      <Details store={store} entry={entry} />
      <Rule codebook={codebook} tags={mark.tags} />
      <Verdicts store={store} entry={entry} />
    </div>
  );
}

function Quote({ store, entry }: { store: ReviewStore; entry: Entry }) {
  const { mark } = entry;
  const around = contextOf(store.session, entry);
  if (mark.start === -1) return <p className={css.note}>On the whole article.</p>;
  if (mark.text === "") return <p className={css.note}>Its words are gone from the text.</p>;
  return (
    <blockquote className={css.quote}>
      <span className={css.around}>{around.before}</span>
      <mark className={css.words}>{mark.text}</mark>
      <span className={css.around}>{around.after}</span>
    </blockquote>
  );
}

function Change({ store, entry: { todo, mine, mark, standing } }: { store: ReviewStore; entry: Entry }) {
  const change =
    todo?.change ?? (mine ? changedSince(mine, mark) : null) ?? standing.outdated[0]?.change ?? null;
  if (!change) return null;
  return (
    <section className={css.change} aria-label="Before and after">
      <h3 className={css.title}>Changed: {partsChanged(change.parts)}</h3>
      <ChangeView codebook={store.session.codebook} change={change} />
    </section>
  );
}

function Details({ store, entry: { placed, mark } }: { store: ReviewStore; entry: Entry }) {
  const { codebook, markup } = store.session;
  const known = attributesFor(codebook, mark.tags).map(({ id }) => id);
  const names = [...known, ...Object.keys(mark.fields).filter((id) => !known.includes(id))];
  const filled = names.filter((id) => valueWords(codebook, id, mark.fields[id]) !== "");
  const { note } = placed.annotation;
  if (filled.length === 0 && note === "" && mark.links.length === 0) {
    return <p className={css.note}>No fields are filled.</p>;
  }
  return (
    <dl className={css.fields}>
      {filled.map((id) => (
        <div key={id} className={css.field}>
          <dt>{fieldName(codebook, id)}</dt>
          <dd>{valueWords(codebook, id, mark.fields[id])}</dd>
        </div>
      ))}
      {mark.links.map(({ type, to }) => (
        <div key={`${type} ${to}`} className={css.field}>
          <dt>{codebook.relations.find(({ id }) => id === type)?.label ?? type}</dt>
          <dd>
            {markup.get().byKey.get(`${placed.author.id}/${to}`)?.placement.text ?? "a mark that is gone"}
          </dd>
        </div>
      ))}
      {note !== "" && (
        <div className={css.field}>
          <dt>Note</dt>
          <dd>{note}</dd>
        </div>
      )}
    </dl>
  );
}

function Verdicts({ store, entry: { verdicts, mine, standing } }: { store: ReviewStore; entry: Entry }) {
  const draft = mine !== null && store.view.get().drafts.has(mine.id) ? mine : null;
  if (verdicts.length === 0 && !draft) return null;
  const outdated = new Set(standing.outdated.map(({ verdict }) => verdict.id));
  return (
    <section className={css.verdicts} aria-label="What was said">
      {verdicts.map((verdict) => (
        <VerdictLine key={verdict.id} store={store} verdict={verdict} outdated={outdated.has(verdict.id)} />
      ))}
      {draft && <VerdictLine store={store} verdict={draft} draft />}
    </section>
  );
}
