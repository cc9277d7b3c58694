import { spanText } from "#shared/model/day-span.ts";
import { parseDeadline } from "#shared/model/deadline.ts";
import css from "./date-meaning.module.css";

/** What the words of a date field mean as days, or that they are kept as words. */
export function DateMeaning({ words, published }: { words: string; published: string }) {
  const span = parseDeadline(words, published);
  if (span) return <span className={css.meaning}>= {spanText(span)}</span>;
  return (
    <span className={css.meaning}>
      {published === "" ? "Kept as words; the article has no date to count from" : "Kept as words"}
    </span>
  );
}
