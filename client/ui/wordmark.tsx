import css from "./wordmark.module.css";

/** The name with a highlighter's stroke under it; `compact` leaves the first letter. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <span className={css.mark} data-compact={compact || undefined} aria-hidden>
      <span className={css.initial}>G</span>
      <span className={css.rest}>loss</span>
    </span>
  );
}
