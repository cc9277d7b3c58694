import type { ReactNode } from "react";
import { useCodebookMarks, type CodebookImpactRow, type CodebookMarkRef } from "../../api/codebook-work.ts";
import { count } from "../../ui/count.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { useEditing } from "./editing.ts";
import css from "./publish-view.module.css";

/** Marks shown of one row; more are changed all the same. */
const SHOWN = 200;

/** The marks that a row counts. `beside` puts something to choose beside each. */
export function MarksOf({
  row,
  beside,
}: {
  row: Pick<CodebookImpactRow, "kind" | "subject">;
  beside?: (mark: CodebookMarkRef) => ReactNode;
}) {
  const { state } = useEditing();
  const marks = useCodebookMarks(row.kind, row.subject, SHOWN);
  if (marks.error && !marks.data)
    return <RetryNote problem={marks.error} retry={() => void marks.refetch()} />;
  if (!marks.data) return <p className={css.where}>Looking …</p>;
  const more = marks.data.total - marks.data.items.length;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it */}
      <ul className={css.marks} tabIndex={0} aria-label="Marks">
        {marks.data.items.map((mark) => (
          <li key={mark.key} className={css.mark}>
            <span className={css.markText}>
              <q className={css.quote}>{mark.quote || "The whole article"}</q>
              <span className={css.where}>
                {mark.author.name} in {mark.article.title} ·{" "}
                {mark.tags.map((tag) => tagLabel(state.codebook, tag)).join(", ")}
              </span>
            </span>
            {beside?.(mark)}
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.where}>And {count(more, "more mark")}.</p>}
    </>
  );
}
