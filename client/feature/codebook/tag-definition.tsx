import type { Codebook, TagDefinition } from "#shared/model/codebook.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./tag-definition.module.css";

/** Everything the codebook says about one tag. */
export function TagDefinitionText({ codebook, tag }: { codebook: Codebook; tag: TagDefinition }) {
  return (
    <article className={css.tag} aria-label={tag.label}>
      <h3 className={css.head}>
        <TagChip codebook={codebook} id={tag.id} />
        <kbd className={css.key}>{tag.key.toUpperCase()}</kbd>
      </h3>
      <p className={css.definition}>{tag.definition}</p>
      {tag.test !== undefined && <p className={css.test}>{tag.test}</p>}
      {tag.cues.length > 0 && (
        <p className={css.cues}>
          <span className={css.label}>Look for</span> {tag.cues.join(" · ")}
        </p>
      )}
      <Examples title="Yes" examples={tag.positive} />
      <Examples title="No" examples={tag.negative} />
    </article>
  );
}

function Examples({ title, examples }: { title: "Yes" | "No"; examples: TagDefinition["positive"] }) {
  if (examples.length === 0) return null;
  return (
    <ul className={css.examples} data-answer={title} aria-label={`Examples: ${title}`}>
      {examples.map(({ quote, why }) => (
        <li key={quote}>
          <span className={css.answer}>{title}</span>
          <span>
            <q className={css.quote}>{quote}</q>
            <span className={css.why}>{why}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
