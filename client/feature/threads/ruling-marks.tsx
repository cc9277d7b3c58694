import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Codebook } from "#shared/model/codebook.ts";
import { pathOf } from "#shared/thread/words.ts";
import { useMarksAgainst, type MarkAgainst, type Ruled } from "../../api/rulings.ts";
import { count } from "../../ui/count.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import css from "./ruling.module.css";

/** Marks shown before all are asked for. */
const FIRST = 5;

/** The marks that a ruling would change, each a link to where it stands. Nothing is changed here. */
export function RulingMarks({
  codebook,
  ruled,
  onFollow,
}: {
  codebook: Codebook;
  ruled: Ruled;
  /** A link was followed; left out: links open beside this page, which stays as it is. */
  onFollow?: () => void;
}) {
  const { tag, answer, quote } = ruled;
  const marks = useMarksAgainst(quote.trim() === "" || tag === "" ? null : { tag, answer, quote });
  const [all, setAll] = useState(false);
  if (marks.error && !marks.data) {
    return <RetryNote problem={marks.error} retry={() => void marks.refetch()} />;
  }
  if (!marks.data) return <p className={css.sum}>{marks.isFetching ? "Looking for marks …" : ""}</p>;
  const { items, total } = marks.data;
  const label = tagLabel(codebook, tag);
  const shown = all ? items : items.slice(0, FIRST);
  return (
    <section className={css.against} aria-label="Marks it would change" aria-busy={marks.isFetching}>
      <output className={css.sum}>
        {total === 0
          ? "No mark says otherwise."
          : `${count(total, "mark")} with these words ${answer === "yes" ? lacks(total, label) : has(total, label)}. ${total === 1 ? "It stays as it is until somebody changes it." : "They stay as they are until somebody changes them."}`}
      </output>
      {shown.length > 0 && (
        <ul className={css.marks}>
          {shown.map((mark) => (
            <li key={`${mark.article.id}/${mark.author.id}/${mark.id}`}>
              <MarkLink codebook={codebook} mark={mark} onFollow={onFollow} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {items.length === total ? "Show all" : `Show ${items.length}`}
        </Button>
      )}
      {all && total > items.length && (
        <p className={css.sum}>And {count(total - items.length, "more mark")}.</p>
      )}
    </section>
  );
}

function lacks(total: number, label: string): string {
  return `${total === 1 ? "does" : "do"} not have ${label}`;
}

function has(total: number, label: string): string {
  return `${total === 1 ? "has" : "have"} ${label}`;
}

function MarkLink({
  codebook,
  mark: { article, author, id, quote, tags, like },
  onFollow,
}: {
  codebook: Codebook;
  mark: MarkAgainst;
  onFollow: (() => void) | undefined;
}) {
  return (
    <Link
      className={css.mark}
      to={pathOf({ article: article.id, thread: null, mark: { author: author.id, id } })}
      {...(onFollow ? { onClick: onFollow } : { target: "_blank" })}
    >
      <q className={css.words}>{quote}</q>
      <span className={css.where}>
        {author.name} in {article.title} · {tags.map((one) => tagLabel(codebook, one)).join(", ")}
        {like === "contains" && " · among other words"}
        {!onFollow && <span className={css.unseen}> (opens in a new tab)</span>}
      </span>
    </Link>
  );
}
