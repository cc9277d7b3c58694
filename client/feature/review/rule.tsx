import type { Codebook } from "#shared/model/codebook.ts";
import { TagChip, tagOf } from "../../ui/tag-chip.tsx";
import css from "./rule.module.css";

/** What the codebook says of the tags of a mark: definition and test, and on demand examples and rules. */
export function Rule({ codebook, tags }: { codebook: Codebook; tags: readonly string[] }) {
  const known = tags.flatMap((id) => tagOf(codebook, id) ?? []);
  const examples = known.flatMap(({ label, positive, negative }) => [
    ...positive.map((example) => ({ ...example, answer: "Yes", label })),
    ...negative.map((example) => ({ ...example, answer: "No", label })),
  ]);
  return (
    <section className={css.rule} aria-label="Codebook">
      {known.map((tag) => (
        <div key={tag.id} className={css.tag}>
          {known.length > 1 && <TagChip codebook={codebook} id={tag.id} />}
          <p className={css.definition}>{tag.definition}</p>
          {tag.test !== undefined && <p className={css.test}>{tag.test}</p>}
        </div>
      ))}
      {tags.length > known.length && <p className={css.test}>The codebook has no such tag any more.</p>}
      {examples.length > 0 && (
        <details>
          <summary className={css.summary}>Examples</summary>
          <ul className={css.list}>
            {examples.map(({ quote, why, answer, label }) => (
              <li key={`${label} ${quote}`}>
                <strong>{answer}</strong> <q>{quote}</q> <span className={css.why}>{why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {codebook.rules.length > 0 && (
        <details>
          <summary className={css.summary}>Decision rules</summary>
          <ol className={css.list}>
            {codebook.rules.map(({ n, title, text }) => (
              <li key={n} value={n}>
                <strong>{title}.</strong> {text}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
